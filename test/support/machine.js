// What differs between machines and must not decide how a test ends: set before the first test, and for all that tests start.
// jest.config.js reads this file.

/** Variables that programs under test read, or that git and the network obey. */
const FOREIGN =
  /^(GIT_.*|GITHUB_.*|INPUT_.*|RUNNER_.*|ACTIONS_.*|GH_.*|UPDATE_SITE_.*|AWS_.*|SSH_.*|SOURCE_DATE_EPOCH|NO_COLOR|FORCE_COLOR|COLUMNS|LINES|LANG|LANGUAGE|LC_.*|XDG_.*|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAVEN_.*|M2_.*|(HTTPS?|ALL|NO|FTP)_PROXY)$/i;

/** The same environment on every machine: no settings of a workflow or of a user, one time zone, one locale, one umask. */
export function fixEnvironment() {
  const { env } = process;
  for (const name of Object.keys(env)) if (FOREIGN.test(name)) Reflect.deleteProperty(env, name);
  // Off by a part of an hour, so that a test that mixes zones up fails everywhere.
  env.TZ = 'Asia/Kathmandu';
  env.LC_ALL = 'C.UTF-8';
  env.TERM = 'dumb';
  process.umask(0o022);
}
