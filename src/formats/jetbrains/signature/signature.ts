/**
 * Reads and verifies the signature of a plugin archive: the block before the directory of the zip, its digests and its
 * certificates.
 *
 * @module
 */

import { createHash, verify, X509Certificate } from 'node:crypto';
import { locateDirectory, type DirectoryLocation } from '../../../archive/locate.js';
import type { ByteSource } from '../../../model/byte-source.js';
import type { Problem } from '../../../model/problem.js';
import { readSigningBlock, SignatureError, type Signer, type SigningBlock } from './signing-block.js';

/** A certificate, as far as it is shown and remembered. */
export interface Certificate {
  /** SHA-256 of its DER form, lower-case hex. */
  readonly fingerprint: string;
  /** Untrusted: the common name of its subject, or the whole subject. */
  readonly name: string;
}

/**
 * Whether an archive is signed, as the IDE finds out.
 *
 * - `signed`: the signature fits the content; whether users trust the certificate is not known
 * - `invalid`: there is a signing block, and it cannot be read or does not fit
 */
export type Signature =
  | { readonly state: 'unsigned' }
  | {
      readonly state: 'signed';
      /** Of the first signer. */
      readonly signer: Certificate;
      /** The last certificate of the same chain, which users trust in their IDE: often that of the signer itself. */
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
/** Where the end record says how far from the beginning the central directory is. */
const DIRECTORY_OFFSET_AT = 16;
const MAX_NAME = 80;
/** What to do about an archive that should be signed. */
export const SIGN_LAST =
  'Sign it as the last step of the build, and publish build/distributions/*-signed.zip. IDEs that check signatures warn their users.';

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
    if (name === undefined) throw new SignatureError('its kind of digest is not known');
    return { name, bytes };
  });
  const actual = computeDigests(source, directory, block.start, new Set(expected.map(({ name }) => name)));
  if (expected.some(({ name, bytes }) => actual.get(name)?.equals(bytes) !== true))
    throw new SignatureError('the content of the archive has changed since it was signed');
  const [first] = block.signers.map((signer) => verifySigner(signer, actual));
  if (!first) throw new SignatureError('it names no signer');
  return { state: 'signed', ...first };
}

/**
 * The digests over the content as it was before it was signed: of each part in chunks, one behind the other, as
 * `DigestUtils` makes them.
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
  // The end record is always shorter than a chunk: a comment has 65,535 bytes at most.
  add(end);
  return new Map([...parts].map(([name, list]) => [name, Buffer.concat(list)]));
}

function chunksOf(from: number, to: number): readonly { readonly at: number; readonly size: number }[] {
  return Array.from({ length: Math.ceil((to - from) / CHUNK_BYTES) }, (_, index) => {
    const at = from + index * CHUNK_BYTES;
    return { at, size: Math.min(CHUNK_BYTES, to - at) };
  });
}

/** What stands before each chunk, with its length, and before all digests, with their number. */
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
      throw new SignatureError('its kind of signature is not known, or the digest for it is missing');
    const isValid = trying(
      () => signer.publicKey.asymmetricKeyType === key && verify(digest, content, signer.publicKey, bytes),
      'the key of a certificate',
    );
    if (!isValid) throw new SignatureError('the signature was not made with the key of its certificate');
  }
  const isChain = trying(
    () => chain.slice(1).every((issuer, at) => chain[at]?.verify(issuer.publicKey)),
    'the key of a certificate',
  );
  if (!isChain) throw new SignatureError('its certificates are not signed by each other');
  return { signer: shown(signer), root: shown(root) };
}

/** Runs what throws errors of the library for data that it cannot read. */
function trying<T>(run: () => T, what: string): T {
  try {
    return run();
  } catch (error) {
    throw new SignatureError(`${what} cannot be read`, { cause: error });
  }
}

function shown({ fingerprint256, subject }: X509Certificate): Certificate {
  // Despite its type, it is undefined if the subject is empty.
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
