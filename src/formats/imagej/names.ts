import { reservedByGit } from '../../model/git-names.js';

/**
 * What is known about names that hurt clients (spec, section 6). Each function judges one path of the site.
 */

/** The client writes only spaces as `%20` into addresses: what else has a meaning there leads to another address. */
const URL_SYNTAX = /[#?]|%[0-9A-Fa-f]{2}/;

/** Returns what in a path leads a client to another address, such as `#`; undefined if nothing does. */
export function unfetchablePart(path: string): string | undefined {
  return URL_SYNTAX.exec(path)?.[0];
}

/** Names at the root of a site that are not for payloads, in lower case. */
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
 * Returns why a path is reserved; undefined if it is not. Upper and lower case are the same here: on Windows and macOS
 * they name one file, and `db.xml.gz` is also the local database of a user's ImageJ.
 */
export function reservedReason(path: string): string | undefined {
  const name = path.toLowerCase();
  const use = RESERVED.get(name);
  if (use !== undefined) return `the name is reserved for ${use}`;
  if (/^db\.xml\.gz[^/]*$/.test(name)) return 'the name is reserved for the index';
  if (/^[^/]+\/db\.xml\.gz$/.test(name)) return 'the name is reserved for the index of a channel';
  if (/^updateplugins[^/]*\.xml$/.test(name))
    return 'the name is reserved for the index of a plugin repository';
  // On the site, the name of the file goes on with "-" and the timestamp: git takes it whatever it is.
  const byGit = reservedByGit(`${path}-0`);
  if (byGit !== undefined) return byGit;
  if (path.split('/').some((part) => part.startsWith('.')))
    return 'names that begin with "." are hidden and never installed';
  return undefined;
}

/** Names of devices, with or without an extension. Windows takes the superscript digits for digits. */
const DEVICE = /^(?:con|nul|aux|prn|com[1-9¹²³]|lpt[1-9¹²³]) *(?:\.|$)/i;

/** Returns why Windows cannot store a path; undefined if it can. `?` is judged by {@link unfetchablePart}. */
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
  // eslint-disable-next-line no-control-regex -- the range is what ASCII is
  return /^[\x00-\x7f]*$/.test(text);
}

/** Whether a file describes the state of one machine: newer updaters leave these out. */
export function isMachineState(path: string): boolean {
  return /^config\/jaunch\/[^/]+\.cfg$/.test(path);
}

/**
 * Returns the same text for paths that Windows or macOS take for one. Both ignore case character by character, and
 * macOS also how a character is put together.
 */
export function foldedPath(path: string): string {
  if (isAscii(path)) return path.toLowerCase();
  return Array.from(path.normalize('NFC'), foldedCharacter).join('').normalize('NFC');
}

/** Folds one character by way of its upper case, so that `ς` and `σ` are one; `ß` is not `ss`. */
function foldedCharacter(character: string): string {
  const upper = single(character.toUpperCase()) ?? character;
  return single(upper.toLowerCase()) ?? upper;
}

function single(text: string): string | undefined {
  return Array.from(text).length === 1 ? text : undefined;
}
