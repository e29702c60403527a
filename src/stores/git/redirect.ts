import { UserError } from '../../model/user-error.js';
import { CERTAINTY, type GitWork } from './errors.js';
import { GitError, type Git } from './git.js';

/** How git reports a redirect that it does not follow. */
const REDIRECTED = /returned error: 30[12378]\b|RPC failed; HTTP 30[12378]\b/;
/** The trace of git's requests, which leaves out logins and bodies. */
const TRACE = { GIT_TRACE_CURL: '1', GIT_TRACE_CURL_NO_DATA: '1' };
/** A header of an answer in the trace. */
const LOCATION = /<= recv header: location: *(\S+)/i;

/** Whether git failed because the server answered with another address. */
export function isRedirected(thrown: unknown): thrown is GitError {
  return thrown instanceof GitError && REDIRECTED.test(thrown.result.stderr);
}

/**
 * Explains a redirect. Git follows none for us: with a new address it goes on sending the header with the token, to
 * whatever server that is. Its message does not name the new address, so the first request is made again with a trace.
 *
 * @param git as it was when it failed: with the same login, which goes to the same server only
 */
export async function explainRedirect(
  git: Git,
  failure: GitError,
  { doing, phase }: GitWork,
  { remote, timeoutMs }: { readonly remote: string; readonly timeoutMs: number },
): Promise<UserError> {
  const location = await newLocation(git, phase === 'pushing', timeoutMs);
  const target = location && repositoryAt(location, remote);
  const where = target ?? 'another address, which it does not show';
  const advice =
    target === undefined
      ? 'Open the repository in a browser to see its new address.'
      : `If the repository has moved there and you trust that server, write ${target} in place of the old address.`;
  return new UserError('remote', `Could not ${doing}: the server redirects to ${where}.`, {
    hint: `${CERTAINTY[phase]} Redirects are not followed, because a token would go with them. ${advice} If that is a page for logins, the login is missing or not accepted.`,
    cause: failure,
  });
}

async function newLocation(git: Git, isPush: boolean, timeoutMs: number): Promise<string | undefined> {
  // A dry run sends nothing but the first request. Deleting needs no commit of ours.
  const args = isPush
    ? ['push', '--dry-run', '--no-verify', 'origin', ':refs/heads/update-site-looks-for-the-new-address']
    : ['ls-remote', 'origin', 'HEAD'];
  try {
    await git(args, { env: TRACE, timeoutMs });
  } catch (error) {
    if (error instanceof GitError) return LOCATION.exec(error.result.stderr)?.[1];
  }
  return undefined;
}

/** The address of the repository behind the address of its first request; undefined if it cannot be shown. */
function repositoryAt(location: string, remote: string): string | undefined {
  if (!URL.canParse(location, remote)) return undefined;
  const url = new URL(location, remote);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/(info\/refs|git-upload-pack|git-receive-pack)$/, '');
  return url.href;
}
