import { deflateRaw } from 'pako';
import { createRandom, type Random } from './random.js';
import { crc32 } from './zip-parts.js';

/** How to write an entry: its true properties, and what its headers claim. */
interface EntryPlan {
  readonly name: Buffer;
  readonly packed: Buffer;
  readonly size: number;
  readonly crc: number;
  readonly method: number;
  readonly flags: number;
  readonly extra: Buffer;
  readonly localExtra: Buffer;
  readonly comment: Buffer;
  /** Wrong values in the directory. */
  readonly claims: { readonly size?: number; readonly packedSize?: number; readonly offset?: number };
}

const MAGIC_16 = 0xffff;
const MAGIC_32 = 0xffffffff;
const NAMES = [
  ...['META-INF/', 'META-INF/MANIFEST.MF', 'a', 'b/', 'b/c.class', 'b/c', 'a.properties', 'Zürich.txt'],
  ...['\u{1f52c}.txt', 'META-INF/maven/g/a/pom.xml', '', 'META-INF/versions/9/a.class', 'a\u0000b', '\uffff'],
];
const BAD_NAMES = [
  Buffer.from([0xff, 0x61]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xc0, 0x80]),
  Buffer.from([0xe2, 0x82]),
];
const TEXTS = [
  '',
  'x',
  '#comment\nkey=value\n\n#kept\n',
  'Main-Class: X\r\n',
  'word '.repeat(400),
  'ab'.repeat(99),
];

/**
 * Generates more or less damaged archives, which are the same on every machine for a seed: unusual but valid ones, ones
 * with contradictory headers, and ones in which bytes were changed, added or removed.
 */
export function randomZips(seed: number, count: number): Buffer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => randomZip(random));
}

function randomZip(random: Random): Buffer {
  const rare = random.oneOf([0, 0.02, 0.1, 0.25]);
  const entries = Array.from({ length: random.below(6) }, () => randomEntry(random, rare));
  let bytes = writeArchive(random, rare, entries);
  if (random.chance(0.5)) bytes = damage(random, bytes);
  return bytes;
}

function randomEntry(random: Random, rare: number): EntryPlan {
  const name = random.chance(rare / 4) ? random.oneOf(BAD_NAMES) : Buffer.from(random.oneOf(NAMES));
  const content = Buffer.from(random.oneOf(TEXTS));
  const isStored = random.chance(0.4);
  let packed = isStored ? content : Buffer.from(deflateRaw(content));
  if (!isStored && random.chance(rare))
    packed = packed.subarray(0, Math.max(0, packed.length - 1 - random.below(2)));
  if (random.chance(rare))
    packed = Buffer.concat([packed, Buffer.alloc(1 + random.below(3), random.below(256))]);
  const claims: { size?: number; packedSize?: number; offset?: number } = {};
  if (random.chance(rare)) claims.size = oddNumber(random, content.length);
  if (random.chance(rare)) claims.packedSize = oddNumber(random, packed.length);
  if (random.chance(rare / 2)) claims.offset = oddNumber(random, 100);
  const truth = { size: content.length, packedSize: packed.length };
  return {
    name,
    packed,
    size: content.length,
    crc: random.chance(rare) ? random.below(MAGIC_32) : crc32(content),
    method: random.chance(rare / 4) ? random.oneOf([0, 8, 1, 9, 12, 93]) : isStored ? 0 : 8,
    flags: random.chance(rare / 2)
      ? random.oneOf([0, 1, 8, 0x41, 0x800, 0x809, 0x2000])
      : random.oneOf([0, 0x800]),
    extra: random.chance(Math.max(rare, 0.1))
      ? randomExtra(random, { ...truth, ...claims })
      : Buffer.alloc(0),
    localExtra: random.chance(0.1) ? Buffer.alloc(random.below(9)) : Buffer.alloc(0),
    comment: randomComment(random, rare),
    claims,
  };
}

function randomComment(random: Random, rare: number): Buffer {
  if (!random.chance(Math.max(rare, 0.05))) return Buffer.alloc(0);
  return random.chance(0.2)
    ? random.oneOf(BAD_NAMES)
    : Buffer.from(random.oneOf(['note', 'Größe', 'x'.repeat(300)]));
}

/** Generates extra fields: times, unknown fields, and Zip64 numbers that may contradict the headers. */
function randomExtra(random: Random, truth: { size: number; packedSize: number }): Buffer {
  const fields = Array.from({ length: 1 + random.below(2) }, () => {
    const kind = random.below(5);
    if (kind === 0) return field(0x5455, Buffer.from([1, 0, 0, 0, 0]));
    if (kind === 1) return field(0xcafe, Buffer.alloc(random.below(5)));
    if (kind === 2) return Buffer.from([1, 0, random.below(40), 0, 1, 2, 3]);
    const numbers = Buffer.alloc(random.oneOf([0, 4, 8, 16, 24, 28, 32]));
    for (let at = 0; at + 8 <= numbers.length; at += 8) {
      const value = at === 0 ? truth.size : at === 8 ? truth.packedSize : random.below(200);
      numbers.writeBigInt64LE(random.chance(0.1) ? -1n : BigInt(value), at);
    }
    return field(1, numbers);
  });
  if (random.chance(0.1)) fields.push(Buffer.alloc(1 + random.below(4)));
  return Buffer.concat(fields);
}

