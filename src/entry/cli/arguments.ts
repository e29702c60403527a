import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearMatches, suggestion } from '../../model/near-matches.js';
import type { Problem } from '../../model/problem.js';
import { usageProblem } from '../../settings/option-reader.js';
import type { Arguments } from '../commands/arguments.js';
import type { CommandDescription } from '../commands/command.js';

/** Reads the arguments of a command, and notes every fault in them. */
export function parseArguments(command: CommandDescription, argv: readonly string[]): Arguments {
  const known = command.options;
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { kind }] of Object.entries(known)) {
    config[name] = { type: kind === 'flag' ? 'boolean' : 'string', multiple: true };
  }
  const { tokens } = parseArgs({
    args: [...argv],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | string[] | boolean> = {};
  const files: string[] = [];
  const problems: Problem[] = [];
  let mayBeValue = false;
  for (const token of tokens) {
    const behindUnknown = mayBeValue;
    mayBeValue = false;
    if (token.kind === 'positional') {
      // Most likely the value of an option that was misspelt, and told already.
      if (behindUnknown) continue;
      if (command.takesFiles) files.push(token.value);
      else
        problems.push(
          usageProblem(
            `"${token.value}" was not expected.`,
            'Options begin with "--". Put values with spaces in quotes.',
          ),
        );
    } else if (token.kind === 'option') {
      const option = known[token.name];
      if (!option) {
        mayBeValue = token.value === undefined;
        const near = nearMatches(token.name, Object.keys(known)).map((name) => `--${name}`);
        problems.push(
          usageProblem(
            `There is no option ${token.rawName}.`,
            suggestion(near) || '--help lists the options.',
          ),
        );
      } else if (option.kind === 'flag') {
        values[token.name] = token.value ?? true;
      } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
        problems.push(
          usageProblem(
            `${token.rawName} needs a value.`,
            `Write ${token.rawName} ${option.placeholder ?? 'VALUE'}.`,
          ),
        );
      } else if (option.kind === 'text' && token.value.trim() === '') {
        // A variable that is not set, most likely: without its value, something else would be done than was meant.
        problems.push(
          usageProblem(`${token.rawName} has an empty value.`, 'Write the value, or leave the option out.'),
        );
      } else if (option.kind === 'list') {
        const list = values[token.name];
        values[token.name] = [...(Array.isArray(list) ? list : []), token.value];
      } else {
        values[token.name] = token.value;
      }
    }
  }
  return { values, files, problems };
}
