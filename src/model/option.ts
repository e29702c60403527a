/**
 * A setting: an option of the command line, an input of the action, or both. Help, docs, `action.yml` and the README
 * are generated from it. Its texts are Markdown without links: `code` in backticks, and names of other options in
 * double brackets, which each front end writes in its own way.
 */
export interface Option {
  /** `flag` is true or false, `text` one value, `list` any number of values. */
  readonly kind: 'flag' | 'text' | 'list';
  /** Name of the value in the help; absent for flags and for inputs of the action only. */
  readonly placeholder?: string;
  /** What it does, in the imperative: a sentence without a full stop, or several. */
  readonly help: string;
  /** The same for commands that only read a site, if it differs. */
  readonly whenReading?: string;
  /** Further sentences for users of the action. */
  readonly inAction?: string;
  /** The accepted words, if nothing else is accepted. */
  readonly words?: readonly string[];
  /** The default value. */
  readonly usual?: string;
  /** A value that switches the feature off, if any: every format accepts it. */
  readonly nothing?: string;
  /** The default in words, if it is not a value. */
  readonly otherwise?: string;
  /** Where it can be set. */
  readonly on: 'both' | 'command line' | 'action';
  /** Options that cannot be combined with it; one of the two options is enough. */
  readonly excludes?: readonly string[];
  /** Why, and what to do, as sentences; absent if they are only two notations for the same thing. */
  readonly whyExcludes?: string;
  /** Options without which it has no effect. The help lists them. */
  readonly needs?: readonly string[];
}

/** Options by name, in the order of the help. */
export type OptionTable = Readonly<Record<string, Option>>;

/** Reads options one by one, and records every fault. */
export interface OptionReader<Name extends string = string> {
  readonly text: (name: Name) => string | undefined;
  readonly list: (name: Name) => readonly string[];
  /** Returns one of several words; `undefined` if the value is missing or invalid. */
  readonly choice: <Word extends string>(name: Name, words: readonly Word[]) => Word | undefined;
  readonly flag: (name: Name) => boolean;
  /** Returns a whole number within bounds; `undefined` if the value is missing or invalid. */
  readonly number: (name: Name, min: number, max: number, hint?: string) => number | undefined;
  /** Returns the name of an option for messages: `--timestamp`, or `input "timestamp"`. */
  readonly nameOf: (name: Name) => string;
  /** @param name the option with the fault; `undefined` if none of the given ones has it */
  readonly fault: (name: Name | undefined, what: string, hint: string) => void;
}
