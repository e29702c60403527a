import type { CodeOf, Problem } from '../model/problem.js';
import { messageOf } from '../model/user-error.js';
import type { Log, PagesHost, PagesSite, Runtime } from './ports.js';

/** When to look whether a build has begun by itself, in milliseconds after the look before. */
const LOOKS_MS = [1000, 2000, 3000];

/**
 * Sees to it that GitHub Pages builds what was pushed: whether a push by a workflow's own token starts a build is
 * documented as no and observed as yes and no. Never fails: the site is published, only not yet served.
 *
 * @param commit the commit that was pushed
 * @param branch the branch it was pushed to
 * @returns what the user should do about it
 */
export async function ensurePagesBuild(
  host: PagesHost,
  commit: string,
  branch: string,
  runtime: Runtime,
  log: Log,
): Promise<readonly Problem[]> {
  let site: PagesSite | undefined;
  try {
    site = await host.site();
  } catch (error) {
    log.detail(`GitHub Pages could not be asked about: ${messageOf(error)}`);
    return [];
  }
  if (!site) {
    return [
      warning(
        'pages-not-enabled',
        'GitHub Pages is not enabled for this repository: the site is published, but not served.',
        `Choose "Deploy from a branch" and ${branch} under Settings > Pages.`,
      ),
    ];
  }
  if (site.branch === undefined) return [];
  if (site.branch !== branch) {
    return [
      warning(
        'pages-other-branch',
        `GitHub Pages serves the branch ${site.branch}, but the site was published to ${branch}.`,
        `Choose ${branch} under Settings > Pages, or publish with "branch: ${site.branch}".`,
      ),
    ];
  }
  try {
    if (await hasBegun(host, commit, runtime)) return [];
    await host.requestBuild();
    log.info('GitHub Pages was asked to build the site.');
    return [];
  } catch (error) {
    return [
      warning(
        'pages-build-not-requested',
        `GitHub Pages has not begun to build the site, and could not be asked to: ${messageOf(error)}.`,
        'Give the job "permissions: pages: write", or look at Settings > Pages whether the build has begun meanwhile.',
      ),
    ];
  }
}

async function hasBegun(host: PagesHost, commit: string, runtime: Runtime): Promise<boolean> {
  for (const wait of LOOKS_MS) {
    await runtime.sleep(wait);
    if ((await host.latestBuild())?.commit === commit) return true;
  }
  return false;
}

function warning(code: CodeOf<'warning'>, message: string, hint: string): Problem {
  return { severity: 'warning', code, message, hint };
}
