import type { FrontEnd } from './option-notation.js';
import type { TextLimit } from './text-limit.js';

/** Web addresses that a report links to. They are known to this program, and need no escapes in Markdown. */
export interface Links {
  /** The repository of the site on its host. */
  readonly repository?: string | undefined;
}

/** Where a report in Markdown is shown. */
export interface ReportContext {
  readonly frontEnd: FrontEnd;
  /** Absent in the report of an untrusted run, which then links to nothing that the run has named. */
  readonly links?: Links | undefined;
  /** Version of this program. */
  readonly version?: string | undefined;
  /** What the report comes from, as Markdown, at the beginning of the last line. */
  readonly origin?: readonly string[] | undefined;
  /** That of a job summary by default. */
  readonly limit?: TextLimit | undefined;
}
