import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { firstBuild, secondBuild, type SampleFile } from '../app/demo-samples.js';
import { createGit } from '../io/git.js';
import { servePages } from '../io/pages-server.js';
import type { Outcome } from '../model/plan.js';
import { timestampOf } from '../model/timestamp.js';
import { createPaint, renderOutcome, type Paint } from '../report/terminal.js';
import { usageError } from './checker.js';
import type { Arguments } from './cli-arguments.js';
import { demoPage } from './demo-page.js';
import { EXIT } from './failure.js';
import { createLogProgress } from './progress.js';
import { run } from './run.js';
import { parseSettings } from './settings.js';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Shows the whole way on this machine: two builds, two publications, and the site as users see it. */
export async function runDemo({ values, problems }: Arguments): Promise<number> {
  const port = readPort(values['port']);
  if (problems.length > 0 || port === undefined) {
    const badPort = {
      severity: 'error',
      code: 'usage',
      message: '--port: it is no number of a port.',
      hint: 'Write 0 to 65535.',
    } as const;
    throw usageError([...problems, ...(port === undefined ? [badPort] : [])]);
  }
  const paint = createPaint(process.stdout.isTTY && !process.env['NO_COLOR']);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'update-site-demo-'));
  try {
    const repository = path.join(folder, 'repository.git');
    const git = createGit({ env: process.env, gitDir: repository, config: [], signal: undefined });
    await git(['init', '--quiet', '--bare', '--template=', repository]);
    say(paint('bold', 'A repository was made, empty, in place of one on GitHub.\n'));

    const now = new Date();
    const builds = [
      {
        files: firstBuild(),
        at: new Date(now.getTime() - WEEK_MS),
        title: 'First publication: everything is new.',
      },
      {
        files: secondBuild(),
        at: now,
        title: 'Second publication: a new version, a new name for the same content, and a macro less.',
      },
    ];
    const outcomes: Outcome[] = [];
    for (const [at, { files, at: moment, title }] of builds.entries()) {
      say(paint('bold', `${title}`));
      outcomes.push(await publishBuild(folder, repository, `build-${at + 1}`, files, moment, paint));
    }

    const site = path.join(folder, 'site');
    await mkdir(site);
    await git(['--work-tree', site, 'checkout', '--force', 'gh-pages', '--', '.']);
    const server = await servePages(
      site,
      now,
      demoPage(
        builds.map(({ title }) => title),
        outcomes,
      ),
      port,
    );
    try {
      say(
        `The branch gh-pages is served as GitHub Pages would serve it.\n\n  ${paint('bold', server.url)}\n`,
      );
      say('Enter this URL in ImageJ: Help > Update... > Manage Update Sites > Add Unlisted Site.');
      if (values['once'] === true) return EXIT.done;
      say('Open it in a browser to see what happened. Ctrl+C ends the demonstration.');
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      return EXIT.done;
    } finally {
      await server.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function publishBuild(
  folder: string,
  repository: string,
  build: string,
  files: readonly SampleFile[],
  moment: Date,
  paint: Paint,
): Promise<Outcome> {
  const appDir = path.join(folder, build);
  for (const file of files) {
    await mkdir(path.join(appDir, path.dirname(file.path)), { recursive: true });
    await writeFile(path.join(appDir, file.path), file.bytes);
  }
  const settings = parseSettings(
    { 'app-dir': appDir, 'complete-site': true, remote: repository, timestamp: String(timestampOf(moment)) },
    {
      preview: false,
      nameOf: (option) => `--${option}`,
      defaultRemote: undefined,
      sourceDateEpoch: undefined,
    },
  );
  const quiet = { info: () => undefined, detail: () => undefined };
  const outcome = await run(settings, {
    cwd: folder,
    env: process.env,
    token: undefined,
    log: quiet,
    progress: createLogProgress(quiet.info),
  });
  say(renderOutcome({ ...outcome, site: 'branch gh-pages' }, paint));
  return outcome;
}

function readPort(value: unknown): number | undefined {
  if (value === undefined) return 0;
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  return port <= 65535 ? port : undefined;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
