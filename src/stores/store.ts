/**
 * The stores of sites, one folder for each kind of place. This file is their contract: in each folder, `place.ts`
 * reads the notation and the options that name a place (pure), and `store.ts` opens it. A place that can only be read
 * has `source.ts` instead. No store imports another one.
 *
 * @module
 */

import type { SiteSource } from '../app/ports/site-source.js';
import type { RemoteSizes, SiteStore } from '../app/ports/site-store.js';
import type { OptionReader, OptionTable } from '../model/option.js';

/** Reports a fault in the notation of a place, with its remedy. */
export type NotationFault = (what: string, hint: string) => void;

/**
 * A kind of place from which a site is read.
 *
 * @typeParam Location the place as plain data
 */
export interface ReadOnlyPlace<Location> {
  /**
   * Reads the notation of a place, such as `https://…` or `file:public`, and reports every fault in it.
   *
   * @returns `undefined` if it is the notation of another kind
   */
  readonly parse: (notation: string, fault: NotationFault) => Location | undefined;
  /** Describes the site for messages: `branch gh-pages of https://…` */
  readonly describe: (location: Location) => string;
  /**
   * Returns `https://host` of the server that receives the login; `undefined` if no login is sent over HTTP. Absent
   * for a place without logins.
   */
  readonly originOf?: (location: Location) => string | undefined;
}

/**
 * A kind of place to which a site can be published: its options, and how they are read.
 *
 * @typeParam Location the place as plain data
 * @typeParam Name the options that it reads
 */
export interface Place<Location, Name extends string> extends ReadOnlyPlace<Location> {
  /**
   * The options that name a place of this kind, in the order of the help. They cannot be combined with those of another
   * kind. Empty if only values of other options name it.
   */
  readonly options: OptionTable;
  /**
   * Reads the place, and reports every fault in it.
   *
   * @param defaultRemote the repository to use if no place is named
   * @returns `undefined` if the options name a place of another kind
   */
  readonly read: (options: OptionReader<Name>, defaultRemote: string | undefined) => Location | undefined;
}

/**
 * What a store needs to open a place. The time is not part of it: a store compares with the times of its own files, or
 * with those that its server reports.
 */
export interface StoreContext {
  /** Where relative paths start. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The token for the place; `undefined` to use the credentials of the machine. */
  readonly token: string | undefined;
  /** Author of commits. */
  readonly author: { readonly name: string; readonly email: string };
  /** Timeout for each request, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborts all work. */
  readonly signal: AbortSignal;
  /** An id that no other run has; lower-case letters, digits and hyphens. */
  readonly runId: string;
  /** Whether a path is that of a payload or an index of the site, or of a channel of it. */
  readonly isSiteFile: (path: string) => boolean;
  /** Absent if the host does not provide sizes. */
  readonly remoteSizes?: RemoteSizes;
  /** Rejects if the run is interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Shows what the run waits for. */
  readonly onWaiting: (message: string) => void;
}

/** Opens a place for reading. Nothing is read before the source is used. */
export type OpenSource<Location> = (location: Location, context: StoreContext) => SiteSource;

/** Opens a place. Nothing is read or written before the store is used. */
export type OpenStore<Location> = (location: Location, context: StoreContext) => SiteStore;
