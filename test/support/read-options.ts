import type { OptionReader } from '../../src/model/option.js';
import { createOptionReader } from '../../src/settings/option-reader.js';

/** Options as the command line or the action passes them. */
type Given<Name extends string> = Readonly<Partial<Record<Name, string | readonly string[] | boolean>>>;

/** Reads given options. Returns the result, and the message and the hint of each fault as one text. */
export function readOptions<Name extends string, T>(
  given: Given<Name>,
  read: (options: OptionReader<Name>) => T,
): { readonly value: T; readonly faults: readonly string[] } {
  const options = createOptionReader<Name>(given, (name) => `--${name}`);
  const value = read(options);
  return { value, faults: options.problems.map(({ message, hint = '' }) => `${message} ${hint}`) };
}
