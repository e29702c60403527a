import * as core from '@actions/core';
import type { Outcome } from '../../model/outcome.js';
import type { TokenChoice } from '../../settings/credentials.js';
import type { SiteLocation } from '../../stores/locations.js';
import type { Command, Ended } from '../commands/command.js';
import type { SiteInputs } from './inputs.js';
import { annotate } from './log.js';
import { report } from './report.js';
import { githubFor, repositoryUrlOf, withPages, worldFor } from './site-host.js';
import { siteUrlOf } from './site-url.js';

/** The settings of a command that changes a site without artifacts. */
interface SiteRun {
  readonly site: SiteLocation;
  readonly timeoutMs: number;
  readonly login: TokenChoice;
  readonly settings: { readonly siteUrl: string | undefined };
}

/** Runs a command that changes a site without artifacts, and reports its outcome. */
export async function runOnSite<Run extends SiteRun>(
  command: Command<Run>,
  run: Run,
  inputs: SiteInputs,
): Promise<Ended> {
  if (run.login.withheld !== undefined) core.warning(run.login.withheld);
  const isSiteUrlGiven = inputs.values['site-url'] !== undefined;
  const complete = async (outcome: Outcome) =>
    withWayOut(await withPages(outcome, { ...run, isSiteUrlGiven }, inputs));
  const ended = await command.run(
    isSiteUrlGiven ? run : await atServedAddress(run, inputs),
    worldFor(run, inputs, complete),
  );
  const { outcome, isFailed } = ended;
  if (isFailed) process.exitCode = core.ExitCode.Failure;
  if (outcome) {
    await report(outcome, repositoryUrlOf(inputs, run.site));
    annotate(outcome.problems);
  }
  return ended;
}

/** Replaces the usual address of the site by the one at which GitHub Pages serves it. */
async function atServedAddress<Run extends SiteRun>(run: Run, inputs: SiteInputs): Promise<Run> {
  const served = await siteUrlOf({ site: run.site, channel: undefined }, githubFor(run, inputs));
  return served === undefined ? run : { ...run, settings: { ...run.settings, siteUrl: served } };
}

/** Adds to the outcome of a dry run how to change the site. */
function withWayOut(outcome: Outcome): Outcome {
  if (outcome.kind !== 'preview' || !outcome.changed) return outcome;
  const notice = 'This was a dry run. To change the site, run it again with "dry-run: false".';
  return { ...outcome, notices: [...(outcome.notices ?? []), notice] };
}
