import type { CodeOf, Problem } from '../model/problem.js';
import { messageOf } from '../model/user-error.js';
import type { PagesHost, PagesSite } from './ports/github.js';
import type { Log, Runtime } from './ports/log.js';

/** When to look whether a build has begun by itself, in milliseconds after the look before. */
const LOOKS_MS = [1000, 2000, 3000];

/** Where a site is published, and what is known about its address. */
export interface PagesTarget {
  readonly branch: string;
  /** The folder of the site on the branch; empty for its root. */
  readonly directory: string;
  /** The commit that was pushed; undefined if none was. */
  readonly commit: string | undefined;
  /** The page of the repository where GitHub Pages is set up. */
  readonly settingsUrl: string;
  /** The public address that the site has if Pages serves it. */
  readonly siteUrl: string | undefined;
  /** Whether the user gave the address: then they know who serves it. */
  readonly isAddressGiven: boolean;
}

export interface PagesCheck {
  readonly problems: readonly Problem[];
  /** Whether the address can be shown to users: false only if GitHub says that Pages does not serve the site. */
  readonly isServed: boolean;
}

/**
 * Checks that GitHub Pages serves a site, and that it builds what was pushed: whether a push by a workflow's own token
 * starts a build is documented as no and observed as yes and no. Never fails: the site is published, only not yet
 * served.
 */
export async function ensurePagesBuild(
  host: PagesHost,
  target: PagesTarget,
  runtime: Runtime,
  log: Log,
): Promise<PagesCheck> {
  let site: PagesSite | undefined;
  try {
    site = await host.site();
  } catch (error) {
    log.detail(`GitHub Pages could not be asked about: ${messageOf(error)}`);
    return { problems: [], isServed: true };
  }
  const fault = sourceProblem(site, target);
  if (fault)
    return target.isAddressGiven ? { problems: [], isServed: true } : { problems: [fault], isServed: false };
  if (target.commit === undefined) return { problems: [], isServed: true };
  try {
    if (await hasBegun(host, target.commit, runtime)) return { problems: [], isServed: true };
    await host.requestBuild();
    log.info('GitHub Pages was asked to build the site.');
    return { problems: [], isServed: true };
  } catch (error) {
    const problem = warning(
      'pages-build-not-requested',
      `GitHub Pages has not begun to build the site, and could not be asked to: ${messageOf(error)}.`,
      `Add "pages: write" to the permissions of the job, beside "contents: write", or look at ${target.settingsUrl} whether the build has begun meanwhile.`,
    );
    return { problems: [problem], isServed: true };
  }
}

/** The part of a site's directory below the folder that Pages serves; undefined if it is not below it. */
export function belowSource(folder: string, directory: string): string | undefined {
  if (folder === '' || folder === directory) return folder === '' ? directory : '';
  return directory.startsWith(`${folder}/`) ? directory.slice(folder.length + 1) : undefined;
}

/** Why Pages does not serve the site; undefined if it does. */
function sourceProblem(site: PagesSite | undefined, target: PagesTarget): Problem | undefined {
  const { branch, directory, settingsUrl, siteUrl } = target;
  const choose = `Choose "Deploy from a branch", ${branch} and "/ (root)" at ${settingsUrl}`;
  if (!site) {
    const address = siteUrl === undefined ? '' : ` The address of the site is then ${siteUrl}.`;
    return warning(
      'pages-not-enabled',
      'GitHub Pages is not enabled for this repository: the site is published, but not served.',
      `${choose}.${address}`,
    );
  }
  if (site.branch === undefined) {
    return warning(
      'pages-other-source',
      `GitHub Pages deploys what a workflow uploads ("GitHub Actions"), so that the branch ${branch} is not served.`,
      `${choose}. If a workflow of yours deploys the branch, say so with "site-url".`,
    );
  }
  const isBelow = belowSource(site.folder, directory) !== undefined;
  // What is served already may be the source code of the project: branch and folder only go together.
  const inputs = [
    ...(site.branch === branch ? [] : [`"branch: ${site.branch}"`]),
    ...(isBelow ? (directory === '' ? [] : [`"directory: ${directory}"`]) : [`"directory: ${site.folder}"`]),
  ];
  const elsewhere = `Or leave the setting and publish with ${inputs.join(' and ')}: that starts a new site without the versions published until now, which stay ${site.branch === branch ? 'where they are' : `on ${branch}`}.`;
  if (site.branch !== branch) {
    return warning(
      'pages-other-branch',
      `GitHub Pages serves the branch ${site.branch}, but the site was published to ${branch}.`,
      `${choose}. ${elsewhere}`,
    );
  }
  if (isBelow) return undefined;
  return warning(
    'pages-other-folder',
    `GitHub Pages serves the folder /${site.folder} of ${branch}, but the site is in its ${directory === '' ? 'root' : `folder /${directory}`}.`,
    `${choose}. ${elsewhere}`,
  );
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
