import { nearMatches, suggestion } from '../model/near-matches.js';
import type { Problem } from '../model/problem.js';
import { UserError } from '../model/user-error.js';
import type { PublishOptionName, RawOptions } from './options.js';

/** An error that tells all faults of the command line or the inputs at once. */
export function usageError(problems: readonly Problem[]): UserError {
  const [first] = problems;
  const message =
    problems.length === 1 && first
      ? first.message
      : `There are ${problems.length} mistakes in what was asked for.`;
  return new UserError('usage', message, {
    problems,
    ...(problems.length === 1 && first?.hint !== undefined ? { hint: first.hint } : {}),
  });
}

/** Reads options one by one, and notes every fault. */
export interface OptionReader {
  /** The faults that were found until now. */
  readonly problems: readonly Problem[];
  readonly text: (name: PublishOptionName) => string | undefined;
  readonly list: (name: PublishOptionName) => readonly string[];
  /** One of several words; undefined where none was given, or another one. */
  readonly choice: <Word extends string>(name: PublishOptionName, words: readonly Word[]) => Word | undefined;
  readonly flag: (name: PublishOptionName) => boolean;
  readonly nameOf: (name: PublishOptionName) => string;
  readonly fault: (name: PublishOptionName, what: string, hint: string) => void;
}

export function createOptionReader(
  raw: RawOptions,
  nameOf: (option: PublishOptionName) => string,
): OptionReader {
  const problems: Problem[] = [];
  const fault = (name: PublishOptionName, what: string, hint: string) => {
    problems.push({
      severity: 'error',
      code: 'usage',
      path: name,
      message: `${nameOf(name)}: ${what}.`,
      hint,
    });
  };
  const text = (name: PublishOptionName) => {
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
      const values =
        typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
      return values.map((line) => line.trim()).filter((line) => line !== '');
    },
    flag(name) {
      const value = raw[name];
      if (typeof value === 'boolean') return value;
      const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
      if (text === '' || text === 'false') return false;
      if (text !== 'true')
        fault(name, `"${String(value)}" is neither true nor false`, 'Write true or false.');
      return text === 'true';
    },
  };
}
