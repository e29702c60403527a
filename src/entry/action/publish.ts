import { setTimeout } from 'node:timers/promises';
import * as core from '@actions/core';
import { context } from '@actions/github';
import { failedOutcome } from '../../app/failed-outcome.js';
import { ensurePagesBuild } from '../../app/pages.js';
import { readConfigFile } from '../../io/files/config-file.js';
import { createActionsCache } from '../../io/github/actions-cache.js';
import { createGitHubRepository, type GitHubRepository } from '../../io/github/repository.js';
import { FORMAT_NAMES } from '../../model/format-name.js';
import type { Outcome } from '../../model/outcome.js';
import type { Problem } from '../../model/problem.js';
import { problemsOf, UserError } from '../../model/user-error.js';
import { createPaint } from '../../report/terminal.js';
import { serverOrigin, tokenForAction, tokenForApi } from '../../settings/credentials.js';
import type { GivenSettings, RunSettings } from '../../settings/settings.js';
import { originOf, type SiteLocation } from '../../stores/locations.js';
import type { Command, World } from '../commands/command.js';
import { preview, publish } from '../commands/publish.js';
import { createLogProgress } from '../progress.js';
import { commentOnOutcome, commentOnReport } from './comment.js';
import { parseRepository, readActionInputs, repositoryOf, type ActionInputs } from './inputs.js';
import { annotate } from './log.js';
import { previewNotice } from './mode.js';
import { report } from './report.js';
import { API_TIMEOUT_MS, createApi, cwd, env, log } from './runner.js';
import { siteUrlOf } from './site-url.js';

/** Runs the main action, in the mode that its inputs and the event choose. */
export async function runPublishAction(): Promise<void> {
  if (core.getInput('mode').trim() === 'comment') await commentOnly();
  else await publishOrPreview();
}

async function publishOrPreview(): Promise<void> {
  const inputs = readActionInputs(env, context.payload);
  const command = inputs.preview ? preview : publish;
  const settings = await resolve(command, inputs);
  const { previewReason } = inputs;
  if (previewReason !== undefined) core.notice(previewNotice(previewReason), { title: 'preview' });
  if (settings.login.withheld !== undefined) core.warning(settings.login.withheld);
  const ended = await command.run(settings, worldFor(settings, inputs));
  const { outcome, faults = [], isFailed } = ended;
  if (isFailed) process.exitCode = core.ExitCode.Failure;
  if (!outcome) return;
  await report(outcome, env);
  annotate([
    ...outcome.problems,
    ...faults.flatMap(problemsOf),
    ...(await showOnPullRequest(outcome, settings, inputs)),
  ]);
}

/** Determines the final settings. If the inputs are invalid, that is the whole report. */
async function resolve(command: Command<RunSettings>, inputs: ActionInputs): Promise<RunSettings> {
  const { values, problems, preview: isPreview, token, defaultRemote } = inputs;
  try {
    return await command.parse(
      { values, files: [], problems },
      {
        nameOf: (option) => `input "${option}"`,
        defaultRemote,
        wantsDiff: isPreview,
        isRelease: env['GITHUB_REF_TYPE'] === 'tag',
        readFile: (file) => readConfigFile(cwd, file),
        hostedAt: (given) => siteUrlOf(given, githubFor(given, inputs)),
        loginFor: (origin) => tokenForAction(token, origin, env),
      },
    );
  } catch (error) {
    const format = FORMAT_NAMES.find((name) => name === core.getInput('format')) ?? 'imagej';
    if (error instanceof UserError) await report(failedOutcome(error, format, 'publication', ''), env);
    throw error;
  }
}

/** Returns the environment of the command on this runner. */
function worldFor(settings: RunSettings, inputs: ActionInputs): World {
  const github = githubFor(settings, inputs);
  return {
    cwd,
    env,
    log,
    progress: createLogProgress(log.info),
    print: core.info,
    paint: createPaint(false),
    reportError: (error) => {
      annotate(problemsOf(error));
    },
    host: {
      ...(github ? { remoteSizes: github.sizes } : {}),
      sharedCache: createActionsCache(log),
      artifactRoots: [cwd, env['RUNNER_TEMP'] ?? ''].filter((folder) => folder !== ''),
      complete: (outcome) => withPages(outcome, settings, inputs, github),
    },
  };
}

/** Adds the problems of GitHub Pages to an outcome, and removes an address that is not served. */
async function withPages(
  outcome: Outcome,
  { site, isSiteUrlGiven }: RunSettings,
  inputs: ActionInputs,
  github: GitHubRepository | undefined,
): Promise<Outcome> {
  const repository = repositoryOf(inputs, site);
  if (!github || !repository || site.kind !== 'git') return outcome;
  const runtime = { now: () => new Date(), random: Math.random, sleep: (ms: number) => setTimeout(ms) };
  const { branch, directory } = site;
  const settingsUrl = `${serverOrigin(env)}/${repository.owner}/${repository.repo}/settings/pages`;
  const target = { branch, directory, settingsUrl, commit: outcome.commit, siteUrl: outcome.siteUrl };
  const pages = await ensurePagesBuild(github, { ...target, isAddressGiven: isSiteUrlGiven }, runtime, log);
  return {
    ...outcome,
    siteUrl: pages.isServed ? outcome.siteUrl : undefined,
    // Readers of a preview often cannot change the settings of the repository.
    problems: outcome.kind === 'preview' ? outcome.problems : [...outcome.problems, ...pages.problems],
  };
}

/** Shows the report as a comment. A failure does not undo the publication; it is returned as a problem. */
async function showOnPullRequest(
  outcome: Outcome,
  { comment, preview: isPreview, site, timeoutMs }: RunSettings,
  inputs: ActionInputs,
): Promise<readonly Problem[]> {
  if (!comment || !isPreview) return [];
  const api = createApi(apiTokenFor(site, inputs), timeoutMs);
  const repository = parseRepository(env['GITHUB_REPOSITORY'] ?? '');
  if (api && repository) return commentOnOutcome(outcome, { api, repository, env, cwd, log });
  const message = 'No comment was written: the token for the repository of the pull request is missing.';
  const hint = 'Set "report-file" in this step, and comment in another step with "mode: comment".';
  return [{ severity: 'warning', code: 'comment-not-written', message, hint }];
}

/** `mode: comment`: plans nothing, and prints only problems. */
async function commentOnly(): Promise<void> {
  const file = core.getInput('report-file').trim();
  const api = createApi(core.getInput('token'), API_TIMEOUT_MS);
  const repository = parseRepository(env['GITHUB_REPOSITORY'] ?? '');
  if (file === '' || !api || !repository) {
    const missing = file === '' ? 'input "report-file"' : 'input "token"';
    throw new UserError('usage', `${missing}: "mode: comment" needs it.`, {
      hint: 'Name the report of the pull request\'s workflow, and pass a token with "pull-requests: write".',
    });
  }
  await commentOnReport(file, { api, repository, env, cwd, log });
}

/** Returns access to the site's repository on GitHub; `undefined` if the site is elsewhere, or without a token. */
function githubFor(
  { site, timeoutMs }: Pick<GivenSettings, 'site' | 'timeoutMs'>,
  inputs: ActionInputs,
): GitHubRepository | undefined {
  const repository = repositoryOf(inputs, site);
  const api = repository && createApi(apiTokenFor(site, inputs), timeoutMs);
  return api && createGitHubRepository(api, repository);
}

function apiTokenFor(site: SiteLocation, { token }: ActionInputs): string {
  return tokenForApi(token, originOf(site), env) ?? '';
}
