import fc from 'fast-check';
import { openArchive } from '../../../../src/archive/archive.js';
import { inspectPlugin } from '../../../../src/formats/jetbrains/descriptor/plugin-archive.js';
import { readSignature } from '../../../../src/formats/jetbrains/signature/signature.js';
import { byteSourceOf } from '../../../../src/model/byte-source.js';
import { pluginZip } from '../../../support/plugin-archive.js';
import {
  certificateOf,
  field,
  fingerprintOf,
  signArchive,
  signingFixture,
  withBlock,
} from '../../../support/signed-archive.js';
import { makeZip } from '../../../support/zip.js';

const ZIP = pluginZip();
const signatureOf = (bytes: Buffer) => readSignature(byteSourceOf(bytes), 1000);
const LAB = { fingerprint: fingerprintOf('rsa'), name: 'Test Lab' };

test('an archive without a signing block is not signed', () => {
  expect(signatureOf(ZIP)).toEqual({ state: 'unsigned' });
  expect(signatureOf(makeZip([]))).toEqual({ state: 'unsigned' });
  expect(signatureOf(makeZip([], { comment: '@PK Sig Block 42' }))).toEqual({ state: 'unsigned' });
});

test.each([
  ['RSA and SHA-256', 'rsa', 'rsa-sha256', LAB],
  ['RSA and SHA-512', 'rsa', 'rsa-sha512', LAB],
  ['ECDSA', 'ec', 'ec-sha384', { fingerprint: fingerprintOf('ec'), name: 'Another Lab' }],
] as const)('a signature with %s is read and verified', (_, by, kind, certificate) => {
  expect(signatureOf(signArchive(ZIP, { by, kind }))).toEqual({
    state: 'signed',
    signer: certificate,
    root: certificate,
  });
});

describe('archives that marketplace-zip-signer signed', () => {
  const another = { fingerprint: fingerprintOf('ec'), name: 'Another Lab' };
  const leaf = { fingerprint: fingerprintOf('leaf'), name: 'Test Lab Signer' };
  test.each([
    ['with RSA', 'real-rsa', LAB, LAB],
    ['with ECDSA', 'real-ec', another, another],
    ['with a chain', 'real-leaf', leaf, LAB],
    ['twice', 'real-twice', LAB, LAB],
  ])('are read: %s', (_, name, signer, root) => {
    expect(signatureOf(signingFixture(`${name}.zip`))).toEqual({ state: 'signed', signer, root });
  });

  test('are equal to those that the tests create, if the signature is deterministic', () => {
    const unsigned = signingFixture('unsigned.zip');
    const chain = [certificateOf('leaf'), certificateOf('rsa')];
    expect(signArchive(unsigned)).toEqual(signingFixture('real-rsa.zip'));
    expect(signArchive(unsigned, { by: 'leaf', chain })).toEqual(signingFixture('real-leaf.zip'));
  });
});

test('the root is the last certificate of the chain', () => {
  const chain = [certificateOf('leaf'), certificateOf('rsa')];
  expect(signatureOf(signArchive(ZIP, { by: 'leaf', chain }))).toEqual({
    state: 'signed',
    signer: { fingerprint: fingerprintOf('leaf'), name: 'Test Lab Signer' },
    root: LAB,
  });
});

test('an archive of several chunks and with a comment is verified', () => {
  const content = Buffer.alloc(2_500_000, 'content that is stored');
  const zip = makeZip([{ name: 'a', content, stored: true }], { comment: 'a comment' });
  const signed = signArchive(zip);
  expect(signatureOf(signed).state).toBe('signed');
  signed.writeUInt8(0, 2_000_000);
  expect(signatureOf(signed)).toEqual({
    state: 'invalid',
    reason: 'the content of the archive has changed since it was signed',
  });
});

test('the first signer of an archive that was signed twice counts', () => {
  let first: Buffer = Buffer.alloc(0);
  signArchive(ZIP, { by: 'rsa', edit: (metadata) => (first = metadata) });
  // Messages are merged by concatenation.
  const both = signArchive(ZIP, { by: 'ec', edit: (metadata) => Buffer.concat([first, metadata]) });
  expect(signatureOf(both)).toMatchObject({ state: 'signed', signer: LAB });
});

test('bytes before the archive hide the signature from IDEs', () => {
  expect(signatureOf(Buffer.concat([Buffer.from('#!'), signArchive(ZIP)]))).toEqual({ state: 'unsigned' });
});

