import os from 'node:os';
import path from 'node:path';

/** Where the program keeps what it may need again: with the runner, or in the place that the system provides for it. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const runnerTemp = env['RUNNER_TEMP'];
  if (runnerTemp) return path.join(runnerTemp, 'pages-update-site');
  const home = os.homedir();
  const usual =
    process.platform === 'win32'
      ? env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local')
      : process.platform === 'darwin'
        ? path.join(home, 'Library', 'Caches')
        : path.join(home, '.cache');
  return path.join(env['XDG_CACHE_HOME'] || usual, 'pages-update-site');
}
