import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { checksumOf } from '../../src/formats/imagej/artifacts/checksum.js';
import { loadIndex } from '../../src/formats/imagej/index/load.js';
import type { SiteIndex } from '../../src/formats/imagej/index/site-index.js';
import { storedPath } from '../../src/formats/imagej/index/stored-path.js';
import { byteSourceOf } from '../../src/model/byte-source.js';

/** Reads the index of an ImageJ site in a folder; empty if it does not exist. */
function indexOfFolder(site: string): SiteIndex {
  const file = path.join(site, 'db.xml.gz');
  return loadIndex(existsSync(file) ? readFileSync(file) : undefined, undefined);
}

/** Returns the current files of an ImageJ site in a folder. */
export function currentFiles(site: string): string[] {
  return indexOfFolder(site).records.flatMap(({ filename, current }) => (current ? [filename] : []));
}

/** Returns the payloads of an ImageJ site in a folder that are missing or differ from the index. */
export async function siteFaults(site: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { filename, current } of indexOfFolder(site).records) {
    if (!current) continue;
    const stored = storedPath(filename, current.timestamp);
    const file = path.join(site, stored);
    if (!existsSync(file)) faults.push(`${stored} is missing`);
    else if (statSync(file).size !== current.filesize) faults.push(`${stored} has another size`);
    else {
      const checksum = await checksumOf(byteSourceOf(readFileSync(file)), filename, filename);
      if (checksum !== current.checksum) faults.push(`${stored} has another checksum`);
    }
  }
  return faults;
}
