import { checksums } from '../app/checksum.js';
import { CHECKSUMS } from '../formats/readers.js';
import { failedOutcome } from '../app/failed-outcome.js';
import type { Log } from '../app/ports/log.js';
import { cacheFolder } from '../io/cache-folder.js';
import { createFileSources } from '../io/file-sources.js';
import { httpOrigin } from '../io/git-remote.js';
import { writeReportFile } from '../io/report-file.js';
import type { Outcome } from '../model/outcome.js';
import { errorsFirst, type Problem } from '../model/problem.js';
import { asLogText } from '../model/printable.js';
import { parseSitePath } from '../model/site-path.js';
import { UserError } from '../model/user-error.js';
import { failedResult, resultOf, type Result } from '../report/json.js';
import { renderSummary } from '../report/markdown.js';
import { renderReportFile } from '../report/report-json.js';
import { createPaint, renderDiff, renderOutcome, renderProblem, type Paint } from '../report/terminal.js';
import { usageError } from '../settings/option-reader.js';
import { COMMANDS, parseArguments, type Arguments, type Command } from './cli-arguments.js';
import { withConfig } from './config.js';
import { tokenForCommandLine } from '../settings/credentials.js';
import { runComparison } from './comparison.js';
import { runDemo } from './demo.js';
import { describeFailure, EXIT, exitCodeOf } from './failure.js';
import { createLogProgress, createTerminalProgress } from './progress.js';
import { describeSite, run } from './run.js';
import { usualSiteUrl } from '../settings/site-url.js';
import { parseSettings, type RunSettings } from '../settings/settings.js';

/**
 * Runs a command of the program.
 *
 * @param argv what stood behind its name
 * @returns the exit code
 */
export async function runCommand(name: string, argv: readonly string[]): Promise<number> {
  const args = parseArguments(COMMANDS[name] as Command, argv);
  const json = args.values['json'] === true;
  const errorPaint = createPaint(hasColours(process.stderr));
  try {
    if (name === 'checksum') return await printChecksums(args, errorPaint);
    if (name === 'diff') {
      const outcome = await runComparison(args, createLog(false, errorPaint));
      show(outcome, args, errorPaint);
      return EXIT.done;
    }
    if (name === 'demo') return await runDemo(args, createPaint(hasColours(process.stdout)));
    return await publishOrPreview(name, args, errorPaint);
  } catch (error) {
    process.stderr.write(describeFailure(error, errorPaint));
    if (json && error instanceof UserError) printResult(failedResult(error));
    return exitCodeOf(error);
  }
}

async function publishOrPreview(name: string, args: Arguments, errorPaint: Paint): Promise<number> {
  const { env } = process;
  const told = await withConfig(settingsOf(name, args), process.cwd());
  const { site } = told;
  const settings = { ...told, siteUrl: told.siteUrl ?? usualSiteUrl(site, told.channel) };
  const { token } = tokenForCommandLine(site.kind === 'git' ? httpOrigin(site.remote) : undefined, env);
  const log = createLog(args.values['verbose'] === true, errorPaint);
  const progress = process.stderr.isTTY
    ? createTerminalProgress(process.stderr)
    : createLogProgress(log.info);
  const cwd = process.cwd();
  const around = { cwd, env, token, cacheDir: cacheFolder(env), log, progress };
  const outcome = await run(settings, around).catch(async (error: unknown) => {
    if (error instanceof UserError) {
      const kind = settings.preview ? 'preview' : 'publication';
      await writeReport(
        failedOutcome(error, settings.format, kind, describeSite(settings)),
        settings,
        cwd,
        errorPaint,
      );
    }
    throw error;
  });
  show(outcome, args, errorPaint);
  if (!(await writeReport(outcome, settings, cwd, errorPaint))) return EXIT.refused;
  return outcome.refusal && settings.failOn !== 'never' ? EXIT.refused : EXIT.done;
}

/** @returns whether that worked; where it did not, the reason was told, and what was published is published */
async function writeReport(
  outcome: Outcome,
  { reportFile }: RunSettings,
  cwd: string,
  errorPaint: Paint,
): Promise<boolean> {
  if (reportFile === undefined) return true;
  try {
    await writeReportFile(cwd, reportFile, renderReportFile(outcome));
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(describeFailure(error, errorPaint));
    return false;
  }
}

/** Tells what came of a run: problems on standard error, the report on standard output in the form that was asked for. */
function show(outcome: Outcome, { values }: Arguments, errorPaint: Paint): void {
  for (const problem of errorsFirst(outcome.problems))
    process.stderr.write(renderProblem(problem, errorPaint));
  if (values['json'] === true) printResult(resultOf(outcome));
  else if (values['markdown'] === true) process.stdout.write(renderSummary(outcome));
  else {
    const paint = createPaint(hasColours(process.stdout));
    if (values['diff'] === true && outcome.diff) process.stdout.write(`${renderDiff(outcome.diff, paint)}\n`);
    process.stdout.write(renderOutcome(outcome, paint));
  }
}

/** Faults of the command line and of what its options say are told together. */
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

async function printChecksums({ values, files, problems }: Arguments, paint: Paint): Promise<number> {
  const faults: Problem[] = [...problems];
  const sitePath = typeof values['as'] === 'string' ? values['as'] : undefined;
  const fault = (message: string, hint: string) => {
    faults.push({ severity: 'error', code: 'usage', message, hint });
  };
  if (files.length === 0) fault('No file was named.', 'Write update-site checksum FILE...');
  if (sitePath !== undefined) {
    const checked = parseSitePath(sitePath);
    if ('reason' in checked)
      fault(
        `--as: "${sitePath}" is not a path on the site: ${checked.reason}.`,
        'For example macros/tool.ijm.',
      );
    if (files.length > 1) fault('--as goes with a single file.', 'Call the command once for each file.');
  } else {
    for (const file of files.filter((name) => !name.endsWith('.jar'))) {
      fault(
        `${file} is no jar: its checksum depends on its path on the site.`,
        'Add --as SITE_PATH, for example --as macros/tool.ijm.',
      );
    }
  }
  if (faults.length > 0) throw usageError(faults);

  let failed = false;
  for await (const result of checksums(files, sitePath, CHECKSUMS.imagej, createFileSources(process.cwd()))) {
    if ('checksum' in result) process.stdout.write(`${result.checksum}  ${result.file}\n`);
    else process.stderr.write(describeFailure(result.error, paint));
    failed ||= 'error' in result;
  }
  return failed ? EXIT.refused : EXIT.done;
}

function createLog(verbose: boolean, paint: Paint): Log {
  const write = (message: string) => process.stderr.write(`${paint('dim', asLogText(message))}\n`);
  return {
    info: write,
    detail: (message) => {
      if (verbose) write(message);
    },
  };
}

function printResult(result: Result): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Colours only where somebody sees them, and wants them (no-color.org). */
function hasColours(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
}
