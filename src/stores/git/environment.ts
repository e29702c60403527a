/** Input for the environment of git. */
export interface GitEnvironmentOptions {
  /** The environment of the process. */
  readonly env: NodeJS.ProcessEnv;
  /** Our own repository, never the user's. */
  readonly gitDir: string;
  /** Settings for every command. They are passed in the environment, because every user can see arguments. */
  readonly config: readonly (readonly [key: string, value: string])[];
  /** Whether `config` contains a login for the remote. If so, git does not ask other programs for one. */
  readonly hasLogin: boolean;
}

/**
 * Variables that refer to another repository: this program may run inside a hook or an alias. Git lists most of
 * them itself (`git rev-parse --local-env-vars`).
 */
const OF_ANOTHER_REPOSITORY: ReadonlySet<string> = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_GRAFT_FILE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_QUARANTINE_PATH',
  // `git config` would write to this file, and settings of the calling command would override ours.
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  // They conflict with GIT_LITERAL_PATHSPECS.
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
]);

/** Secrets that neither git nor its helpers need: the inputs of the action, and the runner's own tokens. */
const SECRETS = /^(INPUT_.*|UPDATE_SITE_.*|ACTIONS_RUNTIME_TOKEN|ACTIONS_ID_TOKEN_REQUEST_TOKEN)$/i;

/** Tokens for credential helpers. With a login for the remote, git does not use helpers. */
const LOGINS_OF_HELPERS = /^(GITHUB_TOKEN|GH_TOKEN|GH_ENTERPRISE_TOKEN|GITHUB_ENTERPRISE_TOKEN)$/i;

/** Settings that trace whole requests with the login, or could make other traces show it. */
const TRACES_OF_LOGINS =
  /^(GIT_CURL_VERBOSE|GIT_TRACE_CURL(_NO_DATA)?|GIT_TRACE_REDACT|GIT_REDACT_COOKIES|GIT_TRACE2_(CONFIG_PARAMS|ENV_VARS))$/;

/**
 * Returns the environment for git: that of the process, without variables that would mislead git or leak a secret.
 */
export function gitEnvironment({
  env,
  gitDir,
  config,
  hasLogin,
}: GitEnvironmentOptions): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && isKept(name, value, hasLogin)) result[name] = value;
  result['GIT_DIR'] = gitDir;
  result['GIT_TERMINAL_PROMPT'] = '0';
  result['GCM_INTERACTIVE'] = 'never';
  // Set but empty: if the login is rejected, git neither opens a window nor uses the login of an editor.
  if (hasLogin) result['GIT_ASKPASS'] = '';
  // File names are not patterns, whatever characters they contain.
  result['GIT_LITERAL_PATHSPECS'] = '1';
  // This program parses git's messages.
  result['LC_ALL'] = 'C';
  result['GIT_TRACE_REDACT'] = '1';
  // The configuration of the machine could select settings and variables for traces. These names do not exist.
  result['GIT_TRACE2_CONFIG_PARAMS'] = 'none.none';
  result['GIT_TRACE2_ENV_VARS'] = 'NONE';
  const { GIT_CONFIG_COUNT: count = '' } = env;
  const given = /^\d{1,4}$/.test(count) ? Number(count) : 0;
  config.forEach(([key, value], at) => {
    result[`GIT_CONFIG_KEY_${given + at}`] = key;
    result[`GIT_CONFIG_VALUE_${given + at}`] = value;
  });
  result['GIT_CONFIG_COUNT'] = String(given + config.length);
  return result;
}

function isKept(name: string, value: string, hasLogin: boolean): boolean {
  if (OF_ANOTHER_REPOSITORY.has(name) || SECRETS.test(name) || TRACES_OF_LOGINS.test(name)) return false;
  if (hasLogin && LOGINS_OF_HELPERS.test(name)) return false;
  // A trace on standard error would mix with git's own messages.
  return !(name.startsWith('GIT_TRACE') && /^(true|\d)$/i.test(value.trim()));
}
