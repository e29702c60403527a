import type { Log, Progress } from '../../app/ports/log.js';
import type { Outcome } from '../../model/outcome.js';
import type { Paint } from '../../report/terminal.js';
import type { Arguments } from './arguments.js';

/** Where commands write: they know neither the terminal nor its colours. */
export interface Output {
  /** Writes to the result of the program, with colours where it is shown. */
  readonly print: (text: string) => void;
  readonly paint: Paint;
  readonly createLog: (verbose: boolean) => Log;
  readonly createProgress: (log: Log) => Progress;
  /** Shows an outcome in the form that the options ask for, and its problems. */
  readonly show: (outcome: Outcome, args: Arguments) => void;
  /** Reports what was thrown: a fault that the user can mend, or a defect. */
  readonly reportError: (error: unknown) => void;
}
