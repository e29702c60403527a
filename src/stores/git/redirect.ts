import { UserError } from '../../model/user-error.js';
import { CERTAINTY, type GitWork } from './errors.js';
import { GitError, type Git } from './git.js';

/** How git reports a redirect that it does not follow. */
const REDIRECTED = /returned error: 30[12378]\b|RPC failed; HTTP 30[12378]\b/;
/** Traces git's requests without logins and bodies. */
const TRACE = { GIT_TRACE_CURL: '1', GIT_TRACE_CURL_NO_DATA: '1' };
/** The new address, in a response header of the trace. */
const LOCATION = /<= recv header: location: *(\S+)/i;

/** Whether git failed because the server redirected the request. */
export function isRedirected(thrown: unknown): thrown is GitError {
  return thrown instanceof GitError && REDIRECTED.test(thrown.result.stderr);
}

/**
 * Explains a redirect. Git does not follow redirects here, because it would send the header with the token to any
 * new server. Its message does not contain the new address, so the first request is repeated with a trace.
 *
 * @param git git with the same login as before, which is sent to the same server only
 */
export async function explainRedirect(
  git: Git,
  failure: GitError,
  { doing, phase }: GitWork,
  { remote, timeoutMs }: { readonly remote: string; readonly timeoutMs: number },
): Promise<UserError> {
  const location = await newLocation(git, phase === 'pushing', timeoutMs);
  const target = location && repositoryAt(location, remote);
  const where = target ?? 'another address, which cannot be shown';
  const advice =
    target === undefined
      ? 'Open the repository in a browser to see its new address.'
      : `If the repository has moved there and you trust that server, write ${target} in place of the old address.`;
  return new UserError('remote', `Could not ${doing}: the server redirects to ${where}.`, {
    hint: `${CERTAINTY[phase]} Redirects are not followed, because the token would be sent along. ${advice} If that is a login page, the login is missing or was not accepted.`,
    cause: failure,
  });
}

async function newLocation(git: Git, isPush: boolean, timeoutMs: number): Promise<string | undefined> {
  // A dry run sends only the first request. A deletion does not need a local commit.
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

/** Returns the address of a repository for that of its first request; `undefined` if it cannot be shown. */
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
