import { gzip, Inflate, Z_BUF_ERROR, Z_OK } from 'pako';
import { IndexError } from './error.js';

/** Maximum size of an unpacked index, in bytes. The largest real one has some 10 MB. */
const MAX_INDEX_BYTES = 256 * 1024 * 1024;

/** zlib's value for "only gzip, with header and checksum". */
const GZIP_WINDOW_BITS = 31;

/**
 * Unpacks `db.xml.gz`, and stops as soon as it exceeds the limit.
 *
 * @param maxBytes maximum unpacked size, in bytes
 * @throws {IndexError} if it is not gzip, damaged, cut short or too large
 */
export function gunzipIndex(bytes: Uint8Array, maxBytes = MAX_INDEX_BYTES): Uint8Array {
  if (bytes.length === 0) throw new IndexError('the file is empty');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    throw new IndexError(`it is not a gzip file${looksLike(bytes)}`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate({ windowBits: GZIP_WINDOW_BITS, chunkSize: 256 * 1024 });
  inflate.onData = (chunk) => {
    length += chunk.length;
    if (length > maxBytes) throw new IndexError(`it unpacks to more than the limit of ${maxBytes} bytes`);
    chunks.push(chunk);
  };
  inflate.push(bytes, true);
  if (inflate.err === Z_BUF_ERROR) throw new IndexError('its gzip data is cut short');
  if (inflate.err !== Z_OK) throw new IndexError(`its gzip data is damaged (${inflate.msg})`);
  return Buffer.concat(chunks, length);
}

/**
 * Packs an index. The same text gives the same bytes on every machine, because the header contains no date, name or
 * system. Uses level 7, because level 9 takes twice the time and saves only half a percent.
 */
export function gzipIndex(text: string): Uint8Array {
  return gzip(Buffer.from(text, 'utf8'), { level: 7 });
}

function looksLike(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 512)).toString('latin1').trimStart().toLowerCase();
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return ', but an HTML page';
  if (text.startsWith('<?xml')) return ', but unpacked XML';
  if (text.startsWith('version https://git-lfs'))
    return ', but a Git LFS pointer; an index must not be in Git LFS';
  return '';
}
