import type { Problem } from '../../model/problem.js';

/** The arguments after the name of a command. */
export interface Arguments {
  readonly values: Readonly<Record<string, string | readonly string[] | boolean>>;
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}
