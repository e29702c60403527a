import * as core from '@actions/core';
import { context } from '@actions/github';
import type { Outcome } from '../../model/outcome.js';
import type { Problem } from '../../model/problem.js';
import { problemsOf, UserError } from '../../model/user-error.js';
import type { RunSettings } from '../../settings/settings.js';
import { preview, publish } from '../commands/publish.js';
import { checked, contextOf } from './check-inputs.js';
import { commentOnOutcome, commentOnReport } from './comment.js';
import { parseRepository, readPublishInputs, type PublishInputs } from './inputs.js';
import { annotate } from './log.js';
import { previewNotice } from './mode.js';
import { report } from './report.js';
import { API_TIMEOUT_MS, createApi, cwd, env, log } from './runner.js';
import { apiTokenFor, repositoryUrlOf, withPages, worldFor } from './site-host.js';

/** Runs the main action, in the mode that its inputs and the event choose. */
export async function runPublishAction(): Promise<void> {
  if (core.getInput('mode').trim() === 'comment') await commentOnly();
  else await publishOrPreview();
}

async function publishOrPreview(): Promise<void> {
  const inputs = readPublishInputs(env, context.payload);
  const command = inputs.preview ? preview : publish;
  const settings = await checked(
    command,
    { ...inputs, files: [] },
    { ...contextOf(inputs), wantsDiff: inputs.preview },
  );
  const { previewReason } = inputs;
  if (previewReason !== undefined) core.notice(previewNotice(previewReason), { title: 'preview' });
  if (settings.login.withheld !== undefined) core.warning(settings.login.withheld);
  const ended = await command.run(
    settings,
    worldFor(settings, inputs, (outcome) => withPages(outcome, settings, inputs)),
  );
  const { outcome, faults = [], isFailed } = ended;
  if (isFailed) process.exitCode = core.ExitCode.Failure;
  if (!outcome) return;
  await report(outcome, repositoryUrlOf(inputs, settings.site));
  annotate([
    ...outcome.problems,
    ...faults.flatMap(problemsOf),
    ...(await showOnPullRequest(outcome, settings, inputs)),
  ]);
}

/** Shows the report as a comment. A failure does not undo the publication; it is returned as a problem. */
async function showOnPullRequest(
  outcome: Outcome,
  { comment, preview: isPreview, site, timeoutMs }: RunSettings,
  inputs: PublishInputs,
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
