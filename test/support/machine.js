// Makes tests independent of the machine: runs before the first test, and applies to all processes that tests start.
// jest.config.js reads this file.

/** Variables that programs under test, git or the network read. */
const FOREIGN =
  /^(GIT_.*|GITHUB_.*|INPUT_.*|RUNNER_.*|ACTIONS_.*|GH_.*|UPDATE_SITE_.*|AWS_.*|SSH_.*|SOURCE_DATE_EPOCH|NO_COLOR|FORCE_COLOR|COLUMNS|LINES|LANG|LANGUAGE|LC_.*|XDG_.*|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAVEN_.*|M2_.*|(HTTPS?|ALL|NO|FTP)_PROXY)$/i;

/** Sets the same environment on every machine: no settings of workflows or users, fixed time zone, locale and umask. */
export function fixEnvironment() {
  const { env } = process;
  for (const name of Object.keys(env)) if (FOREIGN.test(name)) Reflect.deleteProperty(env, name);
  // Its offset is not a whole hour, so that a test that confuses time zones fails everywhere.
  env.TZ = 'Asia/Kathmandu';
  env.LC_ALL = 'C.UTF-8';
  env.TERM = 'dumb';
  process.umask(0o022);
}
