import { failedOutcome } from '../../app/failed-outcome.js';
import { describeChannel } from '../../app/channels.js';
import { writeReportFile } from '../../io/files/report-file.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import { renderReportFile } from '../../report/report-json.js';
import { resolveSettings, type RunSettings } from '../../settings/settings.js';
import { describeLocation } from '../../stores/locations.js';
import type { Command, Ended, World } from './command.js';
import { runPublication } from './run.js';

/** The command `publish`. */
export const publish = publication(false);

/** The command `preview`. */
export const preview = publication(true);

function publication(isPreview: boolean): Command<RunSettings> {
  return {
    parse: ({ values, problems }, context) =>
      resolveSettings(values, { ...context, preview: isPreview, faults: problems }),

    async run(settings, world): Promise<Ended> {
      const { outcome, error } = await outcomeOf(settings, world);
      const fault = await writeReport(outcome, settings, world);
      const isRefused = outcome.refusal !== undefined && settings.failOn !== 'never';
      return {
        outcome,
        ...(error ? { error } : {}),
        faults: fault ? [fault] : [],
        isFailed: error !== undefined || fault !== undefined || isRefused,
      };
    },
  };
}

/** Returns the outcome of the run, even if the run failed before planning. */
async function outcomeOf(
  settings: RunSettings,
  world: World,
): Promise<{ outcome: Outcome; error?: UserError }> {
  try {
    const outcome = await runPublication(settings, world);
    return { outcome: (await world.host?.complete(outcome)) ?? outcome };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { format, preview, site, channel } = settings;
    const where = describeChannel(describeLocation(site), channel);
    return { outcome: failedOutcome(error, format, preview ? 'preview' : 'publication', where), error };
  }
}

/** @returns the error if the report could not be written. The publication stands. */
async function writeReport(
  outcome: Outcome,
  { reportFile }: RunSettings,
  { cwd }: World,
): Promise<UserError | undefined> {
  if (reportFile === undefined) return undefined;
  try {
    await writeReportFile(cwd, reportFile, renderReportFile(outcome));
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
