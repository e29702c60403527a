import { setTimeout } from 'node:timers/promises';
import * as core from '@actions/core';
import { ensurePagesBuild } from '../app/pages.js';
import type { Log } from '../app/ports.js';
import type { FailOn } from '../app/settings.js';
import { createActionsCache } from '../io/actions-cache.js';
import { cacheFolder } from '../io/cache-folder.js';
import { httpOrigin } from '../io/git-remote.js';
import { createGitHubRepository, type GitHubRepository } from '../io/github.js';
import type { Outcome } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import { messageOf, UserError } from '../model/user-error.js';
import { problemsOf, resultOf } from '../report/json.js';
import { renderSummary } from '../report/markdown.js';
import { createPaint, renderOutcome } from '../report/terminal.js';
import { readActionInputs, type ActionInputs } from './action-inputs.js';
import { annotate, asLogText } from './action-log.js';
import { withConfig } from './config.js';
import { GITHUB, serverOrigin, tokenForAction } from './credentials.js';
import { describeFailure } from './failure.js';
import { createLogProgress } from './progress.js';
import { run } from './run.js';
import { siteUrlFor } from './site-url.js';

const { env } = process;
const log: Log = {
  info: (message) => {
    core.info(asLogText(message));
  },
  detail: (message) => {
    core.debug(message);
  },
};

async function main(): Promise<void> {
  maskToken(core.getInput('token'));
  const cwd = env['GITHUB_WORKSPACE'] || process.cwd();
  const read = readActionInputs(env);
  const inputs = { ...read, settings: await withConfig(read.settings, cwd) };
  const { site } = inputs.settings;
  const { token, withheld } = tokenForAction(
    inputs.token,
    site.kind === 'git' ? httpOrigin(site.remote) : undefined,
    env,
  );
  if (withheld !== undefined) core.warning(withheld);

  const github = githubFor(inputs);
  const siteUrl = inputs.settings.siteUrl ?? (await siteUrlFor(inputs, github, env));
  const outcome = await run(
    { ...inputs.settings, siteUrl },
    {
      cwd,
      env,
      token,
      ...(github ? { remoteSizes: github.sizes } : {}),
      cacheDir: cacheFolder(env),
      sharedCache: createActionsCache(log),
      log,
      progress: createLogProgress(log.info),
    },
  );
  const afterwards = await pagesProblems(outcome, inputs, github);
  await report({ ...outcome, problems: [...outcome.problems, ...afterwards] }, inputs.settings.failOn);
}

/** Before anything else is done with it: the log shows stars wherever the token would stand, as it is or in a header. */
function maskToken(token: string): void {
  if (token === '') return;
  core.setSecret(token);
  core.setSecret(Buffer.from(`x-access-token:${token}`).toString('base64'));
}

function githubFor({ token, repository }: ActionInputs): GitHubRepository | undefined {
  const apiUrl = env['GITHUB_API_URL'] || (serverOrigin(env) === GITHUB ? 'https://api.github.com' : '');
  return token === '' || apiUrl === '' || !repository
    ? undefined
    : createGitHubRepository({ ...repository, token, apiUrl });
}

async function pagesProblems(
  outcome: Outcome,
  { settings: { site } }: ActionInputs,
  github: GitHubRepository | undefined,
): Promise<readonly Problem[]> {
  if (!github || site.kind !== 'git' || outcome.commit === undefined) return [];
  const runtime = { now: () => new Date(), random: Math.random, sleep: (ms: number) => setTimeout(ms) };
  return ensurePagesBuild(github, outcome.commit, site.branch, runtime, log);
}

async function report(outcome: Outcome, failOn: FailOn): Promise<void> {
  const summary = renderSummary(outcome);
  core.info(asLogText(renderOutcome(outcome, createPaint(false))));
  setOutputs(outcome, summary);
  await writeSummary(summary);
  annotate(outcome.problems);
  if (outcome.refusal && failOn !== 'never') process.exitCode = core.ExitCode.Failure;
}

/** What was published is published, whether it can be shown or not. */
async function writeSummary(summary: string): Promise<void> {
  if (!env['GITHUB_STEP_SUMMARY']) return;
  try {
    await core.summary.addRaw(summary).write();
  } catch (error) {
    core.warning(`The job summary could not be written: ${messageOf(error)}`);
  }
}

function setOutputs(outcome: Outcome, summary: string): void {
  const { changed, timestamp, commit, siteUrl, changes } = resultOf(outcome);
  core.setOutput('changed', changed);
  core.setOutput('timestamp', timestamp ?? '');
  core.setOutput('commit-sha', commit ?? '');
  core.setOutput('site-url', siteUrl ?? '');
  core.setOutput('changes', JSON.stringify(changes));
  core.setOutput('published-files', outcome.publishedFiles.join('\n'));
  core.setOutput('summary', summary);
}

/** A run that ended before there was an outcome still says what is known of it. */
async function reportFailure(error: UserError): Promise<void> {
  const outcome: Outcome = {
    changed: false,
    kind: 'publication',
    refusal: 'errors',
    timestamp: undefined,
    commit: undefined,
    siteUrl: undefined,
    siteName: undefined,
    siteDescription: undefined,
    site: '',
    changes: [],
    unchanged: 0,
    left: [],
    problems: problemsOf(error),
    publishedFiles: [],
    publishedBytes: 0,
    siteSize: undefined,
    diff: undefined,
  };
  await report(outcome, 'error');
}

try {
  await main();
} catch (error) {
  if (error instanceof UserError) await reportFailure(error);
  else core.setFailed(describeFailure(error, createPaint(false)));
}
