import type { Payload } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteSnapshot } from './ports/site-store.js';

/** Reports everything on the site that is in the way of payloads. */
export async function obstacleProblems(
  snapshot: SiteSnapshot,
  payloads: readonly Pick<Payload, 'storedPath'>[],
): Promise<readonly Problem[]> {
  if (!snapshot.obstacles || payloads.length === 0) return [];
  const obstacles = await snapshot.obstacles(payloads.map(({ storedPath }) => storedPath));
  return obstacles.map((obstacle) => ({ severity: 'error', code: 'place-taken', ...obstacle }));
}
