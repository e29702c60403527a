import { branchesOf, preferredFirst, offeredVersions } from '../index/offers.js';
import type { Repository } from '../index/repository.js';
import { versionsAfter, type JetBrainsPlan } from './change.js';

/**
 * Carries out a plan on the repository that it was made for. Versions that no change concerns stay as they are; those
 * that were withdrawn by the publication before are forgotten.
 */
export function applyToRepository(index: Repository, plan: JetBrainsPlan): Repository {
  const versions = preferredFirst(versionsAfter(index, plan.changes));
  const offered = offeredVersions(versions);
  const covered = branchesOf(
    [...offered].map(({ entry }) => entry),
    plan.newestBranch,
  );
  // A branch that has had a file keeps it: its users would see an error otherwise.
  const branches = [...new Set([...index.branches, ...covered])].sort((a, b) => a - b);
  return { ...index, versions, branches };
}
