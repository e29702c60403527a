import type { DetailedFile, ListedFile } from '../model/listing.js';

/** What a name means on a site: a file, several ones, or none. */
export type NamedFiles =
  | { readonly status: 'found'; readonly files: readonly DetailedFile[] }
  /** The name fits different files, of which one is meant. */
  | { readonly status: 'ambiguous'; readonly names: readonly string[] }
  | { readonly status: 'unknown'; readonly near: readonly string[] };

/** The part of a format that shows what a site offers. All functions are pure. */
export interface ListingRules<Index> {
  /**
   * Returns all files that the index describes, in its order. Includes obsolete ones.
   *
   * @param siteUrl public address of the site, with a trailing slash; `undefined` if unknown
   */
  readonly filesOf: (index: Index, siteUrl: string | undefined) => readonly ListedFile[];
  /**
   * Finds the file that a user means.
   *
   * @param name as in the index, or without its version, or without its folder
   */
  readonly find: (index: Index, name: string, siteUrl: string | undefined) => NamedFiles;
}
