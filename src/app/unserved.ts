import type { Payload } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteSnapshot } from './ports/site-store.js';

/** Reports payloads that would be written but not served. */
export function unservedFiles(
  { unserved }: SiteSnapshot,
  payloads: readonly Pick<Payload, 'storedPath'>[],
): readonly Problem[] {
  const files = unserved?.(payloads.map(({ storedPath }) => storedPath)) ?? [];
  return files.map((file) => ({ severity: 'warning', ...file }));
}
