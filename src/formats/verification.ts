import type { PayloadFacts } from '../model/artifact.js';
import type { Check } from '../model/check.js';
import type { CheckName } from '../model/check-names.js';
import type { SitePath } from '../model/site-path.js';
import type { Timestamp } from '../model/timestamp.js';
import type { UpstreamSite } from '../model/upstream.js';

/** A stored file that an index names. */
export interface IndexedPayload {
  /** Path on the site; `undefined` if it is on another server, or if a site cannot store it. */
  readonly storedPath: SitePath | undefined;
  /** What messages name: the path on the site, or the address. */
  readonly name: string;
  /** Address, if it is on another server. */
  readonly url?: string;
  /** Path without the timestamp, which is part of some checksums. */
  readonly path: string;
  /** The checksums that the index states for it; empty if it states none. */
  readonly checksums: readonly string[];
  /** Size in bytes; `undefined` if the index does not state it. */
  readonly size: number | undefined;
  /** Whether clients are offered it. */
  readonly isCurrent: boolean;
}

/** A version that an index lists, whether it is offered or not. */
export interface ListedVersion {
  /** Identifies the version and its content in all states of an index. */
  readonly key: string;
  /** What messages name: the stored path, or the id with the version. */
  readonly name: string;
  /** Set if the next publication may omit it. */
  readonly isTemporary?: boolean;
}

/** What a format needs to check a site. */
export interface SiteFacts<Index> {
  readonly index: Index;
  /** Public address of the site, with a trailing slash; `undefined` if unknown. As for `payloadsOf`. */
  readonly siteUrl: string | undefined;
  /** The files of the index as they are stored, by path, with their companions. */
  readonly indexFiles: ReadonlyMap<string, Uint8Array>;
  /** What reading the payloads has shown, by name. Only of those that match the index. */
  readonly read: ReadonlyMap<string, PayloadFacts>;
  /** The sites that users also follow, or why they are not known, as a sentence. */
  readonly upstream: readonly UpstreamSite<Index>[] | string;
  /** The Java version that users run; `undefined` if unknown. */
  readonly java: number | undefined;
  /** The time of the clock. */
  readonly clock: Timestamp;
}

/** The part of a format that checks a site. All functions are pure. */
export interface VerificationRules<Index> {
  /** Returns all payloads that the index names, each once, in the order of the index. */
  readonly payloadsOf: (index: Index, siteUrl: string | undefined) => readonly IndexedPayload[];
  /** Returns all versions that users may have installed, in the order of the index. */
  readonly versionsOf: (index: Index) => readonly ListedVersion[];
  /** The checks of the format itself. */
  readonly checkNames: readonly CheckName[];
  /** Runs them. */
  readonly check: (facts: SiteFacts<Index>) => readonly Check[];
  /** Whether clients learn of updates from the date of the index, which they request by HEAD. */
  readonly asksForDate: boolean;
  /** Whether clients follow a redirect. */
  readonly followsRedirect: (status: number, from: URL, to: URL) => boolean;
}
