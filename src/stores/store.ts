/**
 * Where sites are kept. This file is the contract of this wing: each store has a folder with `place.ts` (what users write to
 * name a place; pure) and `store.ts` (which opens it), and none knows another one.
 *
 * @module
 */

import type { RemoteSizes, SiteStore } from '../app/ports/site-store.js';
import type { OptionReader } from '../model/option.js';

/** The options that name a place. */
export type PlaceOption = 'site-dir' | 'remote' | 'branch' | 'directory';

/**
 * What users write to name a place of one kind.
 *
 * @typeParam Location the place as plain data
 */
export interface Place<Location> {
  /**
   * Reads the place, and notes every fault in it.
   *
   * @param defaultRemote the repository that is meant if no place is named
   * @returns undefined if the options name a place of another kind
   */
  readonly read: (
    options: OptionReader<PlaceOption>,
    defaultRemote: string | undefined,
  ) => Location | undefined;
  /** Which site it is, for messages: `branch gh-pages of https://…` */
  readonly describe: (location: Location) => string;
  /**
   * `https://host` of the server that a login is sent to; undefined if this place takes none over HTTP. Absent for a store
   * without logins.
   */
  readonly originOf?: (location: Location) => string | undefined;
}

/** What a store is opened with. */
export interface StoreContext {
  /** Where relative paths start. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The login for the place; undefined to ask the machine for one. */
  readonly token: string | undefined;
  /** Who makes commits. */
  readonly author: { readonly name: string; readonly email: string };
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** An id that no other run has; lower-case letters, digits and hyphens. */
  readonly runId: string;
  /** Whether a path is that of a payload or an index of the site, or of a channel of it. */
  readonly isSiteFile: (path: string) => boolean;
  /** Absent if the host cannot be asked. */
  readonly remoteSizes?: RemoteSizes;
  /** Rejects if the run is interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Shows what the run waits for. */
  readonly onWaiting: (message: string) => void;
}

/** Opens a place. Nothing is read or written before the store is used. */
export type OpenStore<Location> = (location: Location, context: StoreContext) => SiteStore;
