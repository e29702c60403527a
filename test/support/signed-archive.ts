import { createHash, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from './fixtures.js';

/**
 * Test certificates with their keys, which are used only here: `rsa` and `ec` are self-signed, `leaf` is signed by
 * `rsa`. Created with openssl (`req -x509`, `x509 -req`), valid until 2126.
 */
const FOLDER = path.join(PROJECT, 'test/fixtures/jetbrains/signing');
export type TestSigner = 'rsa' | 'ec' | 'leaf';
/** Reads one of their files. `real-*.zip` are `unsigned.zip`, signed by marketplace-zip-signer of September 2025. */
export const signingFixture = (file: string): Buffer => readFileSync(path.join(FOLDER, file));

/** Returns a test certificate in DER form. */
export const certificateOf = (name: TestSigner): Buffer =>
  new X509Certificate(signingFixture(`${name}.pem`)).raw;
/** Returns the SHA-256 of a test certificate. */
export const fingerprintOf = (name: TestSigner): string =>
  createHash('sha256').update(certificateOf(name)).digest('hex');

/** The numbers of the algorithms in `SigningBlock.proto`. */
const KINDS = {
  'rsa-sha256': { hash: 'sha256', digest: 0, signature: 0 },
  'rsa-sha512': { hash: 'sha512', digest: 1, signature: 2 },
  'ec-sha384': { hash: 'sha384', digest: 2, signature: 4 },
} as const;

interface HowSigned {
  /** The owner of the key. */
  by?: TestSigner;
  kind?: keyof typeof KINDS;
  /** The certificates in the archive, instead of that of the signer. */
  chain?: readonly Buffer[];
  /** Changes the message before it goes into the block. */
  edit?: (metadata: Buffer) => Buffer;
}

/** Signs an archive like JetBrains' `marketplace-zip-signer`. */
export function signArchive(zip: Buffer, how: HowSigned = {}): Buffer {
  const { by = 'rsa', kind = by === 'ec' ? 'ec-sha384' : 'rsa-sha256', edit = (same: Buffer) => same } = how;
  const { hash, digest, signature } = KINDS[kind];
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const directoryAt = zip.readUInt32LE(end + 16);
  const sections = [zip.subarray(0, directoryAt), zip.subarray(directoryAt, end), zip.subarray(end)];
  const content = digestOf(hash, sections);
  const signer = Buffer.concat([
    ...(how.chain ?? [certificateOf(by)]).map((certificate) => field(1, certificate)),
    field(2, markedBytes(signature, sign(hash, content, signingFixture(`${by}.key.pem`)))),
  ]);
  const metadata = edit(
    Buffer.concat([
      Buffer.from([0x08, 1]),
      field(2, Buffer.concat([field(1, markedBytes(digest, content)), field(2, signer)])),
    ]),
  );
  return withBlock(zip, metadata);
}

/** Inserts a signing block with this content into an archive. */
export function withBlock(zip: Buffer, metadata: Buffer): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const directoryAt = zip.readUInt32LE(end + 16);
  const length = Buffer.alloc(8);
  length.writeUInt32LE(metadata.length + 24);
  const block = Buffer.concat([length, metadata, length, Buffer.from('@PK Sig Block 42')]);
  const newEnd = Buffer.from(zip.subarray(end));
  newEnd.writeUInt32LE(directoryAt + block.length, 16);
  return Buffer.concat([zip.subarray(0, directoryAt), block, zip.subarray(directoryAt, end), newEnd]);
}

function digestOf(hash: string, sections: readonly Buffer[]): Buffer {
  const chunks: Buffer[] = [];
  for (const section of sections)
    for (let at = 0; at < section.length; at += 0x100000) chunks.push(section.subarray(at, at + 0x100000));
  const mark = (count: number) => Buffer.from([0x5a, count, count >> 8, count >> 16, count >> 24]);
  const digests = chunks.map((chunk) =>
    createHash(hash)
      .update(Buffer.concat([mark(chunk.length), chunk]))
      .digest(),
  );
  return Buffer.concat([mark(chunks.length), ...digests]);
}

/** Encodes a `DigestProto` or `SignatureDataProto`. Zero is omitted, as in all messages of proto3. */
function markedBytes(algorithm: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(algorithm === 0 ? [] : [0x08, algorithm]), field(2, bytes)]);
}

/** Encodes a field of bytes in the wire format of Protocol Buffers. */
export function field(number: number, bytes: Buffer): Buffer {
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest >= 0x80; rest >>= 7) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length, rest]), bytes]);
}
