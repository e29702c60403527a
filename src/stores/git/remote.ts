import path from 'node:path';

/**
 * Settings for every git command: the same on every machine, the remote under the name `origin`, and the token, for this
 * remote only.
 *
 * @param cwd where a relative path of a remote starts
 */
export function configFor(remote: string, cwd: string, token: string | undefined): [string, string][] {
  const config: [string, string][] = [
    ['protocol.version', '2'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['core.quotePath', 'false'],
    // A user's own hooks and signatures have no business in a repository that they never see.
    ['core.hooksPath', '/dev/null'],
    ['push.gpgSign', 'false'],
    // Messages of commits are UTF-8, whatever the user writes in.
    ['i18n.commitEncoding', 'UTF-8'],
    ['i18n.logOutputEncoding', 'UTF-8'],
    // After a redirect, git goes on sending the header with the token, to the new server (explainRedirect).
    ['http.followRedirects', 'false'],
    ['remote.origin.url', remoteUrl(remote, cwd)],
    // What is left out of a fetch may be asked for later, object by object.
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
  ];
  const origin = httpOrigin(remote);
  // The configuration of the user may follow redirects for some addresses: the longest address wins.
  if (origin !== undefined) config.push([`http.${remote}.followRedirects`, 'false']);
  if (token !== undefined && origin !== undefined) {
    const login = Buffer.from(`x-access-token:${token}`).toString('base64');
    config.push(
      [`http.${origin}/.extraheader`, ''],
      [`http.${origin}/.extraheader`, `Authorization: Basic ${login}`],
    );
    // No other login may take over if the token is refused.
    config.push(['credential.helper', '']);
  }
  return config;
}

/** `https://host:port` of a remote that is reached by HTTP. */
export function httpOrigin(remote: string): string | undefined {
  if (!/^https?:\/\//i.test(remote)) return undefined;
  return URL.canParse(remote) ? new URL(remote).origin : undefined;
}

/** The address as git takes it: a local path in full, since git runs elsewhere. */
export function remoteUrl(remote: string, cwd: string): string {
  const isLocal = !/^[a-z][a-z0-9+.-]*:\/\//i.test(remote) && !/^[^/\\]+:/.test(remote);
  return isLocal || /^[A-Za-z]:[\\/]/.test(remote) ? path.resolve(cwd, remote) : remote;
}
