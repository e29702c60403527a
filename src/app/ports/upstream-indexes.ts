import type { UpstreamSource } from '../../model/upstream.js';

/** Reads the indexes of upstream sites. */
export interface UpstreamIndexes {
  /**
   * Reads an index. `outdated` states the reason and the date (ISO 8601) if the bytes come from an older copy.
   *
   * @throws {UserError} `remote` if it cannot be read, `limit` if it is too large
   */
  readonly read: (source: UpstreamSource) => Promise<{
    readonly bytes: Uint8Array;
    readonly outdated: { readonly reason: string; readonly date: string } | undefined;
    /** Stores a copy for later runs. Called as soon as the bytes have been parsed. */
    readonly keep: () => Promise<void>;
  }>;
}
