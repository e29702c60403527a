import type { Log, Progress } from '../../app/ports/log.js';
import type { Outcome } from '../../model/outcome.js';
import type { Paint } from '../../report/terminal.js';
import type { Arguments } from './arguments.js';

/** Where commands write. They do not know what is at the other end. */
export interface Output {
  /** Writes to the result of the program. */
  readonly print: (text: string) => void;
  /** Colours for what is printed, where they are shown. */
  readonly paint: Paint;
  readonly createLog: (verbose: boolean) => Log;
  readonly createProgress: (log: Log) => Progress;
  /** Shows an outcome in the form that the options ask for, and its problems. */
  readonly show: (outcome: Outcome, args: Arguments) => void;
  /** Reports what was thrown: a fault that the user can mend, or an internal error. */
  readonly reportError: (error: unknown) => void;
}
