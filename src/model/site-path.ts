import { isWellFormed } from './printable.js';

/**
 * A path on the site, relative to its root and separated by `/` on every system: the same path that the file
 * has inside a user's application folder. Made by {@link parseSitePath} only, so that it is known to be safe.
 */
export type SitePath = string & { readonly __sitePath: unique symbol };

/** Longest path we publish, in UTF-16 units: Windows users must be able to install it. */
const MAX_SITE_PATH_LENGTH = 240;

/** Either a safe path, or in words why the text is none. */
export type SitePathResult = { readonly path: SitePath } | { readonly reason: string };

// eslint-disable-next-line no-control-regex -- these are what it is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/**
 * Checks a path that is about to be published.
 *
 * @returns the path, or the reason why it must not be on a site
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
 * A path that stands in the code, or is made of safe ones.
 *
 * @throws {Error} if it is not safe: that is an internal error
 */
export function sitePath(text: string): SitePath {
  const parsed = parseSitePath(text);
  if ('reason' in parsed)
    throw new Error(`${JSON.stringify(text)} is not a path on a site: ${parsed.reason}`);
  return parsed.path;
}

/** A path in a folder of the site; it is not checked for its length. */
export function joinSitePath(folder: SitePath, path: SitePath): SitePath {
  return `${folder}/${path}` as SitePath;
}

/** The part behind the last `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folders that a path is in, from the outermost one on: `a`, `a/b` for `a/b/c`. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Order by UTF-16 code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