function field(tag: number, content: Buffer): Buffer {
  return Buffer.concat([numbers([2, tag], [2, content.length]), content]);
}

function oddNumber(random: Random, truth: number): number {
  return random.oneOf([
    0,
    1,
    truth + 1,
    Math.max(0, truth - 1),
    truth * 2,
    MAGIC_16,
    MAGIC_32,
    random.below(500),
  ]);
}

function writeArchive(random: Random, rare: number, entries: readonly EntryPlan[]): Buffer {
  const prefix = random.chance(0.15) ? Buffer.from('#!/bin/sh\nexec java -jar "$0"\n') : Buffer.alloc(0);
  const parts: Buffer[] = [];
  const headers: Buffer[] = [];
  let offset = random.chance(rare) ? random.oneOf([1, prefix.length]) : 0;
  for (const entry of entries) {
    const local = Buffer.concat([localHeader(entry), entry.packed]);
    if (!random.chance(rare / 4)) parts.push(local);
    const header = centralHeader(entry, offset);
    headers.push(...Array<Buffer>(random.chance(rare / 2) ? random.below(3) : 1).fill(header));
    offset += local.length;
  }
  if (random.chance(rare / 2)) headers.push(Buffer.alloc(1 + random.below(60), random.below(256)));
  const directory = Buffer.concat(headers);
  return Buffer.concat([
    prefix,
    ...parts,
    directory,
    endOf(random, rare, headers.length, directory.length, offset),
  ]);
}

function localHeader({ name, packed, size, crc, method, flags, localExtra }: EntryPlan): Buffer {
  const hasDescriptor = (flags & 8) !== 0;
  const fixed = numbers(
    ...([
      [4, 0x04034b50],
      [2, 20],
      [2, flags],
      [2, method],
      [4, 0],
    ] as const),
    ...([
      [4, hasDescriptor ? 0 : crc],
      [4, hasDescriptor ? 0 : packed.length],
    ] as const),
    ...([
      [4, hasDescriptor ? 0 : size],
      [2, name.length],
      [2, localExtra.length],
    ] as const),
  );
  return Buffer.concat([fixed, name, localExtra]);
}

function centralHeader(entry: EntryPlan, offset: number): Buffer {
  const { name, packed, size, crc, method, flags, extra, comment, claims } = entry;
  const fixed = numbers(
    ...([
      [4, 0x02014b50],
      [2, 20],
      [2, 20],
      [2, flags],
      [2, method],
      [4, 0],
      [4, crc],
    ] as const),
    ...([
      [4, claims.packedSize ?? packed.length],
      [4, claims.size ?? size],
      [2, name.length],
    ] as const),
    ...([
      [2, extra.length],
      [2, comment.length],
      [4, 0],
      [4, 0],
      [4, claims.offset ?? offset],
    ] as const),
  );
  return Buffer.concat([fixed, name, extra, comment]);
}

/** Returns the end record, sometimes with one for Zip64 before it and bytes after the archive. */
function endOf(random: Random, rare: number, count: number, bytes: number, offset: number): Buffer {
  const odd = (truth: number) => (random.chance(rare / 2) ? oddNumber(random, truth) : truth);
  const parts: Buffer[] = [];
  const isZip64 = random.chance(0.15);
  if (isZip64) {
    parts.push(
      numbers([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, odd(count)], [8, odd(count)]),
      numbers([8, odd(bytes)], [8, odd(offset)]),
      numbers([4, 0x07064b50], [4, 0], [8, odd(offset + bytes)], [4, 1]),
    );
  }
  const magic = isZip64 && random.chance(0.6);
  const comment = Buffer.from(
    random.oneOf(['', '', '', 'a comment', 'PK\u0005\u0006 and more than twenty bytes']),
  );
  parts.push(
    numbers([4, 0x06054b50], [2, 0], [2, 0], [2, odd(count)], [2, magic ? MAGIC_16 : odd(count)]),
    numbers(
      [4, magic ? MAGIC_32 : odd(bytes)],
      [4, magic ? MAGIC_32 : odd(offset)],
      [2, odd(comment.length)],
    ),
    comment,
  );
  if (random.chance(0.1)) parts.push(Buffer.alloc(random.below(30), 'behind'));
  return Buffer.concat(parts);
}

/** Changes, adds or removes up to four bytes or runs of bytes. */
function damage(random: Random, original: Buffer): Buffer {
  let bytes = Buffer.from(original);
  for (let edits = 1 + random.below(4); edits > 0 && bytes.length > 0; edits--) {
    const at = random.below(bytes.length);
    const kind = random.below(8);
    if (kind < 3) bytes[at] = random.below(256);
    else if (kind < 5) bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
    else if (kind === 5)
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(8))]);
    else if (kind === 6) {
      const added = Buffer.alloc(1 + random.below(8), random.below(256));
      bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);
    } else bytes = random.chance(0.2) ? bytes.subarray(0, at) : bytes;
  }
  return bytes;
}

/** Encodes numbers in two, four or eight bytes, the lowest byte first. Cuts off what does not fit. */
function numbers(...fields: readonly (readonly [2 | 4 | 8, number])[]): Buffer {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
      return bytes.subarray(0, width);
    }),
  );
}
