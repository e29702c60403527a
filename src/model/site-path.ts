import { isWellFormed } from './printable.js';

/**
 * A path on the site, relative to its root and separated by `/` on every system. It is also the path of the file in a
 * user's application folder. Only {@link parseSitePath} creates it, so it is known to be safe.
 */
export type SitePath = string & { readonly __sitePath: unique symbol };

/** Maximum length of a path, in UTF-16 units: Windows users must be able to install the file. */
const MAX_SITE_PATH_LENGTH = 240;

/** A valid path, or the reason why the text is not one. */
export type SitePathResult = { readonly path: SitePath } | { readonly reason: string };

// eslint-disable-next-line no-control-regex -- it matches control characters
const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/**
 * Checks a path before it is published.
 *
 * @returns the path, or the reason why it is refused
 */
export function parseSitePath(text: string): SitePathResult {
  if (text === '') return { reason: 'it is empty' };
  if (CONTROL.test(text)) return { reason: 'it contains a control character' };
  if (!isWellFormed(text)) return { reason: 'it is not valid Unicode' };
  if (text.includes('\\')) return { reason: 'it contains a backslash; parts are separated by "/"' };
  if (text.startsWith('/')) return { reason: 'it is absolute; paths are relative to the root of the site' };
  if (/^[A-Za-z]:/.test(text)) return { reason: 'it begins with a drive letter' };
  if (text.length > MAX_SITE_PATH_LENGTH)
    return { reason: `it is longer than ${MAX_SITE_PATH_LENGTH} characters` };
  for (const part of text.split('/')) {
    if (part === '') return { reason: 'it has an empty part' };
    if (part === '.' || part === '..') return { reason: `it has a "${part}" part` };
  }
  return { path: text as SitePath };
}

/**
 * Returns a path that is written in the code, or is built from safe paths.
 *
 * @throws {Error} if it is not safe, which is an internal error
 */
export function sitePath(text: string): SitePath {
  const parsed = parseSitePath(text);
  if ('reason' in parsed)
    throw new Error(`${JSON.stringify(text)} is not a path on a site: ${parsed.reason}`);
  return parsed.path;
}

/** Returns a path in a folder of the site. Does not check its length. */
export function joinSitePath(folder: SitePath, path: SitePath): SitePath {
  return `${folder}/${path}` as SitePath;
}

/** Returns the part after the last `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Returns the folders that contain a path, outermost first: `a`, `a/b` for `a/b/c`. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Compares by UTF-16 code units: the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
