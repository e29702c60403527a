import type { Problem } from '../model/problem.js';
import type { TokenChoice } from './credentials.js';

/** The given options of a command before the check, by name. */
export type GivenOptions = Readonly<Record<string, string | readonly string[] | boolean>>;

/** What the check of the options needs in addition to them, for a command that reads a site. */
export interface ReadingContext {
  /** Returns the name of an option for messages: `--sample`, or `input "sample"`. */
  readonly nameOf: (option: string) => string;
  /** Faults that the program has already found. */
  readonly faults: readonly Problem[];
  /** Chooses the login for a server: `https://host`, or `undefined` if the site is not reached over HTTP. */
  readonly loginFor: (origin: string | undefined) => TokenChoice;
}

/** The same for a command that changes a site. */
export interface WritingContext extends ReadingContext {
  /** The repository that is used if none is given. */
  readonly defaultRemote: string | undefined;
  /**
   * Chooses the login for the server of a site that is only read, from it and the server of the site that is changed.
   * Absent if that is the login that `loginFor` chooses.
   */
  readonly loginForSource?: (origin: string | undefined, changed: string | undefined) => TokenChoice;
}
