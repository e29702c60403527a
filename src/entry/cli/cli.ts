/**
 * The command line. This program handles --version and --help itself, and loads `commands.ts` for everything else.
 *
 * @module
 */

import { nearMatches, suggestion } from '../../model/near-matches.js';
import { VERSION } from '../version.js';
import { commandNamed, COMMANDS, type CommandName } from '../commands/descriptions.js';
import { commandHelp, generalHelp } from './help.js';

/** The commands are a separate program, so that printing the version or the help does not load them. */
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
      `error: The command "${name}" is unknown.\n  ${near || 'update-site --help lists the commands.'}\n`,
    );
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) return print(commandHelp(command));
  if (args.includes('--version')) return print(`${VERSION}\n`);
  // Built at run time so that the bundler ignores it: in dist/, the file is beside this one.
  const script = import.meta.url.replace(/[^/]*$/, 'commands.js');
  const { runCommand } = (await import(/* webpackIgnore: true */ script)) as CommandsModule;
  return runCommand(command, args);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** Set while the command runs. */
const output = { isLost: false };

// If the reader of the output stops reading, the run continues to its end.
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
