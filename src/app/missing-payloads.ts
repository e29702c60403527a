import { count, inDigits } from '../model/describe.js';
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteSnapshot } from './ports.js';

/** How many files a message names. */
const MOST_NAMES = 10;

/**
 * The payloads that the site should have and lacks, as far as looking for them costs nothing.
 *
 * @param named stored paths that the index names
 */
export async function missingPayloads(
  snapshot: SiteSnapshot,
  named: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!snapshot.missingFiles || named.length === 0) return new Set();
  return new Set(await snapshot.missingFiles(named));
}

/**
 * Warns of what is still missing once the publication is out.
 *
 * @param namedAfter stored paths that the index then names
 */
export function checkMissing(
  missing: ReadonlySet<string>,
  namedAfter: readonly string[],
  { payloads }: Plan,
): readonly Problem[] {
  if (missing.size === 0) return [];
  const written = new Set(payloads.map(({ storedPath }) => storedPath));
  const left = namedAfter.filter((path) => missing.has(path) && !written.has(path));
  const [first] = left;
  if (first === undefined) return [];
  const more = left.length > MOST_NAMES ? ` and ${inDigits(left.length - MOST_NAMES)} more` : '';
  const names = left.slice(0, MOST_NAMES).join(', ');
  return [
    {
      severity: 'warning',
      code: 'missing-payload',
      path: first,
      message: `The index names ${count(left.length, 'file')} that the site does not have: ${names}${more}. Users who are offered one of them cannot install or update anything.`,
      hint: 'Publish the same files again: they are stored under their old names, and the index stays as it is. If you do not have them any more, publish new versions, or remove them.',
    },
  ];
}
