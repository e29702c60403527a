import { failedOutcome } from '../../app/failed-outcome.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { writeReportFile } from '../../io/files/report-file.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import { renderReportFile } from '../../report/report-json.js';
import { tokenForCommandLine } from '../../settings/credentials.js';
import { usageError } from '../../settings/option-reader.js';
import { parseSettings, type RunSettings } from '../../settings/settings.js';
import { usualSiteUrl } from '../../settings/site-url.js';
import { httpOrigin } from '../../stores/git/remote.js';
import { EXIT } from '../failure.js';
import type { Arguments } from './arguments.js';
import { withConfig } from './config.js';
import type { Output } from './output.js';
import { describeSite, run } from './run.js';

/** The commands `publish` and `preview`. */
export async function publishOrPreview(name: string, args: Arguments, output: Output): Promise<number> {
  const { env } = process;
  const given = await withConfig(settingsOf(name, args), process.cwd());
  const { site } = given;
  const settings = { ...given, siteUrl: given.siteUrl ?? usualSiteUrl(site, given.channel) };
  const { token } = tokenForCommandLine(site.kind === 'git' ? httpOrigin(site.remote) : undefined, env);
  const log = output.createLog(args.values['verbose'] === true);
  const cwd = process.cwd();
  const around = { cwd, env, token, cacheDir: cacheFolder(env), log, progress: output.createProgress(log) };
  const outcome = await run(settings, around).catch(async (error: unknown) => {
    if (error instanceof UserError) {
      const kind = settings.preview ? 'preview' : 'publication';
      await writeReport(
        failedOutcome(error, settings.format, kind, describeSite(settings)),
        settings,
        cwd,
        output,
      );
    }
    throw error;
  });
  output.show(outcome, args);
  if (!(await writeReport(outcome, settings, cwd, output))) return EXIT.refused;
  return outcome.refusal && settings.failOn !== 'never' ? EXIT.refused : EXIT.done;
}

/** @returns whether that worked; where it did not, the reason is reported, and what was published is published */
async function writeReport(
  outcome: Outcome,
  { reportFile }: RunSettings,
  cwd: string,
  output: Output,
): Promise<boolean> {
  if (reportFile === undefined) return true;
  try {
    await writeReportFile(cwd, reportFile, renderReportFile(outcome));
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    output.reportError(error);
    return false;
  }
}

/** Checks the options. Faults of the command line and of what its options say are reported together. */
function settingsOf(name: string, { values, problems }: Arguments) {
  try {
    const settings = parseSettings(values, {
      preview: name === 'preview',
      nameOf: (option) => `--${option}`,
      defaultRemote: undefined,
      wantsDiff: false,
      isRelease: process.env['GITHUB_REF_TYPE'] === 'tag',
    });
    if (problems.length === 0) return settings;
    throw usageError(problems);
  } catch (error) {
    if (problems.length === 0 || !(error instanceof UserError)) throw error;
    throw usageError([...new Set([...problems, ...error.problems])]);
  }
}
