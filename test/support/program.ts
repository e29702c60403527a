import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from './fixtures.js';
import { makeFolder } from './folders.js';
import { GIT_ENV } from './git.js';

/** The home folder of the tests, without the user's copies of indexes and Maven repository. */
const HOME = makeFolder();

/** The programs under test: the packaged ones, or those of the build for coverage (`npm run coverage`). */
const BUILD = process.env['TESTED_BUILD'];
export const CLI = BUILD ? path.join(BUILD, 'entry/cli/cli.js') : path.join(PROJECT, 'dist/cli.js');
const ACTIONS = BUILD ? path.join(BUILD, 'entry/action') : path.join(PROJECT, 'dist');
export const WORKER = BUILD
  ? path.join(BUILD, 'entry/worker/worker.js')
  : path.join(PROJECT, 'dist/worker.js');

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  timeoutMs?: number;
}

/** Adds `--upstream none`, unless the test sets upstream sites: tests do not use the network. */
function withoutUpstream(args: readonly string[]): readonly string[] {
  const publishes = args[0] === 'publish' || args[0] === 'preview';
  return publishes && !args.includes('--upstream') ? [...args, '--upstream', 'none'] : args;
}

/** Runs the packaged command line and waits for it. */
export function runCli(args: readonly string[], { cwd, env = {}, timeoutMs = 120_000 }: RunOptions): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...withoutUpstream(args)], {
    cwd,
    env: cleanEnv(env),
    encoding: 'utf8',
    timeout: timeoutMs,
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}

/** Runs the packaged command line, and returns what a terminal would show: both streams in their order. */
export function runCliOnScreen(args: readonly string[], { cwd, env = {} }: RunOptions): string {
  const file = path.join(makeFolder(), 'screen.txt');
  const screen = openSync(file, 'w');
  try {
    const stdio = ['ignore', screen, screen] as const;
    spawnSync(process.execPath, [CLI, ...withoutUpstream(args)], {
      cwd,
      env: cleanEnv(env),
      stdio: [...stdio],
      timeout: 120_000,
    });
  } finally {
    closeSync(screen);
  }
  return readFileSync(file, 'utf8');
}

/** Starts the packaged command line, for tests with several runs or with a server in this process. */
export async function startCli(args: readonly string[], options: RunOptions): Promise<Ran> {
  return start(CLI, withoutUpstream(args), options.cwd, cleanEnv(options.env ?? {}));
}

/** Starts the packaged command line, for tests that kill it. */
export function startProcess(args: readonly string[], cwd: string): ChildProcess {
  return spawn(process.execPath, [CLI, ...withoutUpstream(args)], {
    cwd,
    env: cleanEnv({}),
    stdio: 'ignore',
  });
}

export interface ActionRan extends Ran {
  outputs: Record<string, string>;
  summary: string;
}

/**
 * Runs a packaged action like the runner: inputs in the environment, outputs and summary in files.
 *
 * @param options.program the program that its `action.yml` names; by default, that of the main action
 */
export async function runAction(
  inputs: Record<string, string>,
  { cwd, env = {}, program = 'index' }: RunOptions & { program?: 'index' | 'verify' | 'rollback' | 'import' },
): Promise<ActionRan> {
  const temp = makeFolder();
  const output = path.join(temp, 'output');
  const summary = path.join(temp, 'summary');
  const event = path.join(temp, 'event.json');
  writeFileSync(event, JSON.stringify({ repository: { default_branch: 'main' } }));
  writeFileSync(output, '');
  writeFileSync(summary, '');
  const inputEnv = Object.entries({ upstream: 'none', ...inputs }).map(([name, value]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ]);
  const ran = await start(path.join(ACTIONS, `${program}.js`), [], cwd, {
    ...cleanEnv({}),
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: cwd,
    RUNNER_TEMP: temp,
    ...(Object.fromEntries(inputEnv) as Record<string, string>),
    ...env,
  });
  return {
    ...ran,
    outputs: readOutputs(output),
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
  };
}

function start(script: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** Parses outputs: `name<<delimiter`, the value, the delimiter. */
function readOutputs(file: string): Record<string, string> {
  const text = readFileSync(file, 'utf8');
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^([\w-]+)<<(\S+)\r?\n([\s\S]*?)\r?\n\2\r?$/gm))
    outputs[match[1] as string] = match[3] as string;
  return outputs;
}

/** Returns the environment without the settings of a workflow or a user. */
function cleanEnv(env: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(GIT_ENV).filter(
    ([name]) =>
      !/^(GITHUB_|INPUT_|RUNNER_|ACTIONS_|GH_TOKEN|UPDATE_SITE_|NODE_OPTIONS|FORCE_COLOR)/.test(name),
  );
  return { ...Object.fromEntries(kept), XDG_CACHE_HOME: HOME, HOME, USERPROFILE: HOME, ...env };
}
