/** Reports why a class file cannot be read. The message is a clause. */
export class ClassFileError extends Error {
  override readonly name = 'ClassFileError';
}

/** Facts about a class file. */
export interface ClassFacts {
  /** Version of the class file format: 52 for Java 8, one more for each later Java. */
  readonly majorVersion: number;
  /** Whether all constants were read. Reading stops at the first constant of an unknown kind. */
  readonly isComplete: boolean;
}

const MAGIC = 0xcafebabe;
const POOL_START = 10;
const UTF8 = 1;
const LONG = 5;
const DOUBLE = 6;
const CLASS = 7;
const SEEN = -1;

/** Number of bytes after the tag of each kind of constant except `Utf8`; 0 for unknown kinds (JVMS, table 4.4-A). */
const CONSTANT_BYTES = new Uint8Array(256);
for (const [bytes, tags] of [
  [4, [3, 4, 9, 10, 11, 12, 17, 18]],
  [8, [LONG, DOUBLE]],
  [2, [CLASS, 8, 16, 19, 20]],
  [3, [15]],
] as const) {
  for (const tag of tags) CONSTANT_BYTES[tag] = bytes;
}

/** Number of bytes at the start of a class file that contain its version. */
export const CLASS_START_BYTES = 8;

/** Returns the version in the first bytes of a class file (JVMS, section 4.1); `undefined` if it is not one. */
export function majorVersionIn(start: Buffer): number | undefined {
  return start.length >= CLASS_START_BYTES && start.readUInt32BE(0) === MAGIC
    ? start.readUInt16BE(6)
    : undefined;
}

/** Returns the Java version for a version of the class file format: 45 is Java 1.1, and each later Java adds 1. */
export function javaOf(majorVersion: number): number {
  return Math.max(0, majorVersion - 44);
}

/** Maximum number of entries of a constant pool: its length has 16 bits. */
const MAX_CONSTANTS = 0x10000;
/** The start of each constant, and the indices of classes. Reused, because a jar has thousands of class files. */
const starts = new Int32Array(MAX_CONSTANTS);
const classes = new Int32Array(MAX_CONSTANTS);

/**
 * Reads the constant pool of a class file of any version (JVMS, section 4.4), and adds the names of its classes, such
 * as `ij/ImagePlus`, to `names`. An array counts as the class of its elements. Skips classes below `java/`, which jars
 * do not provide, and everything after the pool, attributes included.
 *
 * @throws {ClassFileError} if it is not a class file, or cut short
 */
export function readClassFile(bytes: Buffer, names: Set<string>): ClassFacts {
  if (bytes.length < POOL_START || bytes.readUInt32BE(0) !== MAGIC)
    throw new ClassFileError('it is not a class file');
  const majorVersion = bytes.readUInt16BE(6);
  const count = bytes.readUInt16BE(8);
  let at = POOL_START;
  let index = 1;
  let classCount = 0;
  while (index < count) {
    if (at + 3 > bytes.length) throw new ClassFileError('it is cut short');
    const tag = bytes[at] as number;
    starts[index] = at + 1;
    if (tag === UTF8) at += 3 + bytes.readUInt16BE(at + 1);
    else {
      const size = CONSTANT_BYTES[tag] as number;
      // A kind that is newer than this program: the start of the next constant is unknown.
      if (size === 0) break;
      if (tag === CLASS) classes[classCount++] = index;
      at += 1 + size;
    }
    // Each of these two takes the place of two constants (JVMS, section 4.4.5).
    index += tag === LONG || tag === DOUBLE ? 2 : 1;
  }
  if (at > bytes.length) throw new ClassFileError('it is cut short');
  const known = index;
  for (let which = 0; which < classCount; which++) {
    const nameIndex = bytes.readUInt16BE(starts[classes[which] as number]);
    if (nameIndex === 0 || nameIndex >= known) {
      if (known >= count) throw new ClassFileError('it refers to a constant that it does not have');
      continue;
    }
    const start = starts[nameIndex] as number;
    // Already added. Many constants may share one long name, and reading it each time would take quadratic time.
    if (start === SEEN) continue;
    starts[nameIndex] = SEEN;
    if (bytes[start - 1] !== UTF8) throw new ClassFileError('the name of a class is not a text');
    const name = classNameAt(bytes, start + 2, start + 2 + bytes.readUInt16BE(start));
    if (name !== undefined) names.add(name);
  }
  return { majorVersion, isComplete: known >= count };
}

const ARRAY = 0x5b;
const OBJECT = 0x4c;

/** Returns the name of a class, or of the elements of an array; `undefined` for primitive types and `java/`. */
function classNameAt(bytes: Buffer, start: number, end: number): string | undefined {
  let from = start;
  let to = end;
  if (bytes[from] === ARRAY) {
    while (bytes[from] === ARRAY) from++;
    if (bytes[from] !== OBJECT) return undefined;
    from++;
    to--;
  }
  if (isJava(bytes, from) || to <= from) return undefined;
  for (let at = from; at < to; at++) {
    if ((bytes[at] as number) >= 0x80) return decodeModifiedUtf8(bytes, from, to);
  }
  return bytes.toString('latin1', from, to);
}

function isJava(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === 0x6a &&
    bytes[at + 1] === 0x61 &&
    bytes[at + 2] === 0x76 &&
    bytes[at + 3] === 0x61 &&
    bytes[at + 4] === 0x2f
  );
}

/** Decodes Java's modified UTF-8: each UTF-16 unit separately, in one to three bytes (JVMS, section 4.4.7). */
function decodeModifiedUtf8(bytes: Buffer, start: number, end: number): string {
  const units: number[] = [];
  for (let at = start; at < end;) {
    const first = bytes[at] as number;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : 3;
    if (at + length > end) throw new ClassFileError('the name of a class is cut short');
    const [second = 0, third = 0] = [bytes[at + 1], bytes[at + 2]].map((byte) => (byte ?? 0) & 0x3f);
    if (length === 1) units.push(first);
    else if (length === 2) units.push(((first & 0x1f) << 6) | second);
    else units.push(((first & 0x0f) << 12) | (second << 6) | third);
    at += length;
  }
  return String.fromCharCode(...units);
}
