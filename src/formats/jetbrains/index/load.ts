/**
 * The index of a plugin repository: updatePlugins.xml, a file for each platform branch, and the history, which contains
 * what the index omits. Entries of other tools are kept unchanged.
 *
 * @module
 */

import { JsonError } from '../../../model/schema.js';
import { describeSource, type UpstreamSource } from '../../../model/upstream.js';
import { UserError } from '../../../model/user-error.js';
import { elementsIn } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { FORBIDDEN_CHARACTER } from '../../../xml/text.js';
import { encodeAttribute } from '../../../xml/write.js';
import { ALL_SYSTEMS } from '../system.js';
import { archivePathIn } from './archive-path.js';
import { parseEntry } from './entry-xml.js';
import {
  HISTORY_PATH,
  isHistoryOfChannel,
  parseHistory,
  type EntryKey,
  type HistoryItem,
} from './history.js';
import { preferredFirst } from './offers.js';
import { parseIndex, readWithin } from './parse.js';
import { isEntryName } from './places.js';
import {
  EMPTY_REPOSITORY,
  entryKey,
  INDEX_PATH,
  type Entry,
  type PublishedVersion,
  type Repository,
} from './repository.js';

/** Maximum size of an index, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Whether a folder in a repository is a channel of it, according to the history in the folder.
 *
 * @param files the files of the folder, by their paths in it
 * @returns `undefined` if the history cannot be read
 */
export function isChannelOfSite(files: ReadonlyMap<string, Uint8Array>): boolean | undefined {
  const history = files.get(HISTORY_PATH);
  if (history === undefined) return false;
  try {
    return readFile(HISTORY_PATH, history, isHistoryOfChannel);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/**
 * Loads a repository from its files. `updatePlugins.xml` is authoritative, even if it was edited by hand. The history
 * adds what it omits.
 *
 * @param files by path; empty for a new site
 * @param origin the source of the index, or `undefined` for the site that is published to
 * @throws {UserError} `index` if a file cannot be read, because continuing would lose its content
 */
export function loadRepository(files: ReadonlyMap<string, Uint8Array>, origin?: UpstreamSource): Repository {
  const index = files.get(INDEX_PATH);
  const history = files.get(HISTORY_PATH);
  const offered = index === undefined ? EMPTY_REPOSITORY : readFile(INDEX_PATH, index, parseIndex, origin);
  if (history === undefined) return { ...offered, versions: preferredFirst(offered.versions) };
  const {
    versions: known,
    branches,
    isChannel,
    channels,
    rest,
  } = readFile(HISTORY_PATH, history, parseHistory);
  const keyed = new Map(known.map((item) => [entryKey(item), item]));
  const keys = offered.versions.map(({ entry }) => entryKey(entry));
  const inIndex = new Set(keys);
  // The address of an entry may have been edited by hand. The archive is the same as long as its path is.
  const moved = new Map(
    [...keyed].flatMap(([key, item]) =>
      item.archive?.path !== undefined && !inIndex.has(key) ? [[movedKeyOf(item), item]] : [],
    ),
  );
  const found = new Set<HistoryItem>();
  const versions = offered.versions.map((version, at) => {
    const item = keyed.get(keys[at] ?? '') ?? moved.get(movedKeyOf(version.entry));
    if (item) found.add(item);
    const borrowed = item?.isBorrowed ? { archive: undefined } : undefined;
    return { ...version, archive: item?.archive, rest: item?.rest, borrowed };
  });
  const unlisted = known.filter((item) => !found.has(item) && !item.isBorrowed);
  const unlistedVersions = readFile(HISTORY_PATH, history, () =>
    unlisted.flatMap((item) => unlistedVersion(item, offered.rootTag)),
  );
  return {
    ...offered,
    branches,
    isChannel,
    channels,
    rest,
    versions: preferredFirst([...versions, ...unlistedVersions]),
  };
}

/** Returns a key that does not change if the archive moves to another site with the same layout. */
function movedKeyOf({ id, version, url }: EntryKey): string {
  return JSON.stringify([id, version, archivePathIn(url)]);
}

/** Returns a version that only the history contains. */
function unlistedVersion(item: HistoryItem, rootTag: string): readonly PublishedVersion[] {
  const entry = entryIn(item, rootTag);
  if (!entry) return [];
  const { archive, rest } = item;
  // An offered version that is missing from the index was removed from it by hand.
  const state = item.state === 'superseded' ? 'offered' : 'withdrawn';
  return [{ entry, state, archive, rest, isUnlisted: true }];
}

/**
 * Returns the entry of a history item. It may be written into the index again, so it must be valid there, including the
 * prefixes that the root element declares.
 */
function entryIn({ id, version, url, entry }: HistoryItem, rootTag: string): Entry | undefined {
  if (entry === undefined) {
    // The history contains only this about a version that was removed from the index by hand.
    const source = `<plugin id="${encodeAttribute(id)}" url="${encodeAttribute(url)}" version="${encodeAttribute(version)}"/>`;
    if (FORBIDDEN_CHARACTER.test(source) || /\p{Surrogate}/u.test(source))
      throw new XmlError(
        `the version ${JSON.stringify(version)} of ${JSON.stringify(id)} contains a character that XML forbids`,
      );
    const range = { since: undefined, until: undefined };
    return {
      id,
      version,
      url,
      name: '',
      range,
      systems: ALL_SYSTEMS,
      description: '',
      changeNotes: '',
      source,
    };
  }
  const which = `the entry of the version ${JSON.stringify(version)} of ${JSON.stringify(id)}`;
  const elements = elementsIn(readWithin(rootTag, entry, which).root);
  const [first] = elements;
  if (elements.length !== 1 || !first)
    throw new XmlError(`${which} contains ${elements.length} elements, not one`);
  if (!isEntryName(first.name)) throw new XmlError(`${which} is <${first.name}>, not <plugin>`);
  return parseEntry(entry);
}

function readFile<T>(
  path: string,
  bytes: Uint8Array,
  parse: (bytes: Uint8Array) => T,
  origin?: UpstreamSource,
): T {
  const whose = origin ? `The index of ${describeSource(origin)}` : `${path} of the site`;
  const hint = origin
    ? `Use the address of a repository, or the path of a file ${INDEX_PATH}.`
    : `Nothing was changed. Check ${path} where the site is stored. The history of the branch contains earlier states of it.`;
  const refuse = (reason: string, cause?: unknown) =>
    new UserError('index', `${whose} cannot be read: ${reason}.`, { hint, cause });
  if (bytes.length > MAX_BYTES) throw refuse(`it has ${bytes.length} bytes; at most ${MAX_BYTES} are read`);
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof XmlError || error instanceof JsonError) throw refuse(error.message, error);
    if (error instanceof SyntaxError) throw refuse('it is not JSON', error);
    throw error;
  }
}
