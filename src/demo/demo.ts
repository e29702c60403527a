/**
 * The demonstration: builds samples, publishes them to a repository in a temporary folder, serves the site and shows a
 * page with the results. Nothing else needs this room.
 *
 * @module
 */

import type { Outcome } from '../model/outcome.js';
import { renderOutcome, renderVerdict, type Paint } from '../report/terminal.js';
import { demoPage } from './page.js';
import type { DemoWorkspace, Server } from './ports.js';
import type { Story } from './stories.js';

const BRANCH = 'gh-pages';
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export interface DemoPorts {
  readonly workspace: DemoWorkspace;
  /** Publishes a build to the branch. */
  readonly publish: (build: string, branch: string, moment: Date) => Promise<Outcome>;
  /** Serves a folder as GitHub Pages does, with a page at its root. */
  readonly serve: (folder: string, deployed: Date, page: string) => Promise<Server>;
  readonly print: (text: string) => void;
  readonly paint: Paint;
  /** Resolves when the user stops the demonstration. */
  readonly whileServing: () => Promise<void>;
}

/** Runs the whole process on this machine: two builds, two publications, and the site as users see it. */
export async function demonstrate(story: Story, now: Date, ports: DemoPorts): Promise<void> {
  const { workspace, print, paint } = ports;
  const { builds, index, enter } = story;
  print(paint('bold', 'Created an empty local repository in place of one on GitHub.\n'));
  const publications: { title: string; outcome: Outcome }[] = [];
  for (const [at, { title, files }] of builds.entries()) {
    print(paint('bold', title));
    const build = await workspace.writeBuild(`build-${at + 1}`, files);
    const moment = new Date(now.getTime() - (builds.length - 1 - at) * WEEK_MS);
    const outcome = await ports.publish(build, BRANCH, moment);
    const shown = { ...outcome, site: `branch ${BRANCH}` };
    print(
      renderVerdict(shown, paint) +
        renderOutcome(shown, paint, { isVerbose: true, frontEnd: 'command-line' }),
    );
    publications.push({ title, outcome });
  }
  const server = await ports.serve(await workspace.checkOut(BRANCH), now, demoPage(story, publications));
  try {
    print(`Serving the branch ${BRANCH} as GitHub Pages does:\n\n  ${paint('bold', server.url + index)}\n`);
    print(enter);
    await ports.whileServing();
  } finally {
    await server.close();
  }
}
