import { once } from 'node:events';
import { demonstrate } from '../app/demo.js';
import type { DemoWorkspace } from '../app/ports.js';
import { cacheFolder } from '../io/cache-folder.js';
import { createDemoWorkspace } from '../io/demo-workspace.js';
import { servePages } from '../io/pages-server.js';
import type { Outcome } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import { timestampOf } from '../model/timestamp.js';
import type { Paint } from '../report/terminal.js';
import { usageError } from './checker.js';
import type { Arguments } from './cli-arguments.js';
import { EXIT } from './failure.js';
import { createLogProgress } from './progress.js';
import { run } from './run.js';
import { parseSettings } from './settings.js';

const BAD_PORT: Problem = {
  severity: 'error',
  code: 'usage',
  message: '--port: it is no number of a port.',
  hint: 'Write 0 to 65535.',
};

/** The command `demo`. */
export async function runDemo({ values, problems }: Arguments, paint: Paint): Promise<number> {
  const port = readPort(values['port']);
  if (problems.length > 0 || port === undefined) {
    throw usageError([...problems, ...(port === undefined ? [BAD_PORT] : [])]);
  }
  const workspace = await createDemoWorkspace(process.env);
  const say = (text: string) => process.stdout.write(`${text}\n`);
  try {
    await demonstrate(new Date(), {
      workspace,
      paint,
      say,
      publish: (appDir, branch, moment) => publishBuild(workspace, appDir, branch, moment),
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

function publishBuild(
  workspace: DemoWorkspace,
  appDir: string,
  branch: string,
  moment: Date,
): Promise<Outcome> {
  const settings = parseSettings(
    {
      'app-dir': appDir,
      'complete-site': true,
      remote: workspace.repository,
      branch,
      upstream: ['none'],
      timestamp: String(timestampOf(moment)),
    },
    {
      preview: false,
      nameOf: (option) => `--${option}`,
      defaultRemote: undefined,
      wantsDiff: false,
      isRelease: false,
      sourceDateEpoch: undefined,
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
