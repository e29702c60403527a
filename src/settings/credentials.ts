/** How GitHub's tokens for workflow runs and apps begin: they are worth nothing to other servers. */
const INSTALLATION_TOKEN = 'ghs_';
/** The server that everybody means who says no other. */
export const GITHUB = 'https://github.com';

/** The token for a remote, and what to tell the user where it was kept back. */
export interface TokenChoice {
  readonly token: string | undefined;
  readonly withheld?: string;
}

/**
 * Whether the action's token goes to this remote. The default token belongs to GitHub: another server must not see it.
 *
 * @param origin `https://host` of the remote; undefined where it is not reached by HTTP
 */
export function tokenForAction(
  token: string,
  origin: string | undefined,
  env: NodeJS.ProcessEnv,
): TokenChoice {
  if (token === '' || origin === undefined) return { token: undefined };
  if (token.startsWith(INSTALLATION_TOKEN) && origin !== serverOrigin(env) && !isLoopback(origin)) {
    return {
      token: undefined,
      withheld: `The token of this workflow run was not sent to ${origin}: it belongs to ${serverOrigin(env)}. Pass a token of that server as "token".`,
    };
  }
  return { token };
}

/**
 * The token for GitHub's API: the action's, unless it was given for the repository of the site on another server.
 *
 * @param origin `https://host` of that repository; undefined where it is not reached by HTTP
 */
export function tokenForApi(
  token: string,
  origin: string | undefined,
  env: NodeJS.ProcessEnv,
): string | undefined {
  const isMeantForElsewhere = origin !== undefined && origin !== serverOrigin(env);
  return token === '' || (isMeantForElsewhere && !token.startsWith(INSTALLATION_TOKEN)) ? undefined : token;
}

/**
 * The token for the command line: `UPDATE_SITE_TOKEN` for any remote, and those that GitHub's own tools use for GitHub.
 * Without one, git's credential helpers are asked.
 */
export function tokenForCommandLine(origin: string | undefined, env: NodeJS.ProcessEnv): TokenChoice {
  if (origin === undefined) return { token: undefined };
  const own = env['UPDATE_SITE_TOKEN'];
  if (own) return { token: own };
  const github = env['GITHUB_TOKEN'] || env['GH_TOKEN'];
  return { token: github && (origin === serverOrigin(env) || isLoopback(origin)) ? github : undefined };
}

/** The server of the workflow run, or GitHub's own. */
export function serverOrigin(env: NodeJS.ProcessEnv): string {
  const url = env['GITHUB_SERVER_URL'];
  return url && URL.canParse(url) ? new URL(url).origin : GITHUB;
}

function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
