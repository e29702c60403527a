import type { Rest } from '../../../model/schema.js';
import { sitePath, type SitePath } from '../../../model/site-path.js';
import type { BuildRange } from '../build-number.js';
import type { Systems } from '../system.js';

/** The index that users enter. */
export const INDEX_PATH = sitePath('updatePlugins.xml');

/** One plugin version that an IDE can be offered: an element `plugin` of `updatePlugins.xml` (spec, section 1). */
export interface Entry {
  readonly id: string;
  readonly version: string;
  /** Where IDEs get the archive, as it is written: absolute, or relative to the index. */
  readonly url: string;
  readonly name: string;
  /** Where a bound cannot be read, it covers nothing, as for IDEs. */
  readonly range: BuildRange;
  /** On which systems it runs. */
  readonly systems: Systems;
  /** HTML. */
  readonly description: string;
  /** HTML. */
  readonly changeNotes: string;
  /** The element as it stands in the document, or will: what we do not know about it is still there. */
  readonly source: string;
}

/** What the site remembers of an archive that it has published. */
export interface ArchiveRecord {
  /** Path on the site; undefined if the archive is on another server. */
  readonly path: SitePath | undefined;
  /** SHA-256, lower-case hex. */
  readonly checksum: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of the signer's certificate, lower-case hex; `null` if it is not signed, undefined if that is not known. */
  readonly certificate?: string | null | undefined;
  /** The same of the last certificate in its chain, if that is another one. */
  readonly root?: string | undefined;
  /** What a later version of this program remembers of it. */
  readonly rest?: Rest | undefined;
}

/**
 * What becomes of a version.
 *
 * - `offered`: IDEs may be offered it
 * - `withdrawn`: no longer, but its archive stays until the next publication: IDEs may hold the index before
 */
export type VersionState = 'offered' | 'withdrawn';

/** A version that the site has published, or that somebody wrote into the index. */
export interface PublishedVersion {
  readonly entry: Entry;
  readonly state: VersionState;
  /** Undefined if this program has not published it. */
  readonly archive: ArchiveRecord | undefined;
  /** The element that the entry stands in, if that is not the root: it is never rewritten there. */
  readonly inside?: string | undefined;
  /** Whether the index that was read does not name it: only the history does. */
  readonly isUnlisted?: true;
  /** In a channel: it belongs to the repository in the folder above, which has this archive of it. */
  readonly borrowed?: { readonly archive: ArchiveRecord | undefined } | undefined;
  /** What a later version of this program remembers of it. */
  readonly rest?: Rest | undefined;
}

/** What a version is called in changes: the path of its archive, as far as that is here. */
export function pathOf({ entry, archive }: Pick<PublishedVersion, 'entry' | 'archive'>): string {
  return archive?.path ?? `${entry.id}@${entry.version}`;
}

/** Two entries with the same id, version and address are one. With the lengths, no two others have the same key. */
export function entryKey({ id, version, url }: Pick<Entry, 'id' | 'version' | 'url'>): string {
  return `${id.length} ${version.length} ${id}${version}${url}`;
}

/** What is known of the archive of a version, wherever it is. */
export function archiveOf({ archive, borrowed }: PublishedVersion): ArchiveRecord | undefined {
  return archive ?? borrowed?.archive;
}

/** A custom plugin repository. */
export interface Repository {
  /** Of one id, those that IDEs prefer come first; ids in the order of the index. */
  readonly versions: readonly PublishedVersion[];
  /** What stands before the root element: comments, mostly. */
  readonly prolog: string;
  /** Whether the document had a document type, which is left out: IDEs refuse such a file. */
  readonly hadDocumentType: boolean;
  /** The start tag of the root element as it stands in the document. */
  readonly rootTag: string;
  /** What else stands in the root element, with the comments on it: elements that we do not know, and categories. */
  readonly others: readonly string[];
  /** The branches that have had a file of their own: it stays, even with nothing in it. */
  readonly branches: readonly number[];
  /** Whether it also offers what the repository in the folder above offers. */
  readonly isChannel: boolean;
  /** What a later version of this program remembers of the site. */
  readonly rest?: Rest | undefined;
}

/** A repository that has published nothing yet. */
export const EMPTY_REPOSITORY: Repository = {
  versions: [],
  prolog: '',
  hadDocumentType: false,
  rootTag: '<plugins>',
  others: [],
  branches: [],
  isChannel: false,
};
