/**
 * The index of an ImageJ site, db.xml.gz. Reads, merges and compares indexes, and writes them byte for byte as the
 * official updater does. Keeps unknown content in its place.
 *
 * @module
 */

import type { UpstreamSource } from '../../../model/upstream.js';
import { indexError, IndexError } from './error.js';
import { gunzipIndex } from './gzip.js';
import { parseIndexXml } from './read.js';
import { EMPTY_INDEX, type SiteIndex } from './site-index.js';

const GZIP_MAGIC = [0x1f, 0x8b];

/**
 * Reads a stored index.
 *
 * @param bytes `undefined` for a site without an index
 * @param origin the upstream site, whose index may also be unpacked; `undefined` for the target site
 * @throws {UserError} `index` if it is not an index, or damaged
 */
export function loadIndex(bytes: Uint8Array | undefined, origin?: UpstreamSource): SiteIndex {
  if (bytes === undefined) return EMPTY_INDEX;
  try {
    const isPlain = origin !== undefined && GZIP_MAGIC.some((byte, at) => bytes[at] !== byte);
    return parseIndexXml(isPlain ? bytes : gunzipIndex(bytes));
  } catch (error) {
    throw error instanceof IndexError ? indexError(error, origin) : error;
  }
}
