/**
 * The command line. This program answers --version and --help at once, and loads `commands.ts` for everything else.
 *
 * @module
 */

import { nearMatches, suggestion } from '../../model/near-matches.js';
import { VERSION } from '../version.js';
import { commandNamed, COMMANDS, type CommandName } from '../commands/descriptions.js';
import { commandHelp, generalHelp } from './help.js';

/** The commands are a program of their own, so that telling the version or the help does not load it. */
interface CommandsModule {
  readonly runCommand: (name: CommandName, argv: readonly string[]) => Promise<number>;
}

async function main(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V') return print(`${VERSION}\n`);
  if (first === undefined || first === '--help' || first === '-h') {
    if (first === undefined) process.stderr.write(generalHelp());
    else print(generalHelp());
    return first === undefined ? 2 : 0;
  }
  const [name, args] = first === 'help' ? [rest[0] ?? '', ['--help']] : [first, rest];
  if (name === '') return print(generalHelp());
  const command = commandNamed(name);
  if (command === undefined) {
    const near = suggestion(nearMatches(name, Object.keys(COMMANDS)));
    process.stderr.write(
      `error: There is no command "${name}".\n  ${near || 'update-site --help lists the commands.'}\n`,
    );
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) return print(commandHelp(command));
  if (args.includes('--version')) return print(`${VERSION}\n`);
  // Put together so that the bundler leaves it alone: the file stands beside this one in dist/.
  const script = import.meta.url.replace(/[^/]*$/, 'commands.js');
  const { runCommand } = (await import(/* webpackIgnore: true */ script)) as CommandsModule;
  return runCommand(command, args);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** Changed while the command runs. */
const output = { isLost: false };

// A reader of the output may stop reading it; the run goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || output.isLost) return;
    output.isLost = true;
    process.exitCode = 1;
    process.stderr.write(`error: The output cannot be written: ${error.message}.\n`);
  });
}

const exitCode = await main(process.argv.slice(2));
process.exitCode = output.isLost && exitCode === 0 ? 1 : exitCode;
