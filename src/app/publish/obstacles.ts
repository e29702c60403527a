import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { SiteSnapshot } from '../ports/site-store.js';

/** What the site has in the places where the payloads of a plan must be written. */
export async function obstacleProblems(
  snapshot: SiteSnapshot,
  { payloads }: Plan,
): Promise<readonly Problem[]> {
  if (!snapshot.obstacles || payloads.length === 0) return [];
  const obstacles = await snapshot.obstacles(payloads.map(({ storedPath }) => storedPath));
  return obstacles.map((obstacle) => ({ severity: 'error', code: 'place-taken', ...obstacle }));
}
