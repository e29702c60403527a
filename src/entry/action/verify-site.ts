import * as core from '@actions/core';
import { createActionsCache } from '../../io/github/actions-cache.js';
import { createGitHubRepository } from '../../io/github/repository.js';
import type { Verification } from '../../model/check.js';
import type { CheckName } from '../../model/check-names.js';
import { FORMAT_NAMES } from '../../model/format-name.js';
import { asLogText } from '../../model/printable.js';
import { UserError } from '../../model/user-error.js';
import { COMMENT_LIMIT } from '../../report/text-limit.js';
import { createPaint } from '../../report/terminal.js';
import {
  renderVerification,
  renderVerificationMarkdown,
  verificationHeadline,
  verificationResult,
} from '../../report/verification.js';
import { serverOrigin, tokenForAction, tokenForApi } from '../../settings/credentials.js';
import { createOptionReader } from '../../settings/option-reader.js';
import { usualSiteUrl } from '../../settings/site-url.js';
import { VERIFY_OPTIONS } from '../../settings/verify-options.js';
import { resolveVerification, type VerifyRun } from '../../settings/verify-settings.js';
import { originOf } from '../../stores/locations.js';
import { failedChecks, runVerification } from '../commands/verify.js';
import { createLogProgress } from '../progress.js';
import { parseRepository, readInputs } from './inputs.js';
import { showInIssue } from './issue.js';
import { annotate } from './log.js';
import { addToSummary } from './report.js';
import { API_TIMEOUT_MS, createApi, cwd, env, log } from './runner.js';
import { siteUrlOf } from './site-url.js';

/** Runs the action `verify/`: checks a site, reports the result, and keeps the issue up to date. */
export async function runVerifyAction(): Promise<void> {
  const { run, wantsIssue } = await resolve();
  if (run.login.withheld !== undefined) core.warning(run.login.withheld);
  const verification = await runVerification(run, {
    cwd,
    env,
    log,
    progress: createLogProgress(log.info),
    host: { sharedCache: createActionsCache(log) },
  });
  const failed = failedChecks(verification, run);
  setOutputs(verification, failed);
  await report(verification, failed, run);
  if (!wantsIssue) return;
  const api = createApi(tokenForApi(core.getInput('token'), originOf(run.site), env) ?? '', API_TIMEOUT_MS);
  // A check belongs to a site, so `skip` is the same for all formats.
  const { skip } = run.settings[FORMAT_NAMES[0]];
  annotate(await showInIssue({ verification, failed, skip }, api));
}

/** Checks the inputs, and finds out where the site is. */
async function resolve(): Promise<{ run: VerifyRun; wantsIssue: boolean }> {
  const { site = '', ...values } = readInputs(VERIFY_OPTIONS);
  const nameOf = (option: string) => `input "${option}"`;
  const options = createOptionReader(values, nameOf);
  const wantsIssue = options.flag('issue');
  const run = resolveVerification(values, [String(site).trim() || (await findSite())], {
    nameOf,
    faults: options.problems,
    loginFor: (origin) => tokenForAction(core.getInput('token'), origin, env),
  });
  return { run, wantsIssue };
}

/** Returns the address of the repository's site on GitHub Pages. */
async function findSite(): Promise<string> {
  const repository = parseRepository(env['GITHUB_REPOSITORY'] ?? '');
  if (repository) {
    const remote = `${serverOrigin(env)}/${repository.owner}/${repository.repo}`;
    const site = { kind: 'git', remote, branch: 'gh-pages', directory: '' } as const;
    const api = createApi(core.getInput('token'), API_TIMEOUT_MS);
    const pages = api && createGitHubRepository(api, repository);
    const url = (await siteUrlOf({ site, channel: undefined }, pages)) ?? usualSiteUrl(site, undefined);
    if (url !== undefined) return url;
  }
  throw new UserError('usage', 'input "site": the address of the site is not known.', {
    hint: 'Write the address of the site, for example https://example.github.io/my-plugin/.',
  });
}

function setOutputs(verification: Verification, failed: readonly CheckName[]): void {
  core.setOutput('passed', failed.length === 0);
  core.setOutput('failed-checks', failed.join('\n'));
  core.setOutput('result', JSON.stringify(verificationResult(verification)));
  // Steps pass it on in an environment variable or a comment, which have lower limits than the job summary.
  core.setOutput('summary', renderVerificationMarkdown(verification, COMMENT_LIMIT));
}

/** Writes the result to the log, an annotation and the job summary, and makes the step fail if necessary. */
async function report(
  verification: Verification,
  failed: readonly CheckName[],
  { failOn }: VerifyRun,
): Promise<void> {
  core.info(asLogText(renderVerification(verification, createPaint(false))));
  const text = asLogText(`${verification.site}: ${verificationHeadline(verification)}`);
  const title = { title: 'Site check' };
  const isFailed = failed.length > 0 && failOn !== 'never';
  if (isFailed) {
    core.error(text, title);
    process.exitCode = core.ExitCode.Failure;
  } else if (verification.checks.some(({ status }) => status === 'failed' || status === 'warning'))
    core.warning(text, title);
  await addToSummary(renderVerificationMarkdown(verification));
}
