import { branchesOf, preferredFirst, offeredVersions } from '../index/offers.js';
import type { Repository } from '../index/repository.js';
import { versionsAfter, type JetBrainsPlan } from './change.js';

/**
 * Applies a plan to the repository that it was made for. Versions without a change stay as they are. Versions that the
 * previous publication withdrew are removed.
 */
export function applyToRepository(index: Repository, plan: JetBrainsPlan): Repository {
  const versions = preferredFirst(versionsAfter(index, plan.changes));
  const offered = offeredVersions(versions);
  const covered = branchesOf(
    [...offered].map(({ entry }) => entry),
    plan.newestBranch,
  );
  // A branch keeps its file, because its users would see an error otherwise.
  const branches = [...new Set([...index.branches, ...covered])].sort((a, b) => a - b);
  return { ...index, versions, branches };
}
