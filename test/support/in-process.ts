import { COMMANDS, parseArguments, type Command } from '../../src/entry/cli/arguments.js';
import { withConfig } from '../../src/entry/commands/config.js';
import { run } from '../../src/entry/commands/run.js';
import type { Outcome } from '../../src/model/outcome.js';
import { parseSettings } from '../../src/settings/settings.js';
import { makeFolder } from './folders.js';
import { GIT_ENV } from './git.js';

const CACHE = makeFolder();

/**
 * Runs `publish` or `preview` as the command line does, but in this process and with everything that it logs: much
 * faster where a test needs many runs.
 */
export async function runHere(
  [name = '', ...argv]: readonly string[],
  cwd: string,
  { isRelease = false, env = {} }: { isRelease?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome & { readonly log: readonly string[] }> {
  const upstream = argv.includes('--upstream') ? [] : ['--upstream', 'none'];
  const { values, problems } = parseArguments(COMMANDS[name] as Command, [...argv, ...upstream]);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  const settings = parseSettings(values, {
    preview: name === 'preview',
    nameOf: (option) => `--${option}`,
    defaultRemote: undefined,
    wantsDiff: false,
    isRelease,
  });
  const log: string[] = [];
  const outcome = await run(await withConfig(settings, cwd), {
    cwd,
    env: { ...GIT_ENV, ...env },
    token: undefined,
    cacheDir: CACHE,
    log: { info: (text) => log.push(text), detail: (text) => log.push(text) },
    progress: { start: () => ({ advance: () => undefined, done: () => undefined }) },
  });
  return { ...outcome, log };
}
