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
import { sitePath } from '../../../model/site-path.js';
import { decodeXml } from '../../../xml/encoding.js';
import { MAX_BRANCH } from '../build-number.js';
import { parseArchivePath } from './archive-path.js';
import type { ArchiveRecord, Entry, PublishedVersion, Repository } from './repository.js';

/** What the site remembers besides: versions that no index offers any more, and their archives. */
export const HISTORY_PATH = sitePath('updatePlugins-versions.json');
const HISTORY_VERSION = 1;
/** How the history of a channel names the repository that it belongs to. */
const FOLDER_ABOVE = '..';

export type EntryKey = Pick<Entry, 'id' | 'version' | 'url'>;

/** A version, as the history has it. */
export interface HistoryItem extends EntryKey {
  readonly state: 'offered' | 'superseded' | 'withdrawn';
  readonly archive: ArchiveRecord | undefined;
  /** The element, where the index does not hold it. */
  readonly entry: string | undefined;
  /** In a channel: whether the entry was taken from the repository in the folder above. */
  readonly isBorrowed: boolean;
  /** Fields of later versions of this program, here and elsewhere in the file: they are written back. */
  readonly rest: Rest | undefined;
}

/** Files of such paths are removed in the end: nothing else may pass for one. */
const archivePath = v.pipe(
  text,
  v.check((value) => parseArchivePath(value) !== undefined, 'plugins/<id>/<version>/<archive>'),
  v.transform((value) => parseArchivePath(value)),
);

const ARCHIVE_FIELDS = {
  checksum: text,
  size: count,
  /** `null` says that the archive is not signed; if the field is missing, that is not known. */
  certificate: v.optional(v.nullable(text)),
  root: maybe(text),
};

const historySchema = withRest({
  version: count,
  channelOf: maybe(text),
  branches: list(v.pipe(count, v.maxValue(MAX_BRANCH, 'a branch of the platform'))),
  versions: list(
    withRest({
      state: word(['offered', 'superseded', 'withdrawn']),
      archive: maybe(withRest({ path: archivePath, ...ARCHIVE_FIELDS })),
      // For an archive that the site does not hold: earlier versions take what is in "archive" for a file of the site.
      elsewhere: maybe(withRest(ARCHIVE_FIELDS)),
      id: text,
      version: text,
      url: text,
      // The element, if the index does not hold it.
      entry: maybe(text),
      from: maybe(text),
    }),
  ),
});

const membershipSchema = object({ channelOf: maybe(text) });

/**
 * Whether a history is that of a channel of the repository in the folder above.
 *
 * @throws {JsonError | SyntaxError} if that cannot be read
 */
export function isHistoryOfChannel(bytes: Uint8Array): boolean {
  return readAs(membershipSchema, JSON.parse(decodeXml(bytes).text)).channelOf === FOLDER_ABOVE;
}

/** What the history says. */
export interface History extends Pick<Repository, 'branches' | 'isChannel' | 'rest'> {
  readonly versions: readonly HistoryItem[];
}

/**
 * Reads a history.
 *
 * @throws {JsonError | SyntaxError | XmlError} if it is not one
 */
export function parseHistory(bytes: Uint8Array): History {
  const { version, channelOf, versions, branches, rest } = readAs(
    historySchema,
    JSON.parse(decodeXml(bytes).text),
  );
  if (version !== HISTORY_VERSION) throw new JsonError(`version should be ${HISTORY_VERSION}`);
  return {
    branches,
    isChannel: channelOf === FOLDER_ABOVE,
    rest,
    versions: versions.map(({ elsewhere, from, ...item }) => ({
      ...item,
      archive: item.archive ?? (elsewhere && { ...elsewhere, path: undefined }),
      isBorrowed: from === FOLDER_ABOVE,
    })),
  };
}

/** The history as it is written; {@link parseHistory} reads it. */
export function renderHistory(
  { versions, branches, isChannel, rest }: Repository,
  isSuperseded: (version: PublishedVersion) => boolean,
): string {
  // What is borrowed and not offered is in the history of the repository that it belongs to.
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
      from: known.borrowed ? FOLDER_ABOVE : undefined,
      rest: known.rest,
    });
  });
  const channelOf = isChannel ? FOLDER_ABOVE : undefined;
  const history = flattened({ version: HISTORY_VERSION, channelOf, branches, versions: items, rest });
  return `${JSON.stringify(history, null, 1)}\n`;
}

/** An object with its further fields in their place, behind those that are known. */
function flattened<T extends { readonly rest?: Rest | undefined }>(object: T): Omit<T, 'rest'> {
  // Most have none, and JSON leaves out what is undefined.
  if (object.rest === undefined) return object;
  const { rest, ...known } = object;
  return { ...known, ...rest };
}
