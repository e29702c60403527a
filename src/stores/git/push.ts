import { GitError, type Git } from './git.js';
import { rejectionIn } from './words.js';

/**
 * What came of a push: the remote has the commit, another publisher was faster, or the remote could not lock the
 * branch, because another push holds the lock or one that was killed left it behind.
 */
export type PushResult = 'pushed' | 'lost race' | 'locked';

/** Reasons of a remote for "the branch is not, or was just now not, at the commit that you saw", also if it is gone. */
const LOST_RACE =
  /cannot lock ref|failed to update ref|reference already exists|incorrect old value|failed to lock|shallow update not allowed/i;
/** A branch beside one that would be its folder; that will not pass. */
const IN_THE_WAY = /exists; cannot create/i;
/** A lock that exists; every other reason why a lock cannot be made will not pass. */
const LOCK_EXISTS = /Unable to create '[^']*\.lock': File exists/i;
const LOCK_FAULT = /Unable to create '[^']*\.lock'/i;

/**
 * Pushes a commit to a branch, if the branch is still where the commit starts from.
 *
 * @param ref full name of the branch
 * @param timeoutMs what that may take, in milliseconds
 * @throws {GitError} if the remote refuses, or cannot be reached; standard output stands before standard error
 */
export async function push(git: Git, commit: string, ref: string, timeoutMs: number): Promise<PushResult> {
  const { stdout, stderr, ...rest } = await git(
    ['push', '--porcelain', '--no-verify', 'origin', `${commit}:${ref}`],
    { accept: [1], timeoutMs },
  );
  if (rest.code === 0) return 'pushed';
  const output = `${stdout.toString('utf8')}\n${stderr}`;
  const rejection = rejectionIn(output);
  // Git's own words: what we push does not follow from what the remote has.
  if (rejection && !rejection.byRemote) return 'lost race';
  if (rejection && LOST_RACE.test(rejection.reason) && !IN_THE_WAY.test(output)) {
    if (LOCK_EXISTS.test(output)) return 'locked';
    if (!LOCK_FAULT.test(output)) return 'lost race';
  }
  throw new GitError('push', { ...rest, stdout, stderr: output }, undefined);
}
