import type { CodeOf, Problem } from '../model/problem.js';
import { messageOf } from '../model/user-error.js';
import type { PagesHost, PagesSite } from './ports/github.js';
import type { Log, Runtime } from './ports/log.js';

/** When to check whether a build has started by itself, in milliseconds after the previous check. */
const CHECKS_MS = [1000, 2000, 3000];

/** The place where a site is published, and its address. */
export interface PagesTarget {
  readonly branch: string;
  /** The folder of the site on the branch; empty for its root. */
  readonly directory: string;
  /** The commit that was pushed; `undefined` if nothing was pushed. */
  readonly commit: string | undefined;
  /** The page of the repository where GitHub Pages is set up. */
  readonly settingsUrl: string;
  /** The public address that the site has if Pages serves it. */
  readonly siteUrl: string | undefined;
  /** Whether the user gave the address. If so, they know which server provides it. */
  readonly isAddressGiven: boolean;
}

export interface PagesCheck {
  readonly problems: readonly Problem[];
  /** Whether the address can be shown to users: false only if GitHub reports that Pages does not serve the site. */
  readonly isServed: boolean;
}

/**
 * Checks that GitHub Pages serves a site, and requests a build if necessary. According to the documentation, a push
 * with the workflow's own token does not start a build; in practice it sometimes does. Never throws, because the
 * site is already published.
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
    log.detail(`Could not query GitHub Pages: ${messageOf(error)}`);
    return { problems: [], isServed: true };
  }
  const fault = sourceProblem(site, target);
  if (fault)
    return target.isAddressGiven ? { problems: [], isServed: true } : { problems: [fault], isServed: false };
  if (target.commit === undefined) return { problems: [], isServed: true };
  try {
    if (await hasStarted(host, target.commit, runtime)) return { problems: [], isServed: true };
    await host.requestBuild();
    log.info('Requested a build of the site from GitHub Pages.');
    return { problems: [], isServed: true };
  } catch (error) {
    const problem = warning(
      'pages-build-not-requested',
      `GitHub Pages has not started to build the site, and the build could not be requested: ${messageOf(error)}.`,
      `Add "pages: write" to the permissions of the job, beside "contents: write", or check at ${target.settingsUrl} whether the build has started in the meantime.`,
    );
    return { problems: [problem], isServed: true };
  }
}

/** Returns a site's directory relative to the folder that Pages serves; `undefined` if it is not inside. */
export function belowSource(folder: string, directory: string): string | undefined {
  if (folder === '' || folder === directory) return folder === '' ? directory : '';
  return directory.startsWith(`${folder}/`) ? directory.slice(folder.length + 1) : undefined;
}

/** Returns why Pages does not serve the site; `undefined` if it does. */
function sourceProblem(site: PagesSite | undefined, target: PagesTarget): Problem | undefined {
  const { branch, directory, settingsUrl, siteUrl } = target;
  const choose = `Choose "Deploy from a branch", ${branch} and "/ (root)" at ${settingsUrl}`;
  if (!site) {
    const address = siteUrl === undefined ? '' : ` The address of the site will be ${siteUrl}.`;
    return warning(
      'pages-not-enabled',
      'GitHub Pages is not enabled for this repository: the site is published, but not served.',
      `${choose}.${address}`,
    );
  }
  if (site.branch === undefined) {
    return warning(
      'pages-other-source',
      `GitHub Pages deploys what a workflow uploads ("GitHub Actions"), so the branch ${branch} is not served.`,
      `${choose}. If one of your workflows deploys the branch, set "site-url".`,
    );
  }
  const isBelow = belowSource(site.folder, directory) !== undefined;
  // The served branch may contain the source code of the project, so branch and folder are suggested together.
  const inputs = [
    ...(site.branch === branch ? [] : [`"branch: ${site.branch}"`]),
    ...(isBelow ? (directory === '' ? [] : [`"directory: ${directory}"`]) : [`"directory: ${site.folder}"`]),
  ];
  const elsewhere = `Or keep the setting and publish with ${inputs.join(' and ')}: that starts a new site without the versions published until now, which stay ${site.branch === branch ? 'where they are' : `on ${branch}`}.`;
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

async function hasStarted(host: PagesHost, commit: string, runtime: Runtime): Promise<boolean> {
  for (const wait of CHECKS_MS) {
    await runtime.sleep(wait);
    if ((await host.latestBuild())?.commit === commit) return true;
  }
  return false;
}

function warning(code: CodeOf<'warning'>, message: string, hint: string): Problem {
  return { severity: 'warning', code, message, hint };
}
