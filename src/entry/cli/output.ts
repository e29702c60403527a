import type { Log } from '../../app/ports/log.js';
import type { Outcome } from '../../model/outcome.js';
import { asLogText } from '../../model/printable.js';
import { errorsFirst, type Problem } from '../../model/problem.js';
import { resultOf } from '../../report/json.js';
import { renderSummary } from '../../report/markdown.js';
import { inNotationOf } from '../../report/option-notation.js';
import {
  createPaint,
  renderDiff,
  renderOutcome,
  renderProblem,
  renderVerdict,
  type Paint,
} from '../../report/terminal.js';
import type { Arguments } from '../commands/arguments.js';
import type { World } from '../commands/command.js';
import { describeFailure } from '../failure.js';
import { VERSION } from '../version.js';
import { createLogProgress, createTerminalProgress } from '../progress.js';

/** The output of a command to the streams of this process. */
export interface Output extends Pick<World, 'log' | 'progress' | 'print' | 'paint'> {
  /** Reports a thrown value: a fault that the user can fix, or an internal error. */
  readonly reportError: (error: unknown) => void;
  /** Shows an outcome in the form that the options request, and its problems. */
  readonly show: (outcome: Outcome, args: Arguments) => void;
}

/** @param isVerbose whether details are logged */
export function createOutput(isVerbose: boolean): Output {
  const paint = createPaint(hasColours(process.stdout));
  const errorPaint = createPaint(hasColours(process.stderr));
  const log = createLog(isVerbose, errorPaint);
  return {
    log,
    progress: process.stderr.isTTY ? createTerminalProgress(process.stderr) : createLogProgress(log.info),
    print: (text) => process.stdout.write(text),
    paint,
    reportError: (error) => process.stderr.write(describeFailure(error, errorPaint)),
    show: (outcome, args) => {
      show(outcome, args, paint, errorPaint);
    },
  };
}

/**
 * Shows an outcome: problems on standard error, the report on standard output in the requested form. A terminal shows
 * both in the order of importance: the result, the errors, the changes, the warnings.
 */
function show(outcome: Outcome, { values }: Arguments, paint: Paint, errorPaint: Paint): void {
  const report = (problems: readonly Problem[]) => {
    for (const problem of problems) process.stderr.write(renderProblem(problem, errorPaint));
  };
  const { problems } = outcome;
  if (values['json'] === true || values['markdown'] === true) {
    report(errorsFirst(problems));
    if (values['json'] === true) printResult(resultOf(outcome));
    else process.stdout.write(renderSummary(outcome, { frontEnd: 'command-line', version: VERSION }));
    return;
  }
  if (values['diff'] === true && outcome.diff) process.stdout.write(`${renderDiff(outcome.diff, paint)}\n`);
  process.stdout.write(renderVerdict(outcome, paint));
  report(problems.filter(({ severity }) => severity === 'error'));
  process.stdout.write(
    renderOutcome(outcome, paint, { isVerbose: values['verbose'] === true, frontEnd: 'command-line' }),
  );
  report(problems.filter(({ severity }) => severity === 'warning'));
}

function createLog(verbose: boolean, paint: Paint): Log {
  const write = (message: string) =>
    process.stderr.write(`${paint('dim', asLogText(inNotationOf('command-line', message)))}\n`);
  return {
    info: write,
    detail: (message) => {
      if (verbose) write(message);
    },
  };
}

/** Prints the result for scripts, on one line. */
export function printResult(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Whether a stream is a terminal whose user wants colours (no-color.org). */
function hasColours(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
}
