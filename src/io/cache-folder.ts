import os from 'node:os';
import path from 'node:path';

/** Returns the folder for cached files: that of the runner, or the usual place of the system. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const runnerTemp = env['RUNNER_TEMP'];
  if (runnerTemp) return path.join(runnerTemp, 'pages-update-site');
  const home = os.homedir();
  const systemCache =
    process.platform === 'win32'
      ? env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local')
      : process.platform === 'darwin'
        ? path.join(home, 'Library', 'Caches')
        : path.join(home, '.cache');
  return path.join(env['XDG_CACHE_HOME'] || systemCache, 'pages-update-site');
}
