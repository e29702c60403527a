import * as v from 'valibot';
import {
  count,
  JsonError,
  list,
  maybe,
  object,
  readAs,
  text,
  withRest,
  word,
  type Rest,
} from '../../../model/schema.js';
import { parseSitePath, sitePath } from '../../../model/site-path.js';
import { decodeXml } from '../../../xml/encoding.js';
import { MAX_BRANCH } from '../build-number.js';
import { parseArchivePath } from './archive-path.js';
import type { ArchiveRecord, Entry, PublishedVersion, Repository } from './repository.js';

/** File with the metadata that the index cannot contain: archives, and versions that are no longer listed. */
export const HISTORY_PATH = sitePath('updatePlugins-versions.json');
const HISTORY_VERSION = 1;
/** How the history of a channel refers to its repository. */
const PARENT_FOLDER = '..';

export type EntryKey = Pick<Entry, 'id' | 'version' | 'url'>;

/** A version in the history. */
export interface HistoryItem extends EntryKey {
  readonly state: 'offered' | 'superseded' | 'withdrawn';
  readonly archive: ArchiveRecord | undefined;
  /** The XML element, if the index does not contain it. */
  readonly entry: string | undefined;
  /** In a channel: whether the entry comes from the repository in the parent folder. */
  readonly isBorrowed: boolean;
  /** Fields of later versions of this program, here and elsewhere in the file, which are written back. */
  readonly rest: Rest | undefined;
}

/** Files with these paths are removed eventually, so no other path may be accepted. */
const archivePath = v.pipe(
  text,
  v.check((value) => parseArchivePath(value) !== undefined, 'plugins/<id>/<version>/<archive>'),
  v.transform((value) => parseArchivePath(value)),
);

/** Maximum number of channels that an index may record: each of them costs requests. */
const MAX_CHANNELS = 1000;

/** Folders with these names are requested from web servers, so no other name may be accepted. */
const channelFolder = v.pipe(
  text,
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
    const parsed = parseSitePath(value);
    if ('path' in parsed && !value.includes('/')) return parsed.path;
    addIssue({ message: 'the name of a folder' });
    return NEVER;
  }),
);

const ARCHIVE_FIELDS = {
  checksum: text,
  size: count,
  /** `null` if the archive is not signed. If the field is missing, this is unknown. */
  certificate: v.optional(v.nullable(text)),
  root: maybe(text),
};

const historySchema = withRest({
  version: count,
  channelOf: maybe(text),
  channels: maybe(v.pipe(list(channelFolder), v.maxLength(MAX_CHANNELS, `at most ${MAX_CHANNELS} channels`))),
  branches: list(v.pipe(count, v.maxValue(MAX_BRANCH, 'a branch of the platform'))),
  versions: list(
    withRest({
      state: word(['offered', 'superseded', 'withdrawn']),
      archive: maybe(withRest({ path: archivePath, ...ARCHIVE_FIELDS })),
      // For an archive on another server, because earlier versions treat "archive" as a file of the site.
      elsewhere: maybe(withRest(ARCHIVE_FIELDS)),
      id: text,
      version: text,
      url: text,
      // The XML element, if the index does not contain it.
      entry: maybe(text),
      from: maybe(text),
    }),
  ),
});

const membershipSchema = object({ channelOf: maybe(text) });

/**
 * Whether a history belongs to a channel of the repository in the parent folder.
 *
 * @throws {JsonError | SyntaxError} if the history cannot be read
 */
export function isHistoryOfChannel(bytes: Uint8Array): boolean {
  return readAs(membershipSchema, JSON.parse(decodeXml(bytes).text)).channelOf === PARENT_FOLDER;
}

/** The content of the history. */
export interface History extends Pick<Repository, 'branches' | 'isChannel' | 'channels' | 'rest'> {
  readonly versions: readonly HistoryItem[];
}

/**
 * Parses a history.
 *
 * @throws {JsonError | SyntaxError | XmlError} if it is not valid
 */
export function parseHistory(bytes: Uint8Array): History {
  const { version, channelOf, channels, versions, branches, rest } = readAs(
    historySchema,
    JSON.parse(decodeXml(bytes).text),
  );
  if (version !== HISTORY_VERSION) throw new JsonError(`version should be ${HISTORY_VERSION}`);
  return {
    branches: [...new Set(branches)],
    isChannel: channelOf === PARENT_FOLDER,
    channels: [...new Set(channels)],
    rest,
    versions: versions.map(({ elsewhere, from, ...item }) => ({
      ...item,
      archive: item.archive ?? (elsewhere && { ...elsewhere, path: undefined }),
      isBorrowed: from === PARENT_FOLDER,
    })),
  };
}

/** Renders the history as JSON, which {@link parseHistory} reads. */
export function renderHistory(
  { versions, branches, isChannel, channels, rest }: Repository,
  isSuperseded: (version: PublishedVersion) => boolean,
): string {
  // Borrowed versions that are not offered are in the history of their own repository.
  const own = versions.filter((version) => !version.borrowed || !isSuperseded(version));
  const items = own.map((known) => {
    const { id, version, url, source } = known.entry;
    const state = known.state === 'withdrawn' ? 'withdrawn' : isSuperseded(known) ? 'superseded' : 'offered';
    const archive = known.archive && flattened(known.archive);
    return flattened({
      id,
      version,
      url,
      state,
      [archive?.path === undefined ? 'elsewhere' : 'archive']: archive,
      entry: state === 'offered' ? undefined : source,
      from: known.borrowed ? PARENT_FOLDER : undefined,
      rest: known.rest,
    });
  });
  const channelOf = isChannel ? PARENT_FOLDER : undefined;
  const history = flattened({
    version: HISTORY_VERSION,
    channelOf,
    channels: channels.length === 0 ? undefined : channels,
    branches,
    versions: items,
    rest,
  });
  return `${JSON.stringify(history, null, 1)}\n`;
}

/** Moves the additional fields of an object into the object, after the known ones. */
function flattened<T extends { readonly rest?: Rest | undefined }>(object: T): Omit<T, 'rest'> {
  // Most objects have none, and JSON omits `undefined`.
  if (object.rest === undefined) return object;
  const { rest, ...known } = object;
  return { ...known, ...rest };
}
