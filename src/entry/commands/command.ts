import type { Log, Progress } from '../../app/ports/log.js';
import type { RemoteSizes } from '../../app/ports/site-store.js';
import type { SharedCache } from '../../io/web/index-cache.js';
import type { OptionTable } from '../../model/option.js';
import type { Outcome } from '../../model/outcome.js';
import type { UserError } from '../../model/user-error.js';
import type { Paint } from '../../report/terminal.js';
import type { WritingContext } from '../../settings/command-context.js';
import type { SettingsContext } from '../../settings/settings.js';
import type { Arguments } from './arguments.js';

/** The description of a command: what the help and the parser of its arguments need. */
export interface CommandDescription {
  readonly summary: string;
  /** What follows the name of the command in the help. */
  readonly usage: string;
  readonly options: OptionTable;
  readonly takesFiles: boolean;
  /** Whether it changes or compares sites, so that `--json` prints the result of a publication. */
  readonly hasOutcome?: true;
}

/** A command: the check of its arguments, which is pure or only reads, and the work. */
export interface Command<Checked> {
  /** @throws {UserError} `usage`, with all faults at once */
  readonly parse: (given: Arguments, context: CommandContext) => Checked | Promise<Checked>;
  /** @throws {UserError} if the command fails without an outcome */
  readonly run: (checked: Checked, world: World) => Promise<Ended>;
}

/** A command with its type parameter hidden. */
export type SomeCommand = (given: Arguments, context: CommandContext, world: World) => Promise<Ended>;

/** Hides the type parameter of a command. */
export function someCommand<Checked>({ parse, run }: Command<Checked>): SomeCommand {
  return async (given, context, world) => run(await parse(given, context), world);
}

/** The context of the check of a command, which differs between the two front ends. */
export type CommandContext = Omit<SettingsContext, 'preview' | 'faults'> &
  Pick<WritingContext, 'loginForSource'>;

/** The environment of a command, which hides the terminal and the runner. */
export interface World {
  /** Where relative paths start. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly progress: Progress;
  /** Writes to the output of the program. */
  readonly print: (text: string) => void;
  /** Colours printed text, if colours are enabled. */
  readonly paint: Paint;
  /** Reports a fault that does not end the command. */
  readonly reportError: (error: UserError) => void;
  readonly host?: Host;
}

/** What a runner of workflows provides to a command. */
export interface Host {
  /** Absent if the host of the repository cannot be queried. */
  readonly remoteSizes?: RemoteSizes;
  readonly sharedCache?: SharedCache | undefined;
  /** Folders from which artifacts may come, in addition to the Maven repository. */
  readonly artifactRoots: readonly string[];
  /** Adds what the host knows to an outcome. */
  readonly complete: (outcome: Outcome) => Promise<Outcome>;
}

/** The result of a command. */
export interface Ended {
  /** The outcome to show; absent if the command has printed its result. */
  readonly outcome?: Outcome;
  /** The error, if the command failed. */
  readonly error?: UserError;
  /** Further faults. They do not undo a publication. */
  readonly faults?: readonly UserError[];
  /** Whether the program fails. */
  readonly isFailed: boolean;
  /** The exit code, if the command does not use those of all commands. */
  readonly exitCode?: number;
}
