import type { CheckName } from '../../model/check-names.js';
import type { UpstreamSource } from '../../model/upstream.js';

/** How thoroughly a site is checked. */
export interface VerifySettings {
  /** Number of files that are read, chosen at random; `undefined` for all of them. */
  readonly sample: number | undefined;
  /** Which previous versions are checked: that they exist, their content too, or none. */
  readonly previous: 'presence' | 'content' | 'none';
  readonly skip: readonly CheckName[];
  /** The sites that users also follow. */
  readonly upstream: readonly UpstreamSource[];
  /** The Java version that users run; `undefined` if unknown. */
  readonly java: number | undefined;
  /** Public address of the site; `undefined` if unknown. */
  readonly siteUrl: string | undefined;
}
