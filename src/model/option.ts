/**
 * One thing that can be set: an option of the command line, an input of the action, or both. Help, docs, `action.yml` and
 * the README are generated from it. Its texts are Markdown without links: `code` in backticks, and the name of another
 * option in double brackets, which each front end writes in its own way.
 */
export interface Option {
  /** `flag` is true or false, `text` one value, `list` any number of them. */
  readonly kind: 'flag' | 'text' | 'list';
  /** What stands for the value in the help; absent for flags, and for what only the action has. */
  readonly placeholder?: string;
  /** What it does: a sentence without a full stop, or several. */
  readonly help: string;
  /** What only users of one front end must know besides, as further sentences. */
  readonly inAction?: string;
  /** The words that it takes, if it takes nothing else. */
  readonly words?: readonly string[];
  /** The value that counts if none is given. */
  readonly usual?: string;
  /** A value that says that nothing is wanted, if there is one: any format takes it. */
  readonly nothing?: string;
  /** What happens if none is given, in words, if there is no such value. */
  readonly otherwise?: string;
  /** Where it can be set. */
  readonly on: 'both' | 'command line' | 'action';
  /** Options that cannot be given with it. It has no `usual`: the runner would always give that. */
  readonly excludes?: readonly string[];
  /** Options without which it has no effect: the help says so. */
  readonly needs?: readonly string[];
}

/** Options by their names, in the order in which they are listed. */
export type OptionTable = Readonly<Record<string, Option>>;

/** Reads options one by one, and notes every fault. */
export interface OptionReader<Name extends string = string> {
  readonly text: (name: Name) => string | undefined;
  readonly list: (name: Name) => readonly string[];
  /** One of several words; undefined if none was given, or another one. */
  readonly choice: <Word extends string>(name: Name, words: readonly Word[]) => Word | undefined;
  readonly flag: (name: Name) => boolean;
  /** A whole number within bounds; undefined if none was given, or another one. */
  readonly number: (name: Name, least: number, most: number) => number | undefined;
  /** How an option is called in messages: `--timestamp`, or `input "timestamp"`. */
  readonly nameOf: (name: Name) => string;
  readonly fault: (name: Name, what: string, hint: string) => void;
}
