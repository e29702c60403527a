import { parseArguments } from '../../src/entry/cli/arguments.js';
import { commandNamed, COMMANDS } from '../../src/entry/commands/descriptions.js';
import { runPublication } from '../../src/entry/commands/run.js';
import type { Outcome } from '../../src/model/outcome.js';
import { makeFolder } from './folders.js';
import { GIT_ENV } from './git.js';
import { settingsIn } from './resolve.js';

const CACHE = makeFolder();

/**
 * Runs `publish` or `preview` like the command line, but in this process, and returns the log as well. Much faster for
 * tests with many runs.
 */
export async function runHere(
  [name = '', ...argv]: readonly string[],
  cwd: string,
  { isRelease = false, env = {} }: { isRelease?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome & { readonly log: readonly string[] }> {
  const upstream = argv.includes('--upstream') ? [] : ['--upstream', 'none'];
  const command = commandNamed(name);
  if (command === undefined) throw new Error(`The command ${name} is unknown.`);
  const { values, problems } = parseArguments(COMMANDS[command], [...argv, ...upstream]);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  const settings = await settingsIn(cwd, values, { preview: name === 'preview', isRelease });
  const log: string[] = [];
  const world = {
    cwd,
    env: { ...GIT_ENV, ...env },
    log: { info: (text: string) => log.push(text), detail: (text: string) => log.push(text) },
    progress: { start: () => ({ advance: () => undefined, done: () => undefined }) },
  };
  const outcome = await runPublication(settings, world, CACHE);
  return { ...outcome, log };
}
