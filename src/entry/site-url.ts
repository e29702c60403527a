import type { PagesHost } from '../app/ports.js';
import type { ActionInputs } from './action-inputs.js';
import { GITHUB, serverOrigin } from './credentials.js';

/** The public address of the site where the user named none: that of GitHub Pages, with the folder of the site. */
export async function siteUrlFor(
  { settings: { site }, repository }: ActionInputs,
  pages: PagesHost | undefined,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (site.kind !== 'git' || !repository) return undefined;
  const root = (await askedFor(pages)) ?? usualUrl(repository.owner, repository.repo, env);
  if (root === undefined) return undefined;
  const folder =
    site.directory === '' ? '' : `${site.directory.split('/').map(encodeURIComponent).join('/')}/`;
  return `${root.replace(/\/*$/, '/')}${folder}`;
}

async function askedFor(pages: PagesHost | undefined): Promise<string | undefined> {
  try {
    return (await pages?.site())?.url || undefined;
  } catch {
    // It is only for the report; the usual address does nearly as well.
    return undefined;
  }
}

function usualUrl(owner: string, repo: string, env: NodeJS.ProcessEnv): string | undefined {
  if (serverOrigin(env) !== GITHUB) return undefined;
  const host = `${owner.toLowerCase()}.github.io`;
  return repo.toLowerCase() === host ? `https://${host}/` : `https://${host}/${repo}/`;
}
