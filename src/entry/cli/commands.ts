import { readConfigFile } from '../../io/files/config-file.js';
import { UserError } from '../../model/user-error.js';
import { failedResult, faultResult } from '../../report/json.js';
import { tokenForCommandLine } from '../../settings/credentials.js';
import type { CommandContext, CommandDescription } from '../commands/command.js';
import { RUNNERS } from '../commands/commands.js';
import { COMMANDS, type CommandName } from '../commands/descriptions.js';
import { EXIT, exitCodeOf } from '../failure.js';
import { parseArguments } from './arguments.js';
import { createOutput, printResult } from './output.js';

/**
 * Runs a command.
 *
 * @param argv the arguments after the name of the command
 * @returns the exit code
 */
export async function runCommand(name: CommandName, argv: readonly string[]): Promise<number> {
  const description: CommandDescription = COMMANDS[name];
  const given = parseArguments(description, argv);
  const [cwd, { env }] = [process.cwd(), process];
  const context: CommandContext = {
    nameOf: (option) => `--${option}`,
    defaultRemote: undefined,
    wantsDiff: false,
    isRelease: env['GITHUB_REF_TYPE'] === 'tag',
    readFile: (file) => readConfigFile(cwd, file),
    loginFor: (origin) => tokenForCommandLine(origin, env),
  };
  const { show, ...output } = createOutput(given.values['verbose'] === true);
  const fail = (error: unknown) => {
    output.reportError(error);
    if (given.values['json'] === true && error instanceof UserError)
      printResult(description.hasOutcome ? failedResult(error) : faultResult(error));
    return exitCodeOf(error);
  };
  try {
    const run = await RUNNERS[name]();
    const ended = await run(given, context, { cwd, env, ...output });
    const { outcome, error, faults = [], isFailed, exitCode } = ended;
    if (outcome && !error) show(outcome, given);
    for (const fault of faults) output.reportError(fault);
    const code = error ? fail(error) : isFailed ? EXIT.refused : EXIT.done;
    return exitCode ?? code;
  } catch (error) {
    return fail(error);
  }
}
