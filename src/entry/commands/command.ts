import type { Log, Progress } from '../../app/ports/log.js';
import type { RemoteSizes } from '../../app/ports/site-store.js';
import type { SharedCache } from '../../io/web/index-cache.js';
import type { OptionTable } from '../../model/option.js';
import type { Outcome } from '../../model/outcome.js';
import type { UserError } from '../../model/user-error.js';
import type { Paint } from '../../report/terminal.js';
import type { SettingsContext } from '../../settings/settings.js';
import type { Arguments } from './arguments.js';

/** What is said about a command: enough for the help, and to take its arguments apart. */
export interface CommandDescription {
  readonly summary: string;
  /** What follows the name of the command, for the help. */
  readonly usage: string;
  readonly options: OptionTable;
  readonly takesFiles: boolean;
}

/** A command: the checking of what was given, which is pure or only reads, and the work. */
export interface Command<Checked> {
  /** @throws {UserError} `usage`, with all faults at once */
  readonly parse: (given: Arguments, context: CommandContext) => Checked | Promise<Checked>;
  /** @throws {UserError} if it can do nothing at all, and there is no outcome that says so */
  readonly run: (checked: Checked, world: World) => Promise<Ended>;
}

/** A command whose own type is known to itself alone. */
export type SomeCommand = (given: Arguments, context: CommandContext, world: World) => Promise<Ended>;

/** Hides what a command makes of its arguments. */
export function someCommand<Checked>({ parse, run }: Command<Checked>): SomeCommand {
  return async (given, context, world) => run(await parse(given, context), world);
}

/** What the programs know that a command is checked with; the two front ends differ in it. */
export type CommandContext = Omit<SettingsContext, 'preview' | 'faults'>;

/** What a command works with. It knows neither terminal nor runner. */
export interface World {
  /** Where relative paths start. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly progress: Progress;
  /** Writes to the result of the program. */
  readonly print: (text: string) => void;
  /** Colours for what is printed, if they are shown. */
  readonly paint: Paint;
  /** Reports a fault that does not end the command. */
  readonly reportError: (error: UserError) => void;
  readonly host?: Host;
}

/** What a runner of workflows lends to a command. */
export interface Host {
  /** Absent if the host of the repository cannot be asked. */
  readonly remoteSizes?: RemoteSizes;
  readonly sharedCache?: SharedCache | undefined;
  /** Folders besides the Maven repository that artifacts may come from. */
  readonly artifactRoots: readonly string[];
  /** The outcome with what the host makes of it. */
  readonly complete: (outcome: Outcome) => Promise<Outcome>;
}

/** What came of a command. */
export interface Ended {
  /** What is shown; absent for a command that has printed its result. */
  readonly outcome?: Outcome;
  /** Why there is no other outcome. */
  readonly error?: UserError;
  /** What is wrong besides the outcome: what was published is published. */
  readonly faults?: readonly UserError[];
  /** Whether the program fails. */
  readonly isFailed: boolean;
}
