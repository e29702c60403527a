import { nearMatches, suggestion } from '../model/near-matches.js';
import type { OptionReader } from '../model/option.js';
import type { Problem } from '../model/problem.js';
import { UserError } from '../model/user-error.js';

/** Creates the problem of a wrong option or input. */
export function usageProblem(message: string, hint: string, path?: string): Problem {
  return { severity: 'error', code: 'usage', ...(path === undefined ? {} : { path }), message, hint };
}

/** Creates an error that reports all faults of the command line or the inputs at once. */
export function usageError(problems: readonly Problem[]): UserError {
  const [first] = problems;
  const message =
    problems.length === 1 && first
      ? first.message
      : `The options or inputs contain ${problems.length} mistakes.`;
  return new UserError('usage', message, {
    problems,
    ...(problems.length === 1 && first?.hint !== undefined ? { hint: first.hint } : {}),
  });
}

/** Returns the given value of an option as text; empty if it was not given. */
export function givenText(value: string | readonly string[] | boolean | undefined): string {
  return (typeof value === 'object' ? value.join('\n') : String(value ?? '')).trim();
}

/**
 * Creates a reader of the given options.
 *
 * @param nameOf returns the name of an option for messages
 * @returns the reader, and the list of faults that it fills
 */
export function createOptionReader<Name extends string>(
  raw: Readonly<Partial<Record<Name, string | readonly string[] | boolean>>>,
  nameOf: (option: Name) => string,
): OptionReader<Name> & { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const fault = (name: Name | undefined, what: string, hint: string) => {
    const message = name === undefined ? what : `${nameOf(name)}: ${what}`;
    problems.push(usageProblem(`${message}.`, hint, name));
  };
  const text = (name: Name) => {
    const value = raw[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  return {
    problems,
    nameOf,
    fault,
    text,
    choice(name, words) {
      const given = text(name);
      const word = words.find((known) => known === given);
      if (given !== undefined && word === undefined) {
        const near = suggestion(nearMatches(given, words));
        fault(name, `"${given}" is unknown`, near || `Known: ${words.join(', ')}.`);
      }
      return word;
    },
    list(name) {
      const value = raw[name];
      const values = typeof value === 'string' ? [value] : typeof value === 'object' ? value : [];
      return values.map((line) => line.trim()).filter((line) => line !== '');
    },
    flag(name) {
      const value = raw[name];
      if (typeof value === 'boolean') return value;
      const given = typeof value === 'string' ? value.trim().toLowerCase() : '';
      if (given === '' || given === 'false') return false;
      if (given !== 'true')
        fault(name, `"${String(value)}" is neither true nor false`, 'Write true or false.');
      return given === 'true';
    },
    number(name, min, max, hint = 'Write such a number, or omit it.') {
      const given = text(name);
      if (given === undefined) return undefined;
      const number = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
      if (number >= min && number <= max) return number;
      fault(name, `"${given}" is not a whole number from ${min} to ${max}`, hint);
      return undefined;
    },
  };
}
