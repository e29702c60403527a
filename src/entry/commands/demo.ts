import { once } from 'node:events';
import { demonstrate } from '../../demo/demo.js';
import { freePort, servePages } from '../../demo/server.js';
import { STORIES, type Story } from '../../demo/stories.js';
import { createDemoWorkspace } from '../../demo/workspace.js';
import { FORMAT_NAMES, type FormatName } from '../../model/format-name.js';
import type { Outcome } from '../../model/outcome.js';
import { timestampOf } from '../../model/timestamp.js';
import { usageError, usageProblem } from '../../settings/option-reader.js';
import type { RawOptions } from '../../settings/options.js';
import { resolveSettings } from '../../settings/settings.js';
import { createLogProgress } from '../progress.js';
import type { Arguments } from './arguments.js';
import type { Command, World } from './command.js';
import { runPublication } from './run.js';

const QUIET = { info: () => undefined, detail: () => undefined };

interface DemoSettings {
  readonly format: FormatName;
  readonly story: Story;
  /** 0 for any free port. */
  readonly port: number;
  /** Whether the program ends instead of serving. */
  readonly once: boolean;
}

/** The command `demo`. */
export const demo: Command<DemoSettings> = {
  parse: parseDemo,

  async run({ format, story, once: isOnce, port: wanted }, world) {
    // The index contains the address of the site, so the port is needed before the site exists.
    const port = wanted === 0 ? await freePort() : wanted;
    const workspace = await createDemoWorkspace(world.env);
    const print = (text: string) => {
      world.print(`${text}\n`);
    };
    try {
      await demonstrate(story, new Date(), {
        workspace,
        paint: world.paint,
        print,
        publish: (build, branch, moment) =>
          publishBuild(
            {
              format,
              ...story.options(build, `http://127.0.0.1:${port}/`),
              remote: workspace.repository,
              branch,
              timestamp: String(timestampOf(moment)),
            },
            world,
          ),
        serve: (folder, deployed, page) => servePages(folder, deployed, page, port),
        whileServing: async () => {
          if (isOnce) {
            print(
              'The demonstration has ended, and with it the server. Run it without --once to keep the site.',
            );
            return;
          }
          print('Open it in a browser to see the result. Press Ctrl+C to end the demonstration.');
          await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
        },
      });
      return { isFailed: false };
    } finally {
      await workspace.remove();
    }
  },
};

function parseDemo({ values, problems }: Arguments): DemoSettings {
  const port = readPort(values['port']);
  const shown = FORMAT_NAMES.filter((name) => STORIES[name] !== undefined);
  const format = shown.find((name) => name === (values['format'] ?? 'imagej'));
  const story = format && STORIES[format]?.();
  const faults = [
    ...problems,
    ...(port === undefined
      ? [
          usageProblem(
            `--port: "${String(values['port'])}" is not a port number.`,
            'Write a number from 0 to 65535.',
          ),
        ]
      : []),
    ...(story === undefined
      ? [usageProblem('--format: the value is unknown.', `Known: ${shown.join(', ')}.`)]
      : []),
  ];
  if (port === undefined || format === undefined || story === undefined || faults.length > 0)
    throw usageError(faults);
  return { format, story, port, once: values['once'] === true };
}

async function publishBuild(options: RawOptions, { cwd, env }: World): Promise<Outcome> {
  const settings = await resolveSettings(options, {
    preview: false,
    nameOf: (option) => `--${option}`,
    defaultRemote: undefined,
    wantsDiff: false,
    isRelease: false,
    readFile: () => Promise.resolve(undefined),
    loginFor: () => ({ token: undefined }),
  });
  return runPublication(settings, { cwd, env, log: QUIET, progress: createLogProgress(QUIET.info) });
}

function readPort(value: unknown): number | undefined {
  if (value === undefined) return 0;
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  return port <= 65535 ? port : undefined;
}
