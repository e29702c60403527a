import * as core from '@actions/core';
import type { Outcome } from '../../model/outcome.js';
import { asLogText } from '../../model/printable.js';
import { messageOf } from '../../model/user-error.js';
import { resultOf } from '../../report/json.js';
import { COMMENT_LIMIT, renderSummary } from '../../report/markdown.js';
import { createPaint, renderOutcome } from '../../report/terminal.js';
import { env } from './runner.js';

/** Writes the outcome to the log, the outputs, and the job summary. */
export async function report(outcome: Outcome): Promise<void> {
  core.info(asLogText(renderOutcome(outcome, createPaint(false))));
  setOutputs(outcome);
  await addToSummary(renderSummary(outcome));
}

/** Adds Markdown to the job summary. A failure is only a warning, because what the step has done stands. */
export async function addToSummary(markdown: string): Promise<void> {
  if (!env['GITHUB_STEP_SUMMARY']) return;
  try {
    await core.summary.addRaw(markdown).write();
  } catch (error) {
    core.warning(`The job summary could not be written: ${messageOf(error)}`);
  }
}

function setOutputs(outcome: Outcome): void {
  const result = resultOf(outcome);
  const { changed, timestamp, commit, siteUrl, changes } = result;
  core.setOutput('changed', changed);
  core.setOutput('timestamp', timestamp ?? '');
  core.setOutput('commit-sha', commit ?? '');
  core.setOutput('site-url', siteUrl ?? '');
  core.setOutput('changes', JSON.stringify(changes));
  core.setOutput('published-files', outcome.publishedFiles.join('\n'));
  core.setOutput('result', JSON.stringify(result));
  // Steps pass it on in an environment variable or a comment, which have lower limits than the summary.
  core.setOutput('summary', renderSummary(outcome, COMMENT_LIMIT));
}
