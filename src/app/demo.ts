import type { Outcome } from '../model/plan.js';
import { demoPage } from '../report/demo-page.js';
import { renderOutcome, type Paint } from '../report/terminal.js';
import { firstBuild, secondBuild } from './demo-samples.js';
import type { DemoWorkspace, Server } from './ports.js';

const BRANCH = 'gh-pages';
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export interface DemoPorts {
  readonly workspace: DemoWorkspace;
  /** Publishes an application folder to the branch, as the complete site. */
  publish(appDir: string, branch: string, moment: Date): Promise<Outcome>;
  /** Serves a folder as GitHub Pages would, with a page at its root. */
  serve(folder: string, deployed: Date, page: string): Promise<Server>;
  say(text: string): void;
  readonly paint: Paint;
  /** Ends when the user has seen enough. */
  whileServing(): Promise<void>;
}

/** Shows the whole way on this machine: two builds, two publications, and the site as users see it. */
export async function demonstrate(now: Date, ports: DemoPorts): Promise<void> {
  const { workspace, say, paint } = ports;
  const publications = [
    {
      title: 'First publication: everything is new.',
      files: firstBuild(),
      moment: new Date(now.getTime() - WEEK_MS),
    },
    {
      title: 'Second publication: a new version, a new name for the same content, and a macro less.',
      files: secondBuild(),
      moment: now,
    },
  ];
  say(paint('bold', 'A repository was made, empty, in place of one on GitHub.\n'));
  const told: { title: string; outcome: Outcome }[] = [];
  for (const [at, { title, files, moment }] of publications.entries()) {
    say(paint('bold', title));
    const appDir = await workspace.writeBuild(`build-${at + 1}`, files);
    const outcome = await ports.publish(appDir, BRANCH, moment);
    say(renderOutcome({ ...outcome, site: `branch ${BRANCH}` }, paint));
    told.push({ title, outcome });
  }
  const server = await ports.serve(await workspace.checkOut(BRANCH), now, demoPage(told));
  try {
    say(`The branch ${BRANCH} is served as GitHub Pages would serve it.\n\n  ${paint('bold', server.url)}\n`);
    say('Enter this URL in ImageJ: Help > Update... > Manage Update Sites > Add Unlisted Site.');
    await ports.whileServing();
  } finally {
    await server.close();
  }
}
