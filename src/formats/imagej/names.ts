import { reservedByGit } from '../../model/git-names.js';

/** Rules for names that make clients fail (spec, section 6). Each function checks one path of the site. */

/** Text with a special meaning in a URL. Clients escape only spaces (as `%20`), so it leads to another URL. */
const URL_SYNTAX = /[#?]|%[0-9A-Fa-f]{2}/;

/** Returns the part of a path that leads clients to another URL, such as `#`; `undefined` if there is none. */
export function unfetchablePart(path: string): string | undefined {
  return URL_SYNTAX.exec(path)?.[0];
}

/** Names at the root of a site that are reserved, in lower case. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['index.html', 'the web page of the site'],
  ['site.json', 'the description of the site'],
  ['feed.xml', 'the feed of the site'],
  ['changelog.json', 'the changelog of the site'],
  ['badge.json', 'the badge of the site'],
  ['sha256sums', 'the list of SHA-256 sums'],
  ['updateplugins-versions.json', 'the history of a plugin repository'],
  ['channels.txt', 'the list of channels'],
]);

/**
 * Returns why a path is reserved; `undefined` if it is not. Ignores case, because Windows and macOS do, and because
 * `db.xml.gz` is also the local database of a user's ImageJ.
 */
export function reservedReason(path: string): string | undefined {
  const name = path.toLowerCase();
  const use = RESERVED.get(name);
  if (use !== undefined) return `the name is reserved for ${use}`;
  if (/^db\.xml\.gz[^/]*$/.test(name)) return 'the name is reserved for the index';
  if (/^[^/]+\/db\.xml\.gz$/.test(name)) return 'the name is reserved for the index of a channel';
  if (/^updateplugins[^/]*\.xml$/.test(name))
    return 'the name is reserved for the index of a plugin repository';
  // On the site, "-" and the timestamp follow the file name, so git accepts names that it would refuse alone.
  const byGit = reservedByGit(`${path}-0`);
  if (byGit !== undefined) return byGit;
  if (path.split('/').some((part) => part.startsWith('.')))
    return 'names that begin with "." are hidden and never installed';
  return undefined;
}

/** Device names, with or without an extension. Windows treats superscript digits as digits. */
const DEVICE = /^(?:con|nul|aux|prn|com[1-9¹²³]|lpt[1-9¹²³]) *(?:\.|$)/i;

/** Returns why Windows cannot store a path; `undefined` if it can. {@link unfetchablePart} checks `?`. */
export function windowsFault(path: string): string | undefined {
  for (const part of path.split('/')) {
    const character = /[:*"<>|]/.exec(part)?.[0];
    if (character !== undefined) return `it contains ${character}`;
    if (DEVICE.test(part)) return `"${part}" is the name of a device`;
    if (part.endsWith('.')) return `"${part}" ends with a dot`;
    if (part.endsWith(' ')) return `"${part}" ends with a space`;
  }
  return undefined;
}

/** Whether all characters of a text are ASCII. */
export function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- ASCII includes control characters
  return /^[\x00-\x7f]*$/.test(text);
}

/** Whether a file stores the state of one machine. Newer updaters do not publish such files. */
export function isMachineState(path: string): boolean {
  return /^config\/jaunch\/[^/]+\.cfg$/.test(path);
}

/**
 * Returns the same text for all paths that Windows or macOS treat as the same name. Both ignore case, character by
 * character. macOS also ignores how a character is composed.
 */
export function foldedPath(path: string): string {
  if (isAscii(path)) return path.toLowerCase();
  return Array.from(path.normalize('NFC'), foldedCharacter).join('').normalize('NFC');
}

/** Folds one character through its upper case: `ς` and `σ` become equal, `ß` does not become `ss`. */
function foldedCharacter(character: string): string {
  const upper = single(character.toUpperCase()) ?? character;
  return single(upper.toLowerCase()) ?? upper;
}

function single(text: string): string | undefined {
  return Array.from(text).length === 1 ? text : undefined;
}
