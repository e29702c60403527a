import { sitePath, type SitePath } from '../../model/site-path.js';

/** Maximum length of the part of the name that comes from the address. */
const MAX_NAME = 60;

/**
 * Returns the name of the text for users: `README-MyLab.txt`. It is not the name of a file of the archive, in whatever
 * case, so that it never replaces one.
 *
 * @param siteUrl public address of the site; `undefined` if unknown
 * @param taken the paths in the archive
 */
export function readmeName(siteUrl: string | undefined, taken: Iterable<string>): SitePath {
  const used = new Set([...taken].map((path) => path.toLowerCase()));
  const site = siteUrl === undefined ? '' : nameIn(new URL(siteUrl));
  const base = `README-${site === '' ? 'update-site' : site}`;
  let name = `${base}.txt`;
  for (let number = 2; used.has(name.toLowerCase()); number++) name = `${base}-${number}.txt`;
  return sitePath(name);
}

/** Returns the last folder of an address, or its host. */
function nameIn({ hostname, pathname }: URL): string {
  const [folder = hostname] = pathname
    .split('/')
    .filter((part) => part !== '')
    .reverse();
  const plain = folder.replace(/(?:%[0-9a-f]{2}|[^a-z0-9._-])+/gi, '-');
  return plain.slice(0, MAX_NAME).replace(/^[.-]+|[.-]+$/g, '');
}
