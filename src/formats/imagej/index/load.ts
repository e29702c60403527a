/**
 * The index of an ImageJ site, db.xml.gz: reads it, merges it, writes it byte for byte as the official updater does, and
 * compares two of them. What an index contains that is not known is kept in its place.
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
 * Reads an index as it is stored.
 *
 * @param bytes undefined for a site that has none yet
 * @param origin the upstream site whose index it is, which may also be kept unpacked; undefined for the site that is
 *   published to
 * @throws {UserError} `index` where it is no index, or a damaged one
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
