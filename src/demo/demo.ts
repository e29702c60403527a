/**
 * The demonstration: builds samples, publishes them to a repository in a temporary folder, serves the site and shows a page
 * about what happened. Nothing else needs this room.
 *
 * @module
 */

import type { FormatName } from '../model/format-name.js';
import type { Outcome } from '../model/outcome.js';
import { renderOutcome, type Paint } from '../report/terminal.js';
import { firstBuild, secondBuild } from './imagej-samples.js';
import { firstPluginBuild, secondPluginBuild } from './jetbrains-samples.js';
import { demoPage } from './page.js';
import type { DemoWorkspace, SampleFile, Server } from './ports.js';

const BRANCH = 'gh-pages';
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export interface DemoPorts {
  readonly workspace: DemoWorkspace;
  /** Publishes a build to the branch. */
  readonly publish: (build: string, branch: string, moment: Date) => Promise<Outcome>;
  /** Serves a folder as GitHub Pages would, with a page at its root. */
  readonly serve: (folder: string, deployed: Date, page: string) => Promise<Server>;
  readonly say: (text: string) => void;
  readonly paint: Paint;
  /** Ends when the user has seen enough. */
  readonly whileServing: () => Promise<void>;
}

/** What is shown of a kind of site. */
interface Story {
  readonly builds: readonly { readonly title: string; readonly files: readonly SampleFile[] }[];
  /** What users enter, behind the address of the site. */
  readonly index: string;
  readonly enter: string;
}

function storyOf(format: FormatName): Story {
  if (format === 'jetbrains') {
    return {
      builds: [
        { title: 'First publication: two plugins are new.', files: firstPluginBuild() },
        {
          title: 'Second publication: a new version, for later IDEs; earlier ones keep the version before.',
          files: secondPluginBuild(),
        },
      ],
      index: 'updatePlugins.xml',
      enter: 'Enter this URL in the IDE: Settings > Plugins > gear icon > Manage Plugin Repositories.',
    };
  }
  return {
    builds: [
      { title: 'First publication: everything is new.', files: firstBuild() },
      {
        title: 'Second publication: a new version, a new name for the same content, and a macro less.',
        files: secondBuild(),
      },
    ],
    index: '',
    enter: 'Enter this URL in ImageJ: Help > Update... > Manage Update Sites > Add Unlisted Site.',
  };
}

/** Shows the whole way on this machine: two builds, two publications, and the site as users see it. */
export async function demonstrate(format: FormatName, now: Date, ports: DemoPorts): Promise<void> {
  const { workspace, say, paint } = ports;
  const { builds, index, enter } = storyOf(format);
  say(paint('bold', 'A repository was made, empty, in place of one on GitHub.\n'));
  const told: { title: string; outcome: Outcome }[] = [];
  for (const [at, { title, files }] of builds.entries()) {
    say(paint('bold', title));
    const build = await workspace.writeBuild(`build-${at + 1}`, files);
    const moment = new Date(now.getTime() - (builds.length - 1 - at) * WEEK_MS);
    const outcome = await ports.publish(build, BRANCH, moment);
    say(renderOutcome({ ...outcome, site: `branch ${BRANCH}` }, paint));
    told.push({ title, outcome });
  }
  const server = await ports.serve(await workspace.checkOut(BRANCH), now, demoPage(format, told));
  try {
    say(
      `The branch ${BRANCH} is served as GitHub Pages would serve it.\n\n  ${paint('bold', server.url + index)}\n`,
    );
    say(enter);
    await ports.whileServing();
  } finally {
    await server.close();
  }
}