const VERSION = Buffer.from([0x08, 1]);
const HUGE = Buffer.from([0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);

test.each([
  ['is empty', withBlock(ZIP, Buffer.alloc(0)), 'its version 0 is unknown'],
  ['has another version', withBlock(ZIP, Buffer.from([0x08, 2])), 'its version 2 is unknown'],
  ['has no signer', withBlock(ZIP, VERSION), 'it does not contain a signer'],
  ['ends in a number', withBlock(ZIP, Buffer.from([0x08, 0x80])), 'it is damaged'],
  ['has an endless number', withBlock(ZIP, Buffer.alloc(100, 0xff)), 'it is damaged'],
  ['has a group', withBlock(ZIP, Buffer.from([0x0b])), 'it is damaged'],
  ['has a part beyond its end', withBlock(ZIP, Buffer.concat([VERSION, HUGE])), 'it is damaged'],
  [
    'has a digest of another kind',
    withBlock(ZIP, Buffer.concat([VERSION, field(2, field(1, Buffer.from([0x08, 9])))])),
    'its digest algorithm is unknown',
  ],
  [
    'has many signers',
    withBlock(
      ZIP,
      Buffer.concat([VERSION, field(2, Buffer.concat(Array<Buffer>(17).fill(field(2, Buffer.alloc(0)))))]),
    ),
    'it has 17 parts of one kind; at most 16 are read',
  ],
  [
    'is too long',
    withBlock(ZIP, Buffer.alloc(1024 * 1024)),
    'it has 1048600 bytes; at most 1048576 are read',
  ],
  ['has no certificate', signArchive(ZIP, { chain: [] }), 'a signer has no certificate'],
  [
    'has an invalid certificate',
    signArchive(ZIP, { chain: [Buffer.from('x')] }),
    'a certificate cannot be read',
  ],
  [
    'has the certificate of another key',
    signArchive(ZIP, { by: 'rsa', chain: [certificateOf('leaf')] }),
    'the signature does not match the key of its certificate',
  ],
  [
    'has the certificate of a key of another kind',
    signArchive(ZIP, { by: 'rsa', chain: [certificateOf('ec')] }),
    'the signature does not match the key of its certificate',
  ],
  [
    'has certificates that do not form a chain',
    signArchive(ZIP, { chain: [certificateOf('rsa'), certificateOf('ec')] }),
    'its certificates do not form a chain',
  ],
])('a signing block that %s is not valid', (_, bytes, reason) => {
  expect(signatureOf(bytes)).toEqual({ state: 'invalid', reason });
});

const number = (at: number, value: number) => Buffer.from([at << 3, value]);
const content = (...parts: Buffer[]) =>
  withBlock(ZIP, Buffer.concat([VERSION, field(2, Buffer.concat(parts))]));

test.each([
  [
    'has 1 MB and a part that ends before its end',
    withBlock(ZIP, Buffer.concat([VERSION, Buffer.alloc(1024 * 1024 - 26)])),
    'it does not contain a signer',
  ],
  [
    'has 16 signers without certificates',
    content(...Array<Buffer>(16).fill(field(2, Buffer.alloc(0)))),
    'a signer has no certificate',
  ],
  [
    'has a certificate and no signature',
    content(field(2, field(1, certificateOf('rsa')))),
    'a signer has no signature',
  ],
  [
    'has an unknown kind of signature',
    content(field(2, Buffer.concat([field(1, certificateOf('rsa')), field(2, number(1, 9))]))),
    'its signature algorithm is unknown, or the digest for it is missing',
  ],
  [
    'has a signature without its digest',
    content(field(2, Buffer.concat([field(1, certificateOf('rsa')), field(2, number(1, 0))]))),
    'its signature algorithm is unknown, or the digest for it is missing',
  ],
  [
    'has a number of 8 bytes that is cut',
    withBlock(ZIP, Buffer.from([0x09, 1, 2, 3, 4, 5, 6, 7])),
    'it is damaged',
  ],
  ['has a number of 4 bytes that is cut', withBlock(ZIP, Buffer.from([0x0d, 1, 2, 3])), 'it is damaged'],
  [
    'has a number of 10 bytes',
    withBlock(ZIP, Buffer.from([0x08, ...Array<number>(9).fill(0x80), 2])),
    'its version 18446744073709552000 is unknown',
  ],
  [
    'has a number of 11 bytes',
    withBlock(ZIP, Buffer.from([0x08, ...Array<number>(10).fill(0x80), 0])),
    'it is damaged',
  ],
  [
    'has its version twice',
    withBlock(ZIP, Buffer.concat([VERSION, number(1, 3)])),
    'its version 3 is unknown',
  ],
])('a signing block that %s is refused', (_, bytes, reason) => {
  expect(signatureOf(bytes)).toEqual({ state: 'invalid', reason });
});

test('unknown fields of a signing block are ignored', () => {
  const unknown = Buffer.from([0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x1d, 1, 2, 3, 4, 0x22, 2, 8, 9, 0x28, 0x80, 1]);
  const edit = (metadata: Buffer) => Buffer.concat([unknown, metadata, unknown]);
  expect(signatureOf(signArchive(ZIP, { edit }))).toEqual({ state: 'signed', signer: LAB, root: LAB });
});

test('an archive whose content before the directory only ends like a signing block is not signed', () => {
  const of = (text: string) => {
    const zip = makeZip([{ name: text, content: '', stored: true }]);
    return signatureOf(zip);
  };
  expect(of('@PK Sig Block 42')).toEqual({ state: 'invalid', reason: 'its length is wrong' });
  expect(of('@PK Sig Block 43')).toEqual({ state: 'unsigned' });
});

test('the length of a signing block may not be larger than the bytes before it', () => {
  const signed = signArchive(makeZip([]));
  const footer = signed.indexOf('@PK Sig Block 42') - 8;
  expect(signatureOf(signed)).toMatchObject({ state: 'signed' });
  signed.writeUInt32LE(signed.readUInt32LE(footer) + 1, footer);
  expect(signatureOf(signed)).toEqual({ state: 'invalid', reason: 'its length is wrong' });
  signed.writeUInt32LE(23, footer);
  expect(signatureOf(signed)).toEqual({ state: 'invalid', reason: 'its length is wrong' });
});

test('a signing block with two different lengths is not valid', () => {
  const signed = signArchive(ZIP);
  const footer = signed.indexOf('@PK Sig Block 42') - 8;
  signed.writeUInt32LE(signed.readUInt32LE(footer) - 1, footer);
  expect(signatureOf(signed)).toEqual({ state: 'invalid', reason: 'its length is wrong' });
  signed.writeUInt32LE(0xffffffff, footer + 4);
  expect(signatureOf(signed)).toEqual({ state: 'invalid', reason: 'its length is wrong' });
});

test('an archive with a signing block can be read', () => {
  const names = (bytes: Buffer) => openArchive(byteSourceOf(bytes), 'x.zip').entries.map(({ name }) => name);
  expect(names(signArchive(ZIP))).toEqual(names(ZIP));
});

test('the inspection of a plugin contains the signature, which can be passed between threads', () => {
  const inspection = inspectPlugin(byteSourceOf(signArchive(ZIP)), 'p.zip');
  expect(inspection.problems).toEqual([]);
  expect(inspection.signature).toEqual({ state: 'signed', signer: LAB, root: LAB });
  expect(structuredClone(inspection)).toEqual(inspection);
});

test('a signature that is not valid is a warning', () => {
  const { descriptor, problems } = inspectPlugin(byteSourceOf(withBlock(ZIP, VERSION)), 'p.zip');
  expect(descriptor?.id).toBe('org.lab.cells');
  expect(problems).toMatchObject([
    {
      severity: 'warning',
      code: 'invalid-signature',
      path: 'p.zip',
      hint: 'Sign it as the last step of the build, and publish build/distributions/*-signed.zip. Otherwise, IDEs that check signatures warn their users.',
      message: 'The signing block of p.zip is not valid: it does not contain a signer.',
    },
  ]);
});

test('reading a damaged signed archive does not throw, and never returns another signer', () => {
  const chain = [certificateOf('leaf'), certificateOf('rsa')];
  const signed = signArchive(ZIP, { by: 'leaf', chain });
  const directoryAt = signed.readUInt32LE(signed.length - 6);
  const edit = fc.record({ at: fc.nat(directoryAt - 1), byte: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      const bytes = Buffer.from(signed);
      for (const { at, byte } of edits) bytes.writeUInt8(byte, at);
      fc.pre(!bytes.equals(signed));
      const signature = signatureOf(bytes);
      if (signature.state !== 'signed') return;
      // The last certificate does not prove itself. IDEs compare it as a whole, and so does this program.
      expect(signature.signer.fingerprint).toBe(fingerprintOf('leaf'));
    }),
    { numRuns: 1500 },
  );
});

test('random bytes in place of the messages are never a signature', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(signatureOf(withBlock(ZIP, Buffer.from(bytes))).state).not.toBe('signed');
    }),
    { numRuns: 1000 },
  );
});

test('messages with a part that is cut, duplicated or moved are read or refused', () => {
  const piece = fc.record({ from: fc.nat(3000), length: fc.nat(3000), to: fc.nat(3000) });
  fc.assert(
    fc.property(piece, ({ from, length, to }) => {
      const signed = signArchive(ZIP, {
        edit: (metadata) => {
          const part = metadata.subarray(from, from + length);
          const rest = Buffer.concat([metadata.subarray(0, from), metadata.subarray(from + length)]);
          return Buffer.concat([rest.subarray(0, to), part, part, rest.subarray(to)]);
        },
      });
      expect(['signed', 'invalid']).toContain(signatureOf(signed).state);
    }),
    { numRuns: 200 },
  );
});
