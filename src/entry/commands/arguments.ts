import type { Problem } from '../../model/problem.js';
import type { GivenOptions } from '../../settings/command-context.js';

/** The arguments after the name of a command. */
export interface Arguments {
  readonly values: GivenOptions;
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}
