import { isLoopback } from '../model/loopback.js';

/** Prefix of GitHub's tokens for workflow runs and apps. Other servers do not accept them. */
const INSTALLATION_TOKEN = 'ghs_';
/** The default server. */
export const GITHUB = 'https://github.com';

/** The token for a remote. */
export interface TokenChoice {
  readonly token: string | undefined;
  /** Message for the user if the token was withheld. */
  readonly withheld?: string;
}

/**
 * Returns the action's token if the remote may receive it. The default token belongs to GitHub, so other servers must
 * not see it.
 *
 * @param origin `https://host` of the remote; `undefined` if it is not reached over HTTP
 */
export function tokenForAction(
  token: string,
  origin: string | undefined,
  env: NodeJS.ProcessEnv,
): TokenChoice {
  if (token === '' || origin === undefined) return { token: undefined };
  if (token.startsWith(INSTALLATION_TOKEN) && origin !== serverOrigin(env) && !isThisMachine(origin)) {
    return {
      token: undefined,
      withheld: `The token of this workflow run was not sent to ${origin}, because it belongs to ${serverOrigin(env)}. Pass a token for ${origin} as "token".`,
    };
  }
  return { token };
}

/**
 * Returns the action's token if a site that is only read may receive it. A token that the user passed is for the server
 * of the site that is changed, and no other server must see it.
 *
 * @param origin `https://host` of the site that is read
 * @param changed the same of the site that is changed; `undefined` if it is not reached over HTTP
 */
export function tokenForSource(
  token: string,
  origin: string | undefined,
  changed: string | undefined,
  env: NodeJS.ProcessEnv,
): TokenChoice {
  const isMeantForIt = token.startsWith(INSTALLATION_TOKEN) || origin === (changed ?? serverOrigin(env));
  // Without a message about a withheld token: most sources need no login.
  return { token: isMeantForIt ? tokenForAction(token, origin, env).token : undefined };
}

/**
 * Returns the token for GitHub's API: the action's token, unless it is for a repository of the site on another server.
 *
 * @param origin `https://host` of that repository; `undefined` if it is not reached over HTTP
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
 * Returns the token for the command line: `UPDATE_SITE_TOKEN` for any remote, and the variables of GitHub's own tools
 * for GitHub. Without a token, git uses its credential helpers.
 */
export function tokenForCommandLine(origin: string | undefined, env: NodeJS.ProcessEnv): TokenChoice {
  if (origin === undefined) return { token: undefined };
  const own = env['UPDATE_SITE_TOKEN'];
  if (own) return { token: own };
  const github = env['GITHUB_TOKEN'] || env['GH_TOKEN'];
  return { token: github && (origin === serverOrigin(env) || isThisMachine(origin)) ? github : undefined };
}

/** Returns the server of the workflow run; github.com by default. */
export function serverOrigin(env: NodeJS.ProcessEnv): string {
  const url = env['GITHUB_SERVER_URL'];
  return url && URL.canParse(url) ? new URL(url).origin : GITHUB;
}

function isThisMachine(origin: string): boolean {
  return isLoopback(new URL(origin).hostname);
}
