import { createHash, type Hash } from 'node:crypto';
import { openArchive, type Archive, type ArchiveEntry } from '../archive/archive.js';
import type { ByteSource } from '../model/byte-source.js';
import { compareText } from '../model/site-path.js';
import { withoutBuildLines } from './manifest-filter.js';
import { withoutComments } from './properties-filter.js';

const MANIFEST = 'META-INF/MANIFEST.MF';
/** How much of a plain file is hashed at a time, in bytes. */
const BLOCK_BYTES = 4 * 1024 * 1024;

/** One way in which updaters have counted the content of a jar. */
interface Recipe {
  readonly manifest: 'nothing' | 'without build lines' | 'raw';
  readonly properties: 'without comments' | 'raw';
}

const CURRENT: Recipe = { manifest: 'nothing', properties: 'without comments' };
/** Newest first (spec, section 2). */
const HISTORICAL: readonly Recipe[] = [
  { manifest: 'without build lines', properties: 'without comments' },
  { manifest: 'raw', properties: 'without comments' },
  { manifest: 'raw', properties: 'raw' },
];

/** Whether the checksum of this path is that of a jar, which looks inside and leaves the path out. */
export function isJarPath(path: string): boolean {
  return path.endsWith('.jar');
}

/**
 * The checksum of a file as every updater counts it (spec, section 2).
 *
 * @param sitePath path on the site: it is part of the checksum of everything but a jar
 * @param label how the file is called in messages
 * @returns SHA-1, lower-case hex
 * @throws {UserError} `artifact` or `limit` where a jar cannot be read whole
 */
export async function checksumOf(source: ByteSource, sitePath: string, label: string): Promise<string> {
  return isJarPath(sitePath)
    ? jarChecksum(await openArchive(source, label))
    : plainChecksum(source, sitePath);
}

/** The checksum of a jar. The path plays no part in it. */
export function jarChecksum(jar: Archive): string {
  const [checksum] = jarChecksums(jar, [CURRENT]);
  return checksum as string;
}

/** What older updaters would have counted for the same jar, newest way first. */
export function historicalJarChecksums(jar: Archive): readonly string[] {
  return jarChecksums(jar, HISTORICAL);
}

/** The checksum of anything but a jar. */
export function plainChecksum(source: ByteSource, sitePath: string): string {
  const hash = createHash('sha1').update(asAscii(sitePath), 'latin1');
  for (let offset = 0; offset < source.size; offset += BLOCK_BYTES) {
    hash.update(source.read(offset, Math.min(BLOCK_BYTES, source.size - offset)));
  }
  return hash.digest('hex');
}

function jarChecksums(archive: Archive, recipes: readonly Recipe[]): string[] {
  // Of entries that share a name, every one counts, with the content that Java finds under that name: the last one's.
  const byName = new Map<string, ArchiveEntry>(archive.entries.map((entry) => [entry.name, entry]));
  const names = archive.entries.map((entry) => entry.name).sort(compareText);
  const hashes = recipes.map(() => createHash('sha1'));
  for (const name of names) {
    const content = archive.read(byName.get(name) as ArchiveEntry);
    const nameBytes = asAscii(name);
    recipes.forEach((recipe, at) => {
      addEntry(hashes[at] as Hash, recipe, name, nameBytes, content);
    });
  }
  return hashes.map((hash) => hash.digest('hex'));
}

function addEntry(hash: Hash, recipe: Recipe, name: string, nameBytes: string, content: Buffer): void {
  hash.update(nameBytes, 'latin1');
  if (name === MANIFEST && recipe.manifest !== 'raw') {
    if (recipe.manifest === 'without build lines') hash.update(withoutBuildLines(content));
  } else if (name.endsWith('.properties') && recipe.properties === 'without comments') {
    hash.update(withoutComments(content));
  } else {
    hash.update(content);
  }
}

/** The text as Java's US-ASCII encoder writes it: one `?` for each character that is not ASCII. */
function asAscii(text: string): string {
  // eslint-disable-next-line no-control-regex -- the ASCII characters begin with them
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\u0000-\u007f]/g, '?');
}
