import type { RenderedFile } from '../../formats/format.js';
import type { Problem } from '../../model/problem.js';
import type { SitePath } from '../../model/site-path.js';
import type { StoredPayload } from '../stored-payloads.js';

/** A payload, and its name in the archive. */
export interface ExportedPayload {
  readonly payload: StoredPayload;
  readonly name: SitePath;
  readonly isExecutable: boolean;
}

/** What an archive contains, without checksums. */
export interface Contents {
  /** The first files. */
  readonly head: readonly RenderedFile[];
  readonly payloads: readonly ExportedPayload[];
  readonly problems: readonly Problem[];
}
