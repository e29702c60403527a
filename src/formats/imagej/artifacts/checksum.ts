import { createHash, type Hash } from 'node:crypto';
import { openArchive, type Archive, type ArchiveEntry } from '../../../archive/archive.js';
import { hashSource } from '../../../archive/hash-source.js';
import type { ByteSource } from '../../../model/byte-source.js';
import { compareText } from '../../../model/site-path.js';
import { UserError } from '../../../model/user-error.js';
import { withoutBuildLines } from './manifest-filter.js';
import { createCommentFilter, type ContentFilter } from './properties-filter.js';

const MANIFEST = 'META-INF/MANIFEST.MF';
/** Maximum size of a manifest, in bytes: it is filtered as a whole. Java ignores those beyond 16,000,000. */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

/** A method by which updaters have computed the checksum of a jar. */
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

/** Whether a file at this path gets the checksum of a jar, which covers its entries but not the path. */
export function isJarPath(path: string): boolean {
  return path.endsWith('.jar');
}

/**
 * Computes the checksum of a file as every updater does (spec, section 2).
 *
 * @param sitePath path on the site; it is part of the checksum, except for jars
 * @param label name of the file in messages
 * @returns SHA-1, lower-case hex
 * @throws {UserError} `artifact` or `limit` if a jar cannot be read completely
 */
export async function checksumOf(source: ByteSource, sitePath: string, label: string): Promise<string> {
  return isJarPath(sitePath) ? jarChecksum(openArchive(source, label)) : plainChecksum(source, sitePath);
}

/**
 * Computes the checksum of a jar, which does not include the path.
 *
 * @throws {UserError} `artifact` or `limit` if the jar cannot be read completely
 */
export async function jarChecksum(jar: Archive): Promise<string> {
  const [checksum] = await jarChecksums(jar, [CURRENT]);
  return checksum as string;
}

/**
 * Computes the checksums of older updaters for a jar, newest method first.
 *
 * @throws {UserError} like {@link jarChecksum}
 */
export function historicalJarChecksums(jar: Archive): Promise<readonly string[]> {
  return jarChecksums(jar, HISTORICAL);
}

/** Computes the checksum of a file that is not a jar. */
export function plainChecksum(source: ByteSource, sitePath: string): string {
  const hash = createHash('sha1').update(asAscii(sitePath), 'latin1');
  return hashSource(source, hash).digest('hex');
}

async function jarChecksums(jar: Archive, recipes: readonly Recipe[]): Promise<string[]> {
  const hashes = recipes.map((recipe) => ({ recipe, hash: createHash('sha1') }));
  for (const entry of [...jar.entries].sort((a, b) => compareText(a.name, b.name))) {
    const { name, times } = entry;
    const nameBytes = asAscii(name);
    const whole = name === MANIFEST ? readManifest(jar, entry) : jar.content(entry);
    // Every entry with a shared name counts, each with the content that Java finds under that name.
    for (let time = 0; time < times; time++) {
      for (const { hash } of hashes) hash.update(nameBytes, 'latin1');
      if (Buffer.isBuffer(whole)) {
        for (const { recipe, hash } of hashes) addWhole(hash, recipe, name, whole);
      } else {
        await addPieces(hashes, name, time === 0 ? whole : (jar.content(entry) as typeof whole));
      }
    }
  }
  return hashes.map(({ hash }) => hash.digest('hex'));
}

function readManifest(jar: Archive, entry: ArchiveEntry): Buffer {
  const manifest = jar.read(entry, MAX_MANIFEST_BYTES);
  if (manifest) return manifest;
  throw new UserError(
    'limit',
    `${jar.label} cannot be read: its manifest is larger than the limit of ${MAX_MANIFEST_BYTES} bytes.`,
    { hint: `Java does not use a manifest of this size either. Check ${MANIFEST}.` },
  );
}

function addWhole(hash: Hash, recipe: Recipe, name: string, content: Buffer): void {
  if (name === MANIFEST && recipe.manifest !== 'raw') {
    if (recipe.manifest === 'without build lines') hash.update(withoutBuildLines(content));
  } else {
    hash.update(filterFor(recipe, name)?.(content) ?? content);
  }
}

async function addPieces(
  hashes: readonly { readonly recipe: Recipe; readonly hash: Hash }[],
  name: string,
  pieces: AsyncIterable<Buffer>,
): Promise<void> {
  const counting = hashes.map(({ recipe, hash }) => ({ hash, filter: filterFor(recipe, name) }));
  for await (const piece of pieces) {
    for (const { hash, filter } of counting) hash.update(filter?.(piece) ?? piece);
  }
}

function filterFor(recipe: Recipe, name: string): ContentFilter | undefined {
  return name.endsWith('.properties') && recipe.properties === 'without comments'
    ? createCommentFilter()
    : undefined;
}

/** Encodes text like the US-ASCII encoder of Java: one `?` for each character that is not ASCII. */
function asAscii(text: string): string {
  // eslint-disable-next-line no-control-regex -- ASCII includes control characters
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\u0000-\u007f]/g, '?');
}
