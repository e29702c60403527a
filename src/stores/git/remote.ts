import path from 'node:path';

/**
 * Returns the settings for every git command: the same behavior on every machine, the remote as `origin`, and the
 * token for this remote only.
 *
 * @param cwd where a relative path of a remote starts
 */
export function configFor(remote: string, cwd: string, token: string | undefined): [string, string][] {
  const config: [string, string][] = [
    ['protocol.version', '2'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['core.quotePath', 'false'],
    // Payloads are compressed archives. Looking for parts that they share takes most of the time of a large push.
    ['pack.window', '0'],
    // The hooks and signatures of the user do not apply to a temporary repository.
    ['core.hooksPath', '/dev/null'],
    ['push.gpgSign', 'false'],
    // Commit messages are UTF-8, whatever encoding the user has configured.
    ['i18n.commitEncoding', 'UTF-8'],
    ['i18n.logOutputEncoding', 'UTF-8'],
    // After a redirect, git goes on sending the header with the token, to the new server (explainRedirect).
    ['http.followRedirects', 'false'],
    ['remote.origin.url', remoteUrl(remote, cwd)],
    // Objects that a fetch has left out may be requested later, one by one.
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
  ];
  const origin = httpOrigin(remote);
  // The user's configuration may enable redirects for some addresses: the longest address wins.
  if (origin !== undefined) config.push([`http.${remote}.followRedirects`, 'false']);
  if (token !== undefined && origin !== undefined) {
    const login = Buffer.from(`x-access-token:${token}`).toString('base64');
    config.push(
      [`http.${origin}/.extraheader`, ''],
      [`http.${origin}/.extraheader`, `Authorization: Basic ${login}`],
    );
    // No other login may be used if the token is rejected.
    config.push(['credential.helper', '']);
  }
  return config;
}

/** Returns `https://host:port` of a remote that is reached by HTTP; `undefined` for any other remote. */
export function httpOrigin(remote: string): string | undefined {
  if (!/^https?:\/\//i.test(remote)) return undefined;
  return URL.canParse(remote) ? new URL(remote).origin : undefined;
}

/** Returns the address for git. A local path becomes absolute, since git runs elsewhere. */
export function remoteUrl(remote: string, cwd: string): string {
  const isLocal = !/^[a-z][a-z0-9+.-]*:\/\//i.test(remote) && !/^[^/\\]+:/.test(remote);
  return isLocal || /^[A-Za-z]:[\\/]/.test(remote) ? path.resolve(cwd, remote) : remote;
}
