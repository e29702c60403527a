import * as core from '@actions/core';
import type { Outcome } from '../../model/outcome.js';
import { asLogText } from '../../model/printable.js';
import { messageOf } from '../../model/user-error.js';
import { resultOf } from '../../report/json.js';
import { renderSummary } from '../../report/markdown.js';
import { COMMENT_LIMIT } from '../../report/text-limit.js';
import type { ReportContext } from '../../report/report-context.js';
import { createPaint, renderOutcome, renderVerdict } from '../../report/terminal.js';
import { VERSION } from '../version.js';
import { env } from './runner.js';

/**
 * Writes the outcome to the log, the outputs, and the job summary.
 *
 * @param repository web address of the site's repository, if it has one
 */
export async function report(outcome: Outcome, repository: string | undefined): Promise<void> {
  const paint = createPaint(false);
  core.info(
    asLogText(
      renderVerdict(outcome, paint) + renderOutcome(outcome, paint, { isVerbose: true, frontEnd: 'action' }),
    ),
  );
  const context: ReportContext = { frontEnd: 'action', links: { repository }, version: VERSION };
  setOutputs(outcome, renderSummary(outcome, { ...context, limit: COMMENT_LIMIT }));
  await addToSummary(renderSummary(outcome, context));
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

/** @param summary cut, because steps pass it on in an environment variable or a comment, which have lower limits */
function setOutputs(outcome: Outcome, summary: string): void {
  const result = resultOf(outcome);
  const { changed, timestamp, commit, siteUrl, changes } = result;
  core.setOutput('changed', changed);
  core.setOutput('timestamp', timestamp ?? '');
  core.setOutput('commit-sha', commit ?? '');
  core.setOutput('site-url', siteUrl ?? '');
  core.setOutput('changes', JSON.stringify(changes));
  core.setOutput('published-files', outcome.publishedFiles.join('\n'));
  core.setOutput('result', JSON.stringify(result));
  core.setOutput('summary', summary);
}
