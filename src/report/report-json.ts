import type { Change } from '../model/change.js';
import type { Outcome } from '../model/outcome.js';
import { JsonError, object, count, readAs } from '../model/schema.js';
import { UserError } from '../model/user-error.js';
import { outcomeSchema } from './schemas.js';
import { headlineOf } from './words.js';

/** Largest report that is written for another job and read by it, in bytes: some 50,000 changes. */
export const MAX_REPORT_BYTES = 16 * 1024 * 1024;
/** So much of the lines of the index is handed on, in characters: more is shown nowhere. */
const MAX_DIFF = 1024 * 1024;
/** Counts up when readers of earlier reports could not read later ones. */
const REPORT_VERSION = 1;

/** The whole report as data: what the Markdown and the terminal show. */
export type Report = ReturnType<typeof reportOf>;

/** The outcome of a run as JSON; what is unknown about it is `null`. */
export function reportOf(outcome: Outcome) {
  const { timestamp, refusal, commit, siteUrl, siteName, siteDescription, siteSize, diff, skipped, ...rest } =
    outcome;
  return {
    version: REPORT_VERSION,
    headline: headlineOf(outcome),
    ...rest,
    left: skipped,
    changes: rest.changes.map(publicChange),
    timestamp: timestamp === undefined ? null : String(timestamp),
    refusal: refusal ?? null,
    commit: commit ?? null,
    siteUrl: siteUrl ?? null,
    siteName: siteName ?? null,
    siteDescription: siteDescription ?? null,
    siteSize: siteSize ?? null,
    diff: diff ?? null,
  };
}

/** A change without what only its format knows about it: that may have other names in the next release. */
function publicChange({ kind, path, previousPath, checksum, size, reason, details }: Change) {
  return { kind, path, previousPath, checksum, size, reason, details };
}

/**
 * The report as a file, for another job that shows it. Where it would be too large, the lines of the index are cut, then
 * what is said about the files is left out: whoever shows it has less room still.
 *
 * @throws {UserError} `limit` where there are too many changes even so
 */
export function renderReportFile(outcome: Outcome): string {
  const cut = (outcome.diff?.length ?? 0) > MAX_DIFF ? outcome.diff?.slice(0, MAX_DIFF) : outcome.diff;
  const whole: Outcome = { ...outcome, diff: cut };
  const bare = (): Outcome => ({
    ...whole,
    publishedFiles: [],
    changes: outcome.changes.map(({ details, ...change }) =>
      details ? { ...change, details: { ...details, fields: [], dependents: [] } } : change,
    ),
  });
  for (const make of [() => whole, bare]) {
    const text = `${JSON.stringify(reportOf(make()), null, 1)}\n`;
    if (Buffer.byteLength(text) <= MAX_REPORT_BYTES) return text;
  }
  throw new UserError('limit', `The report is too large to be handed on: ${headlineOf(outcome)}`, {
    hint: `At most ${MAX_REPORT_BYTES} bytes are read. The job summary has the report.`,
  });
}

/**
 * Reads a report that another job wrote, perhaps one that runs code of a stranger: each value is checked, and nothing of
 * it is repeated in messages.
 *
 * @param text JSON, not larger than {@link MAX_REPORT_BYTES}
 * @throws {UserError} `artifact` where it is no such report
 */
export function parseReport(text: string, file: string): Outcome {
  try {
    const report = parseJson(text);
    const { version } = readAs(object({ version: count }), report);
    if (version !== REPORT_VERSION) throw new JsonError(`version should be ${REPORT_VERSION}`);
    return readAs(outcomeSchema, report);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new UserError('artifact', `${file} is no report of this action: ${error.message}.`, {
      hint: 'It is the file that "report-file" wrote in the workflow of the pull request; both must use the same version of the action.',
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonError('it should be JSON');
  }
}
