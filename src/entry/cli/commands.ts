import { UserError } from '../../model/user-error.js';
import { failedResult } from '../../report/json.js';
import { printChecksums } from '../commands/checksum.js';
import { runDemo } from '../commands/demo.js';
import { runComparison } from '../commands/diff.js';
import { publishOrPreview } from '../commands/publish.js';
import { EXIT, exitCodeOf } from '../failure.js';
import { COMMANDS, parseArguments, type Command } from './arguments.js';
import { createOutput, printResult } from './output.js';

/**
 * Runs a command of the program.
 *
 * @param argv what stood behind its name
 * @returns the exit code
 */
export async function runCommand(name: string, argv: readonly string[]): Promise<number> {
  const args = parseArguments(COMMANDS[name] as Command, argv);
  const json = args.values['json'] === true;
  const output = createOutput();
  try {
    if (name === 'checksum') return await printChecksums(args, output);
    if (name === 'diff') {
      output.show(await runComparison(args, output.createLog(false)), args);
      return EXIT.done;
    }
    if (name === 'demo') return await runDemo(args, output);
    return await publishOrPreview(name, args, output);
  } catch (error) {
    output.reportError(error);
    if (json && error instanceof UserError) printResult(failedResult(error));
    return exitCodeOf(error);
  }
}
