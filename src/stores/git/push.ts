import { GitError, type Git } from './git.js';
import { rejectionIn } from './words.js';

/**
 * Result of a push: the remote has the commit, another publisher was faster, or the remote could not lock the
 * branch because of another push, which is active or was killed.
 */
export type PushResult = 'pushed' | 'lost race' | 'locked';

/** Reasons of a remote if the branch is not, or was not, at the expected commit, or no longer exists. */
const LOST_RACE =
  /cannot lock ref|failed to update ref|reference already exists|incorrect old value|failed to lock|shallow update not allowed/i;
/** A branch beside one that would be its folder: another attempt does not help. */
const IN_THE_WAY = /exists; cannot create/i;
/** The lock exists. If it cannot be created for another reason, another attempt does not help. */
const LOCK_EXISTS = /Unable to create '[^']*\.lock': File exists/i;
const LOCK_FAULT = /Unable to create '[^']*\.lock'/i;

/**
 * Pushes a commit to a branch, if the branch is still where the commit starts from.
 *
 * @param ref full name of the branch
 * @param timeoutMs timeout, in milliseconds
 * @throws {GitError} if the remote rejects the push or cannot be reached; its `stderr` begins with standard output
 */
export async function push(git: Git, commit: string, ref: string, timeoutMs: number): Promise<PushResult> {
  const { stdout, stderr, ...rest } = await git(
    ['push', '--porcelain', '--no-verify', 'origin', `${commit}:${ref}`],
    { accept: [1], timeoutMs },
  );
  if (rest.code === 0) return 'pushed';
  const output = `${stdout.toString('utf8')}\n${stderr}`;
  const rejection = rejectionIn(output);
  // Rejected by git itself: our commit is not based on the current commit of the remote.
  if (rejection && !rejection.byRemote) return 'lost race';
  if (rejection && LOST_RACE.test(rejection.reason) && !IN_THE_WAY.test(output)) {
    if (LOCK_EXISTS.test(output)) return 'locked';
    if (!LOCK_FAULT.test(output)) return 'lost race';
  }
  throw new GitError('push', { ...rest, stdout, stderr: output }, undefined);
}
