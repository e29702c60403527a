import { createHash } from 'node:crypto';
import path from 'node:path';
import { maybe, object, readAs, text } from '../../model/schema.js';
import { readFileBounded } from '../files/read-bounded.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { Validators } from './download.js';

/** Maximum size of the metadata of a copy, in bytes. */
const MAX_META_BYTES = 64 * 1024;

/** A copy of an index that was downloaded before. */
export interface CachedIndex {
  readonly bytes: Uint8Array;
  readonly validators: Validators;
  /** When it was downloaded, ISO 8601. */
  readonly date: string;
}

/** Stores folders for later runs on other machines. Failures are only logged. */
export interface SharedCache {
  /** Restores the newest folder that was stored under a key with this prefix. */
  restore(folder: string, keyPrefix: string): Promise<void>;
  keep(folder: string, key: string): Promise<void>;
}

export interface IndexCache {
  read(url: string): Promise<CachedIndex | undefined>;
  write(url: string, copy: CachedIndex): Promise<void>;
}

/** Metadata that is stored beside a copy. */
const metaSchema = object({
  url: text,
  date: text,
  sha256: text,
  etag: maybe(text),
  lastModified: maybe(text),
});

/**
 * Creates a cache of indexes in a folder, with one subfolder per address.
 *
 * @param maxBytes maximum size of a copy, in bytes
 */
export function createIndexCache(root: string, maxBytes: number, shared?: SharedCache): IndexCache {
  const places = (url: string) => {
    const name = sha256(url).slice(0, 32);
    const folder = path.join(root, name);
    return { folder, index: path.join(folder, 'index'), meta: path.join(folder, 'meta.json'), name };
  };
  return {
    async read(url) {
      const { folder, index, meta, name } = places(url);
      await shared?.restore(folder, keyPrefix(name));
      try {
        const json = await readFileBounded(meta, MAX_META_BYTES, 'files');
        const known = readAs(metaSchema, JSON.parse(json.toString('utf8')));
        const bytes = await readFileBounded(index, maxBytes, 'files');
        // Incomplete, or written by another program.
        if (known.url !== url || known.sha256 !== sha256(bytes)) return undefined;
        const { etag, lastModified, date } = known;
        return { bytes, validators: { etag, lastModified }, date };
      } catch {
        return undefined;
      }
    },
    async write(url, { bytes, validators, date }) {
      const { folder, index, meta, name } = places(url);
      const description = { url, date, sha256: sha256(bytes), ...validators };
      try {
        await writeAtomically(index, bytes);
        await writeAtomically(meta, `${JSON.stringify(description)}\n`);
      } catch {
        // A copy is optional: without one, the next run downloads the index again.
        return;
      }
      const state = validators.etag ?? validators.lastModified ?? description.sha256;
      await shared?.keep(folder, keyPrefix(name) + sha256(state).slice(0, 32));
    },
  };
}

function keyPrefix(name: string): string {
  return `pages-update-site-index-v1-${name}-`;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
