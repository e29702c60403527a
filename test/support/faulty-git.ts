import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runPublication } from '../../src/entry/commands/run.js';
import { exitCodeOf } from '../../src/entry/failure.js';
import { messageOf, UserError } from '../../src/model/user-error.js';
import { makeFolder, writeFiles } from './folders.js';
import { git, GIT_ENV, indexOf, makeBareRepository, refsOf } from './git.js';
import { settingsIn } from './resolve.js';

/**
 * The faults of a command: it fails with or without a message, is killed before or after its work, has its output cut
 * off, or succeeds without doing anything.
 */
export const FAULTS = [
  'fails',
  'fails-silently',
  'is-killed',
  'is-killed-afterwards',
  'is-cut-off',
  'does-nothing',
] as const;
export type Fault = (typeof FAULTS)[number];

const SCRIPT = `#!/bin/sh
echo "$1" >> "$FAULT_LOG"
n=0
while read -r line; do n=$((n + 1)); done < "$FAULT_LOG"
[ $n -eq $FAULT_AT ] || exec "$REAL_GIT" "$@"
case $FAULT in
  fails) echo 'fatal: an injected fault' >&2; exit 128 ;;
  fails-silently) exit 1 ;;
  is-killed) kill -9 $$ ;;
  is-killed-afterwards) "$REAL_GIT" "$@"; kill -9 $$ ;;
  does-nothing) exit 0 ;;
  is-cut-off) "$REAL_GIT" "$@" | head -c 7 ;;
esac
`;

export interface FaultyRun {
  readonly code: number;
  readonly message: string;
  /** The executed commands, in order. */
  readonly commands: readonly string[];
  /** The remaining files in the folder for temporary files. */
  readonly left: readonly string[];
}

export interface Bench {
  /** Runs a publication or preview in which the `at`-th git command has a fault; 0 for none. */
  run(repository: string, kind: 'publish' | 'preview', at: number, fault?: Fault): Promise<FaultyRun>;
  /** Creates a remote with a site of two publications. */
  remote(): string;
}

/** Creates a build to publish, a git with faults, and a site to publish to. */
export async function makeBench(): Promise<Bench> {
  const realGit = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const bin = makeFolder();
  writeFiles(bin, { git: SCRIPT });
  chmodSync(path.join(bin, 'git'), 0o755);
  const cwd = makeFolder();
  const template = makeBareRepository();
  const bench: Bench = {
    async run(repository, kind, at, fault = 'fails') {
      const temp = makeFolder();
      const log = path.join(makeFolder(), 'log');
      const env = {
        ...GIT_ENV,
        PATH: `${bin}:${process.env['PATH'] ?? ''}`,
        RUNNER_TEMP: temp,
        REAL_GIT: realGit,
        FAULT: fault,
        FAULT_AT: String(at),
        FAULT_LOG: log,
      };
      const { code, message } = await outcomeOf(repository, cwd, kind, env);
      const commands = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
      return { code, message, commands, left: readdirSync(temp) };
    },
    remote() {
      const copy = path.join(makeFolder(), 'site.git');
      cpSync(template, copy, { recursive: true });
      return copy;
    },
  };
  for (const content of ['one', 'two']) {
    writeFiles(cwd, { 'app/macros/A.ijm': content });
    await bench.run(template, 'publish', 0);
  }
  writeFiles(cwd, { 'app/macros/A.ijm': 'three', 'app/macros/B.ijm': 'new' });
  return bench;
}

/**
 * Makes one command of a run fail.
 *
 * @param at number of the command, from 1
 * @returns the faults of the end of the run, and of the site afterwards
 */
export async function faultsOfRun(
  bench: Bench,
  kind: 'publish' | 'preview',
  at: number,
  fault: Fault,
): Promise<readonly string[]> {
  const remote = bench.remote();
  const before = refsOf(remote);
  const ran = await bench.run(remote, kind, at, fault);
  const where = `${kind}, git ${ran.commands[at - 1] ?? ''} ${fault}`;
  const faults: string[] = [];
  const require = (isMet: boolean, what: string) => {
    if (!isMet) faults.push(`${where}: ${what}`);
  };
  // The run may succeed if the missing output of a command does not matter.
  const maySucceed = fault === 'is-cut-off' || fault === 'does-nothing';
  require(ran.code === 1 || (maySucceed && ran.code === 0), `exit ${ran.code}: ${ran.message}`);
  require(ran.code === 0 || /^\S.*\.\n.*\w.*\.$/s.test(ran.message), `no message and hint: ${ran.message}`);
  require(ran.left.length === 0, `left ${ran.left.join()}`);
  const isChanged = refsOf(remote) !== before;
  require(kind === 'publish' || !isChanged, 'the remote was changed');
  require(kind === 'preview' || ran.code === 1 || isChanged, 'nothing was published');
  if (ran.code === 1 && isChanged)
    require(/push itself was accepted|not known whether the push has arrived/.test(
      ran.message,
    ), `a push that arrived: ${ran.message}`);
  if (!isChanged) return faults;
  require(isValid(remote), 'the site is damaged');
  return faults;
}

/** Whether the next publication after a run with a fault succeeds and leaves a valid site. */
export async function recovers(bench: Bench, at: number, fault: Fault): Promise<boolean> {
  const remote = bench.remote();
  await bench.run(remote, 'publish', at, fault);
  const { code } = await bench.run(remote, 'publish', 0);
  return code === 0 && isValid(remote) && indexOf(remote).includes('filename="macros/B.ijm"');
}

function isValid(repository: string): boolean {
  git(repository, 'fsck', '--strict', '--no-dangling');
  const index = indexOf(repository);
  return index.includes('filename="macros/A.ijm"') && index.trimEnd().endsWith('</pluginRecords>');
}

async function outcomeOf(
  repository: string,
  cwd: string,
  kind: 'publish' | 'preview',
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; message: string }> {
  const settings = await settingsIn(
    cwd,
    { 'app-dir': 'app', remote: repository, upstream: ['none'] },
    { preview: kind === 'preview' },
  );
  const log = { info: () => undefined, detail: () => undefined };
  const progress = { start: () => ({ advance: () => undefined, done: () => undefined }) };
  try {
    await runPublication(settings, { cwd, env, log, progress }, makeFolder());
    return { code: 0, message: '' };
  } catch (error) {
    const hint = error instanceof UserError ? (error.hint ?? '') : '';
    return { code: exitCodeOf(error), message: `${messageOf(error)}\n${hint}` };
  }
}
