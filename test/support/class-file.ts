/** The content of a class file. */
export interface ClassFile {
  /** Such as `org/example/Tool`. */
  name: string;
  /** The referenced classes, arrays as `[Lorg/example/Tool;`. */
  references?: readonly string[];
  /** 52 for Java 8. */
  majorVersion?: number;
  /** Further constants, before the others: tag and bytes. */
  constants?: readonly (readonly number[])[];
}

/** Writes a class file that contains only its constant pool. */
export function makeClass({ name, references = [], majorVersion = 52, constants = [] }: ClassFile): Buffer {
  const pool: Buffer[] = [];
  let count = 1;
  const add = (bytes: Buffer): number => {
    pool.push(bytes);
    const index = count;
    // Long and Double take two places.
    count += bytes[0] === 5 || bytes[0] === 6 ? 2 : 1;
    return index;
  };
  for (const constant of constants) add(Buffer.from(constant));
  const classes = [name, 'java/lang/Object', ...references].map((text) => {
    // The class precedes its name: readers must not rely on the order.
    const index = add(Buffer.from([7, 0, 0]));
    const bytes = Buffer.from(text, 'utf8');
    const utf8 = Buffer.concat([Buffer.from([1, bytes.length >> 8, bytes.length & 0xff]), bytes]);
    pool[pool.length - 1]?.writeUInt16BE(add(utf8), 1);
    return index;
  });
  const head = Buffer.alloc(10);
  head.writeUInt32BE(0xcafebabe, 0);
  head.writeUInt16BE(majorVersion, 6);
  head.writeUInt16BE(count, 8);
  const tail = Buffer.alloc(14);
  tail.writeUInt16BE(0x21, 0);
  tail.writeUInt16BE(classes[0] ?? 0, 2);
  tail.writeUInt16BE(classes[1] ?? 0, 4);
  return Buffer.concat([head, ...pool, tail]);
}
