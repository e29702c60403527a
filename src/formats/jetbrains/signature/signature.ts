/**
 * Reads and verifies the signature of a plugin archive: the block before the central directory, its digests and its
 * certificates.
 *
 * @module
 */

import { createHash, verify, X509Certificate } from 'node:crypto';
import { locateDirectory, type DirectoryLocation } from '../../../archive/locate.js';
import type { ByteSource } from '../../../model/byte-source.js';
import type { Problem } from '../../../model/problem.js';
import { readSigningBlock, SignatureError, type Signer, type SigningBlock } from './signing-block.js';

/** The parts of a certificate that are shown and recorded. */
export interface Certificate {
  /** SHA-256 of its DER form, lower-case hex. */
  readonly fingerprint: string;
  /** Untrusted: the common name of its subject, or the whole subject. */
  readonly name: string;
}

/**
 * Whether an archive is signed, by the rules of IDEs.
 *
 * - `signed`: the signature matches the content; whether users trust the certificate is unknown
 * - `invalid`: the archive has a signing block that cannot be read or does not match
 */
export type Signature =
  | { readonly state: 'unsigned' }
  | {
      readonly state: 'signed';
      /** The certificate of the first signer. */
      readonly signer: Certificate;
      /** The last certificate of its chain, which users trust in their IDE. Often the same one. */
      readonly root: Certificate;
    }
  | { readonly state: 'invalid'; readonly reason: string };

const DIGESTS: ReadonlyMap<number, string> = new Map([
  [0, 'sha256'],
  [1, 'sha512'],
  [2, 'sha384'],
]);
const ALGORITHMS: ReadonlyMap<number, { readonly digest: string; readonly key: string }> = new Map([
  [0, { digest: 'sha256', key: 'rsa' }],
  [2, { digest: 'sha512', key: 'rsa' }],
  [3, { digest: 'sha256', key: 'dsa' }],
  [4, { digest: 'sha384', key: 'ec' }],
]);
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_MARK = 0x5a;
/** Position in the end record of the offset of the central directory. */
const DIRECTORY_OFFSET_AT = 16;
const MAX_NAME = 80;
/** Hint for an archive that should be signed. */
export const SIGN_LAST =
  'Sign it as the last step of the build, and publish build/distributions/*-signed.zip. Otherwise, IDEs that check signatures warn their users.';

/**
 * Reads and verifies the signature of an archive, by the rules of JetBrains' `marketplace-zip-signer`.
 *
 * @param source an archive that can be opened
 * @throws {ArchiveError} if it is not an archive
 */
export function readSignature(source: ByteSource, maxEntries: number): Signature {
  const directory = locateDirectory(source, maxEntries);
  try {
    const block = readSigningBlock(source, directory);
    return block ? verifyBlock(source, directory, block) : { state: 'unsigned' };
  } catch (error) {
    if (error instanceof SignatureError) return { state: 'invalid', reason: error.message };
    throw error;
  }
}

function verifyBlock(source: ByteSource, directory: DirectoryLocation, block: SigningBlock): Signature {
  const expected = block.digests.map(({ algorithm, bytes }) => {
    const name = DIGESTS.get(algorithm);
    if (name === undefined) throw new SignatureError('its digest algorithm is unknown');
    return { name, bytes };
  });
  const actual = computeDigests(source, directory, block.start, new Set(expected.map(({ name }) => name)));
  if (expected.some(({ name, bytes }) => actual.get(name)?.equals(bytes) !== true))
    throw new SignatureError('the content of the archive has changed since it was signed');
  const [first] = block.signers.map((signer) => verifySigner(signer, actual));
  if (!first) throw new SignatureError('it does not contain a signer');
  return { state: 'signed', ...first };
}

/**
 * Computes the digests of the content as it was before signing, over the chunks of all parts, as `DigestUtils` does.
 */
