import { crc32, deflateRawSync } from './zip-parts.js';

export interface ZipEntry {
  name: string | Buffer;
  content: string | Buffer;
  stored?: boolean;
  /** Wrong values in the headers. */
  claims?: { size?: number; packedSize?: number; offset?: number; method?: number; flags?: number };
  /** The extra fields of the entry in the directory. */
  extra?: Buffer;
  /** The comment of the entry in the directory. */
  comment?: Buffer;
}

/** Writes an archive exactly as specified, so that tests can create archives that no library would write. */
export function makeZip(
  entries: readonly ZipEntry[],
  options: { prefix?: Buffer; comment?: string } = {},
): Buffer {
  const prefix = options.prefix ?? Buffer.alloc(0);
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, claims = {}, extra, comment } of entries) {
    const bytes = Buffer.from(content as string);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const nameBytes = Buffer.from(name as string);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(claims.flags ?? 0x800, 2);
    fields.writeUInt16LE(claims.method ?? (stored ? 0 : 8), 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(claims.packedSize ?? packed.length, 14);
    fields.writeUInt32LE(claims.size ?? bytes.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    parts.push(signed(0x04034b50, fields), nameBytes, packed);
    const headerFields = Buffer.from(fields);
    headerFields.writeUInt16LE(extra?.length ?? 0, 24);
    const tail = Buffer.alloc(14);
    tail.writeUInt16LE(comment?.length ?? 0, 0);
    tail.writeUInt32LE(claims.offset ?? offset, 10);
    directory.push(signed(0x02014b50, Buffer.from([20, 0])), headerFields, tail, nameBytes);
    directory.push(extra ?? Buffer.alloc(0), comment ?? Buffer.alloc(0));
    offset += 30 + nameBytes.length + packed.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(18);
  // Modulo 65,536, like in programs without Zip64.
  end.writeUInt16LE(entries.length % 0x10000, 4);
  end.writeUInt16LE(entries.length % 0x10000, 6);
  end.writeUInt32LE(directoryBytes.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([prefix, ...parts, directoryBytes, signed(0x06054b50, end), comment]);
}

function signed(signature: number, fields: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return Buffer.concat([bytes, fields]);
}
