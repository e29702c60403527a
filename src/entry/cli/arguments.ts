import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearMatches, suggestion } from '../../model/near-matches.js';
import type { Problem } from '../../model/problem.js';
import { usageProblem } from '../../settings/option-reader.js';
import type { Arguments } from '../commands/arguments.js';
import type { CommandDescription } from '../commands/command.js';

/** Parses the arguments of a command, and records every fault in them. */
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
    const followsUnknown = mayBeValue;
    mayBeValue = false;
    if (token.kind === 'positional') {
      // Probably the value of a misspelt option, which is already reported.
      if (followsUnknown) continue;
      if (command.takesFiles) files.push(token.value);
      else
        problems.push(
          usageProblem(
            `The argument "${token.value}" is unexpected.`,
            known['files'] === undefined
              ? 'Options begin with "--". Put values with spaces in quotes.'
              : `Options begin with "--": to publish files, write --files '${token.value}'. Put values with spaces in quotes.`,
          ),
        );
    } else if (token.kind === 'option') {
      const option = known[token.name];
      if (!option) {
        mayBeValue = token.value === undefined;
        const near = nearMatches(token.name, Object.keys(known)).map((name) => `--${name}`);
        problems.push(
          usageProblem(
            `The option ${token.rawName} is unknown.`,
            suggestion(near) || '--help lists the options.',
          ),
        );
      } else if (option.kind === 'flag') {
        if (token.value === undefined || /^(true|false)$/i.test(token.value))
          values[token.name] = token.value?.toLowerCase() !== 'false';
        else
          problems.push(
            usageProblem(
              `${token.rawName}: "${token.value}" is neither true nor false.`,
              `Write ${token.rawName} without a value.`,
            ),
          );
      } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
        // The parser took the next option for the value, so that the value of that option seems to be an argument.
        mayBeValue = token.value !== undefined;
        problems.push(
          usageProblem(
            `${token.rawName} needs a value.`,
            `Write ${token.rawName} ${option.placeholder ?? 'VALUE'}.`,
            token.name,
          ),
        );
      } else if (option.kind === 'text' && token.value.trim() === '') {
        // Probably an unset variable. Without its value, the command would not do what the user intended.
        problems.push(
          usageProblem(
            `${token.rawName} has an empty value.`,
            'Write a value, or omit the option.',
            token.name,
          ),
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
