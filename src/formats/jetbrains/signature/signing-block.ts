import type { DirectoryLocation } from '../../../archive/locate.js';
import type { ByteSource } from '../../../model/byte-source.js';

const MAGIC = Buffer.from('@PK Sig Block 42', 'latin1');
const LENGTH_BYTES = 8;
const FOOTER_BYTES = LENGTH_BYTES + MAGIC.length;
/** Maximum length of a block, in bytes. The digests of an archive of 1 GB have 64 kB, a certificate some 2 kB. */
const MAX_BLOCK_BYTES = 1024 * 1024;
/** Maximum number of digests, signers, certificates or signatures in one list. */
const MAX_ITEMS = 16;
const SCHEME_VERSION = 1;

/** Why a signing block or a signature is not valid, as the end of a sentence. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
}

/** A digest or a signature, with the number of its algorithm. */
export interface Marked {
  readonly algorithm: number;
  readonly bytes: Buffer;
}

/** One signature of an archive. */
export interface Signer {
  /** DER; the certificate of the signer first, each signed by the next. */
  readonly certificates: readonly Buffer[];
  readonly signatures: readonly Marked[];
}

/** The block that JetBrains' `marketplace-zip-signer` writes between the entries and the central directory. */
export interface SigningBlock {
  /** Where the block begins in the file, in bytes. */
  readonly start: number;
  /** Digests of the whole content, one per algorithm. */
  readonly digests: readonly Marked[];
  readonly signers: readonly Signer[];
}

/**
 * Reads the signing block of an archive: its length, a `ZipMetadataProto`, its length again, and a magic text.
 *
 * @returns `undefined` if it is not where IDEs look for it
 * @throws {SignatureError} if it cannot be read
 */
export function readSigningBlock(
  source: ByteSource,
  { archiveStart, start: end }: DirectoryLocation,
): SigningBlock | undefined {
  // IDEs use the offset in the end record as it is, even if the file has bytes before the archive.
  if (archiveStart !== 0 || end < LENGTH_BYTES + FOOTER_BYTES) return undefined;
  const footer = source.read(end - FOOTER_BYTES, FOOTER_BYTES);
  if (!footer.subarray(LENGTH_BYTES).equals(MAGIC)) return undefined;
  // The length does not include its own first copy.
  const length = Number(footer.readBigUInt64LE(0));
  const start = end - length - LENGTH_BYTES;
  if (length < FOOTER_BYTES || start < 0) throw new SignatureError('its length is wrong');
  if (length > MAX_BLOCK_BYTES)
    throw new SignatureError(`it has ${length} bytes; at most ${MAX_BLOCK_BYTES} are read`);
  const block = source.read(start, length + LENGTH_BYTES);
  if (block.readBigUInt64LE(0) !== footer.readBigUInt64LE(0)) throw new SignatureError('its length is wrong');
  return { start, ...parseMetadata(block.subarray(LENGTH_BYTES, block.length - FOOTER_BYTES)) };
}

/** Parses the `ZipMetadataProto` of `SigningBlock.proto`. */
function parseMetadata(bytes: Buffer): Omit<SigningBlock, 'start'> {
  const metadata = parseMessage(bytes);
  const version = numberIn(metadata, 1);
  if (version !== SCHEME_VERSION) throw new SignatureError(`its version ${version} is unknown`);
  // The parts of a repeated message are concatenated.
  const content = parseMessage(Buffer.concat(partsIn(metadata, 2)));
  return {
    digests: partsIn(content, 1).map(parseMarked),
    signers: partsIn(content, 2).map((part) => {
      const signer = parseMessage(part);
      return { certificates: partsIn(signer, 1), signatures: partsIn(signer, 2).map(parseMarked) };
    }),
  };
}

/** Parses a `DigestProto` or `SignatureDataProto`. */
function parseMarked(bytes: Buffer): Marked {
  const message = parseMessage(bytes);
  return { algorithm: numberIn(message, 1), bytes: partsIn(message, 2).at(-1) ?? Buffer.alloc(0) };
}

/** A field of a message in the wire format of Protocol Buffers. */
interface Field {
  readonly field: number;
  readonly value: number | Buffer;
}

/** Returns the fields of a message with a number or bytes. Other fields are skipped. */
function parseMessage(bytes: Buffer): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const take = (length: number) => {
    if (length > bytes.length - at) throw new SignatureError('it is damaged');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const takeNumber = () => {
    let value = 0;
    for (let place = 0; place < 10; place++) {
      const byte = take(1).readUInt8();
      value += (byte & 0x7f) * 2 ** (7 * place);
      if (byte < 0x80) return value;
    }
    throw new SignatureError('it is damaged');
  };
  while (at < bytes.length) {
    const key = takeNumber();
    const field = Math.floor(key / 8);
    const kind = key % 8;
    if (kind === 0) fields.push({ field, value: takeNumber() });
    else if (kind === 1) take(8);
    else if (kind === 2) fields.push({ field, value: take(takeNumber()) });
    else if (kind === 5) take(4);
    else throw new SignatureError('it is damaged');
  }
  return fields;
}

/** Returns the last number of a field, or 0 if the field is missing. */
function numberIn(message: readonly Field[], wanted: number): number {
  const numbers = message.flatMap(({ field, value }) =>
    field === wanted && typeof value === 'number' ? [value] : [],
  );
  return numbers.at(-1) ?? 0;
}

function partsIn(message: readonly Field[], wanted: number): readonly Buffer[] {
  const parts = message.flatMap(({ field, value }) =>
    field === wanted && typeof value !== 'number' ? [value] : [],
  );
  if (parts.length > MAX_ITEMS)
    throw new SignatureError(`it has ${parts.length} parts of one kind; at most ${MAX_ITEMS} are read`);
  return parts;
}