function computeDigests(
  source: ByteSource,
  { start, length, endAt }: DirectoryLocation,
  blockStart: number,
  names: ReadonlySet<string>,
): ReadonlyMap<string, Buffer> {
  const end = Buffer.from(source.read(endAt, source.size - endAt));
  end.writeUInt32LE(blockStart, DIRECTORY_OFFSET_AT);
  const chunks = [...chunksOf(0, blockStart), ...chunksOf(start, start + length)];
  const parts = new Map([...names].map((name) => [name, [marked(chunks.length + 1)]]));
  const add = (chunk: Buffer) => {
    for (const [name, list] of parts)
      list.push(createHash(name).update(marked(chunk.length)).update(chunk).digest());
  };
  for (const { at, size } of chunks) add(source.read(at, size));
  // The end record is always shorter than a chunk, because its comment has at most 65,535 bytes.
  add(end);
  return new Map([...parts].map(([name, list]) => [name, Buffer.concat(list)]));
}

function chunksOf(from: number, to: number): readonly { readonly at: number; readonly size: number }[] {
  return Array.from({ length: Math.ceil((to - from) / CHUNK_BYTES) }, (_, index) => {
    const at = from + index * CHUNK_BYTES;
    return { at, size: Math.min(CHUNK_BYTES, to - at) };
  });
}

/** Returns the prefix of a chunk, with its length, or of all digests, with their number. */
function marked(count: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt8(CHUNK_MARK, 0);
  bytes.writeUInt32LE(count, 1);
  return bytes;
}

/** @returns the first and the last certificate of the signer */
function verifySigner(
  { certificates, signatures }: Signer,
  digests: ReadonlyMap<string, Buffer>,
): { readonly signer: Certificate; readonly root: Certificate } {
  const chain = certificates.map((bytes) => trying(() => new X509Certificate(bytes), 'a certificate'));
  const [signer, root] = [chain[0], chain.at(-1)];
  if (!signer || !root) throw new SignatureError('a signer has no certificate');
  if (signatures.length === 0) throw new SignatureError('a signer has no signature');
  for (const { algorithm, bytes } of signatures) {
    const { digest, key } = ALGORITHMS.get(algorithm) ?? {};
    const content = digest === undefined ? undefined : digests.get(digest);
    if (digest === undefined || content === undefined)
      throw new SignatureError('its signature algorithm is unknown, or the digest for it is missing');
    const isValid = trying(
      () => signer.publicKey.asymmetricKeyType === key && verify(digest, content, signer.publicKey, bytes),
      'the key of a certificate',
    );
    if (!isValid) throw new SignatureError('the signature does not match the key of its certificate');
  }
  const isChain = trying(
    () => chain.slice(1).every((issuer, at) => chain[at]?.verify(issuer.publicKey)),
    'the key of a certificate',
  );
  if (!isChain) throw new SignatureError('its certificates do not form a chain');
  return { signer: shown(signer), root: shown(root) };
}

/** Converts the errors of the crypto library for data that it cannot read. */
function trying<T>(run: () => T, what: string): T {
  try {
    return run();
  } catch (error) {
    throw new SignatureError(`${what} cannot be read`, { cause: error });
  }
}

function shown({ fingerprint256, subject }: X509Certificate): Certificate {
  // Despite its type, it is `undefined` if the subject is empty.
  const text = (subject as string | undefined) ?? '';
  const name = /^CN=(.*)$/m.exec(text)?.[1] ?? text.replaceAll('\n', ', ');
  return {
    fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
    name: Array.from(name).slice(0, MAX_NAME).join(''),
  };
}

/** Reports a signature that IDEs do not accept. */
export function invalidSignature(signature: Signature, label: string): readonly Problem[] {
  if (signature.state !== 'invalid') return [];
  return [
    {
      severity: 'warning',
      code: 'invalid-signature',
      path: label,
      message: `The signing block of ${label} is not valid: ${signature.reason}.`,
      hint: SIGN_LAST,
    },
  ];
}
