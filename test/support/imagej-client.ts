import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SaxesParser } from 'saxes';

/*
 * Simulates the updater of ImageJ for users who install everything that a site offers. It does not import code of this
 * project, so that it cannot have the same bugs.
 */

/** The current version of a file. */
interface Offer {
  readonly timestamp: string;
  readonly size: number;
}

/**
 * Returns the files that users of a site in a folder get: the SHA-256 of each by its path.
 *
 * @throws {Error} if a file is missing, or has another size than the index states: the updater refuses it
 */
export function installedFrom(site: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [name, { timestamp, size }] of offersIn(site)) {
    const bytes = readFileSync(path.join(site, `${name}-${timestamp}`));
    if (bytes.length !== size) throw new Error(`${name} has ${bytes.length} bytes, not ${size}`);
    files[name] = createHash('sha256').update(bytes).digest('hex');
  }
  return files;
}

/** Reads the current versions from the index of a site in a folder: those in elements `version`. */
function offersIn(site: string): ReadonlyMap<string, Offer> {
  const offers = new Map<string, Offer>();
  let name = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (tag === 'plugin') name = attributes['filename'] ?? '';
    if (tag !== 'version') return;
    const { timestamp = '', filesize } = attributes;
    offers.set(name, { timestamp, size: Number(filesize) });
  });
  parser.write(gunzipSync(readFileSync(path.join(site, 'db.xml.gz'))).toString()).close();
  return offers;
}
