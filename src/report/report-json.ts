import type { Change } from '../model/change.js';
import type { Outcome } from '../model/outcome.js';
import { JsonError, object, count, readAs } from '../model/schema.js';
import { UserError } from '../model/user-error.js';
import { outcomeSchema } from './schemas.js';
import { headlineOf } from './words.js';

/** Maximum size of a report that one job writes and another one reads, in bytes: some 50,000 changes. */
export const MAX_REPORT_BYTES = 16 * 1024 * 1024;
/** Maximum length of the diff in a report, in characters. No output shows more. */
const MAX_DIFF = 1024 * 1024;
/** Increased if earlier readers cannot read later reports. */
const REPORT_VERSION = 1;

/** The whole report as data, with everything that the Markdown and the terminal show. */
export type Report = ReturnType<typeof reportOf>;

/** Returns the outcome of a run as JSON. Unknown values are `null`. */
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

/** Returns a change without the fields of its format, which the next release may rename. */
function publicChange({ kind, path, previousPath, checksum, size, reason, details }: Change) {
  return { kind, path, previousPath, checksum, size, reason, details };
}

/**
 * Renders the report as a file that another job shows. If it is too large, the diff of the index is cut, then the
 * details of the files are omitted: comments have even less space.
 *
 * @throws {UserError} `limit` if there are still too many changes
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
  throw new UserError('limit', `The report is too large for another job: ${headlineOf(outcome)}`, {
    hint: `The maximum is ${MAX_REPORT_BYTES} bytes. Publish fewer files at a time, or omit "report-file".`,
  });
}

/**
 * Reads a report of another job, which may have run untrusted code. Checks each value, and quotes none of them in
 * messages.
 *
 * @param text JSON, not larger than {@link MAX_REPORT_BYTES}
 * @throws {UserError} `artifact` if it is not a valid report
 */
export function parseReport(text: string, file: string): Outcome {
  try {
    const report = parseJson(text);
    const { version } = readAs(object({ version: count }), report);
    if (version !== REPORT_VERSION) throw new JsonError(`version should be ${REPORT_VERSION}`);
    return readAs(outcomeSchema, report);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new UserError('artifact', `${file} is not a valid report: ${error.message}.`, {
      hint: 'Pass the file that "report-file" wrote in the workflow of the pull request. Both workflows must use the same version of the action.',
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
