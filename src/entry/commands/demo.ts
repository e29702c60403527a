import { once } from 'node:events';
import { demonstrate } from '../../demo/demo.js';
import type { DemoWorkspace } from '../../demo/ports.js';
import { freePort, servePages } from '../../demo/server.js';
import { createDemoWorkspace } from '../../demo/workspace.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { FORMAT_NAMES, type FormatName } from '../../model/format-name.js';
import type { Outcome } from '../../model/outcome.js';
import type { Problem } from '../../model/problem.js';
import { timestampOf } from '../../model/timestamp.js';
import { usageError } from '../../settings/option-reader.js';
import type { RawOptions } from '../../settings/options.js';
import { parseSettings } from '../../settings/settings.js';
import { EXIT } from '../failure.js';
import { createLogProgress } from '../progress.js';
import type { Arguments } from './arguments.js';
import type { Output } from './output.js';
import { run } from './run.js';

const BAD_PORT: Problem = {
  severity: 'error',
  code: 'usage',
  message: '--port: it is not the number of a port.',
  hint: 'Write 0 to 65535.',
};

const BAD_FORMAT: Problem = {
  severity: 'error',
  code: 'usage',
  message: '--format is unknown.',
  hint: `Known: ${FORMAT_NAMES.join(', ')}.`,
};

/** The command `demo`. */
export async function runDemo({ values, problems }: Arguments, { print, paint }: Output): Promise<number> {
  const given = readPort(values['port']);
  const format = FORMAT_NAMES.find((name) => name === (values['format'] ?? 'imagej'));
  const faults = [
    ...problems,
    ...(given === undefined ? [BAD_PORT] : []),
    ...(format === undefined ? [BAD_FORMAT] : []),
  ];
  if (faults.length > 0 || given === undefined || format === undefined) throw usageError(faults);
  // The index names the address of the site, which is therefore needed before the site is.
  const port = given === 0 ? await freePort() : given;
  const workspace = await createDemoWorkspace(process.env);
  const say = (text: string) => {
    print(`${text}\n`);
  };
  try {
    await demonstrate(format, new Date(), {
      workspace,
      paint,
      say,
      publish: (build, branch, moment) =>
        publishBuild(settingsFor(format, build, port), workspace, branch, moment),
      serve: (folder, deployed, page) => servePages(folder, deployed, page, port),
      whileServing: async () => {
        if (values['once'] === true) return;
        say('Open it in a browser to see what happened. Ctrl+C ends the demonstration.');
        await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      },
    });
    return EXIT.done;
  } finally {
    await workspace.remove();
  }
}

/** What is particular to a kind of site. */
function settingsFor(format: FormatName, build: string, port: number): RawOptions {
  return format === 'jetbrains'
    ? { format, files: [`${build}/*.zip`], 'site-url': `http://127.0.0.1:${port}/` }
    : { 'app-dir': build, 'complete-site': true, upstream: ['none'] };
}

function publishBuild(
  particular: RawOptions,
  workspace: DemoWorkspace,
  branch: string,
  moment: Date,
): Promise<Outcome> {
  const settings = parseSettings(
    {
      ...particular,
      remote: workspace.repository,
      branch,
      timestamp: String(timestampOf(moment)),
    },
    {
      preview: false,
      nameOf: (option) => `--${option}`,
      defaultRemote: undefined,
      wantsDiff: false,
      isRelease: false,
    },
  );
  const quiet = { info: () => undefined, detail: () => undefined };
  const progress = createLogProgress(quiet.info);
  return run(settings, {
    cwd: process.cwd(),
    env: process.env,
    token: undefined,
    cacheDir: cacheFolder(process.env),
    log: quiet,
    progress,
  });
}

function readPort(value: unknown): number | undefined {
  if (value === undefined) return 0;
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  return port <= 65535 ? port : undefined;
}
