/**
 * The index of a plugin repository: updatePlugins.xml, a file for each branch of the platform, and the history that
 * remembers what the index leaves out. Entries of other tools are kept to the character.
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

/** Largest index that is read, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Whether a folder below a repository is a channel of it: its history says so.
 *
 * @param files those of the folder, by their paths in it
 * @returns undefined if the history cannot be read
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
 * Reads a repository as it is stored. What `updatePlugins.xml` says counts, also where somebody has edited it; the
 * history adds what it leaves out.
 *
 * @param files by their paths; empty for a site that has none yet
 * @param origin where the index was read; undefined for the site that is published to
 * @throws {UserError} `index` where one of them cannot be read: going on would lose what it says
 */
export function loadRepository(files: ReadonlyMap<string, Uint8Array>, origin?: UpstreamSource): Repository {
  const index = files.get(INDEX_PATH);
  const history = files.get(HISTORY_PATH);
  const offered = index === undefined ? EMPTY_REPOSITORY : readFile(INDEX_PATH, index, parseIndex, origin);
  if (history === undefined) return { ...offered, versions: preferredFirst(offered.versions) };
  const { versions: known, branches, isChannel, rest } = readFile(HISTORY_PATH, history, parseHistory);
  const keyed = new Map(known.map((item) => [entryKey(item), item]));
  const keys = offered.versions.map(({ entry }) => entryKey(entry));
  const inIndex = new Set(keys);
  // The address of an entry may have been changed by hand; the archive is the same as long as its path is.
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
  const left = readFile(HISTORY_PATH, history, () =>
    unlisted.flatMap((item) => unlistedVersion(item, offered.rootTag)),
  );
  return { ...offered, branches, isChannel, rest, versions: preferredFirst([...versions, ...left]) };
}

/** The key of an entry that names another place with the same layout. */
function movedKeyOf({ id, version, url }: EntryKey): string {
  return JSON.stringify([id, version, archivePathIn(url)]);
}

/** A version that only the history knows. */
function unlistedVersion(item: HistoryItem, rootTag: string): readonly PublishedVersion[] {
  const entry = entryIn(item, rootTag);
  if (!entry) return [];
  const { archive, rest } = item;
  // What was offered and is gone from the index was taken out of it by hand.
  const state = item.state === 'superseded' ? 'offered' : 'withdrawn';
  return [{ entry, state, archive, rest, isUnlisted: true }];
}

/**
 * What comes from here can be written into the index again: it must be as sound as what is read there, also in the root
 * element of the index, which declares prefixes.
 */
function entryIn({ id, version, url, entry }: HistoryItem, rootTag: string): Entry | undefined {
  if (entry === undefined) {
    // All that is known of a version that was taken out of the index.
    const source = `<plugin id="${encodeAttribute(id)}" url="${encodeAttribute(url)}" version="${encodeAttribute(version)}"/>`;
    if (FORBIDDEN_CHARACTER.test(source) || /\p{Surrogate}/u.test(source))
      throw new XmlError(
        `the version ${JSON.stringify(version)} of ${JSON.stringify(id)} has a character that XML forbids`,
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
    throw new XmlError(`${which} holds ${elements.length} elements, not one`);
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
    ? `Name the address of a repository, or a file: ${INDEX_PATH}.`
    : `Nothing was changed. Look at ${path} where the site is stored; an earlier state of it is in the history of the branch.`;
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
