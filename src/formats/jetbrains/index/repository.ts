import type { Rest } from '../../../model/schema.js';
import { sitePath, type SitePath } from '../../../model/site-path.js';
import type { BuildRange } from '../build-number.js';
import type { Systems } from '../system.js';

/** The index whose address users enter. */
export const INDEX_PATH = sitePath('updatePlugins.xml');

/** A plugin version that IDEs can be offered: an element `plugin` of `updatePlugins.xml` (spec, section 1). */
export interface Entry {
  readonly id: string;
  readonly version: string;
  /** Address of the archive as written: absolute, or relative to the index. */
  readonly url: string;
  readonly name: string;
  /** Empty if a bound cannot be read, as in IDEs. */
  readonly range: BuildRange;
  /** The systems that it supports. */
  readonly systems: Systems;
  /** HTML. */
  readonly description: string;
  /** HTML. */
  readonly changeNotes: string;
  /** The XML element as in the document, with unknown parts. */
  readonly source: string;
}

/** Metadata of an archive that this program has published. */
export interface ArchiveRecord {
  /** Path on the site, or `undefined` if the archive is on another server. */
  readonly path: SitePath | undefined;
  /** SHA-256, lower-case hex. */
  readonly checksum: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of the signer's certificate, lower-case hex. `null` if it is not signed, `undefined` if unknown. */
  readonly certificate?: string | null | undefined;
  /** The same for the last certificate in its chain, if that is a different one. */
  readonly root?: string | undefined;
  /** Fields of a later version of this program. */
  readonly rest?: Rest | undefined;
}

/**
 * State of a version.
 *
 * - `offered`: IDEs may be offered it
 * - `withdrawn`: no longer offered; the archive stays until the next publication, because IDEs may use an older index
 */
export type VersionState = 'offered' | 'withdrawn';

/** A version that this program published, or that was added to the index by hand or by another tool. */
export interface PublishedVersion {
  readonly entry: Entry;
  readonly state: VersionState;
  /** `undefined` if this program has not published it. */
  readonly archive: ArchiveRecord | undefined;
  /** Name of the element that contains the entry, if it is not the root. The entry is never rewritten there. */
  readonly inside?: string | undefined;
  /** Whether only the history contains it, not the index. */
  readonly isUnlisted?: true;
  /** In a channel: set if it belongs to the repository in the parent folder, with the archive there. */
  readonly borrowed?: { readonly archive: ArchiveRecord | undefined } | undefined;
  /** Fields of a later version of this program. */
  readonly rest?: Rest | undefined;
}

/** Returns the name of a version in changes: the path of its archive, or `ID@VERSION` if the site does not store it. */
export function pathOf({ entry, archive }: Pick<PublishedVersion, 'entry' | 'archive'>): string {
  return archive?.path ?? `${entry.id}@${entry.version}`;
}

/** Returns the key of an entry: id, version and address. The lengths make it unambiguous. */
export function entryKey({ id, version, url }: Pick<Entry, 'id' | 'version' | 'url'>): string {
  return `${id.length} ${version.length} ${id}${version}${url}`;
}

/** Returns the metadata of the archive of a version, even of a borrowed one. */
export function archiveOf({ archive, borrowed }: PublishedVersion): ArchiveRecord | undefined {
  return archive ?? borrowed?.archive;
}

/** A custom plugin repository. */
export interface Repository {
  /** Grouped by id in the order of the index. Within an id, versions that IDEs prefer come first. */
  readonly versions: readonly PublishedVersion[];
  /** The text before the root element, mostly comments. */
  readonly prolog: string;
  /** Whether the document had a document type. It is not written, because IDEs refuse such a file. */
  readonly hadDocumentType: boolean;
  /** The start tag of the root element as in the document. */
  readonly rootTag: string;
  /** Other children of the root element with their comments: categories and unknown elements. */
  readonly others: readonly string[];
  /** The branches that have had their own file, each once. The file stays, even if it is empty. */
  readonly branches: readonly number[];
  /** Whether it also offers the versions of the repository in the parent folder. */
  readonly isChannel: boolean;
  /** Folders of the channels that it is known to have. A web server does not list them. */
  readonly channels: readonly SitePath[];
  /** Fields of a later version of this program. */
  readonly rest?: Rest | undefined;
}

/** A repository without any publication. */
export const EMPTY_REPOSITORY: Repository = {
  versions: [],
  prolog: '',
  hadDocumentType: false,
  rootTag: '<plugins>',
  others: [],
  branches: [],
  isChannel: false,
  channels: [],
};
