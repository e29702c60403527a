import type { UpstreamSource } from '../../model/upstream.js';

/** Where the indexes of upstream sites come from. */
export interface UpstreamIndexes {
  /**
   * The bytes of an index; `outdated` says why they are those of an earlier day (ISO 8601), where they are.
   *
   * @throws {UserError} `remote` where it cannot be had, `limit` where it is too large
   */
  readonly read: (source: UpstreamSource) => Promise<{
    readonly bytes: Uint8Array;
    readonly outdated: { readonly reason: string; readonly date: string } | undefined;
    /** Keeps a copy for later runs: called once the bytes have turned out to be an index. */
    readonly keep: () => Promise<void>;
  }>;
}
