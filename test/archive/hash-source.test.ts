import { createHash } from 'node:crypto';
import { hashSource } from '../../src/archive/hash-source.js';
import { byteSourceOf, type ByteSource } from '../../src/model/byte-source.js';

const BLOCK = 4 * 1024 * 1024;

describe('the hash of a source', () => {
  it.each([0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 7])('covers each of its %d bytes once', (size) => {
    const bytes = Buffer.alloc(size, 'some text that does not divide a block');
    const reads: number[] = [];
    const source: ByteSource = {
      size,
      read: (offset, length) => {
        reads.push(length);
        return byteSourceOf(bytes).read(offset, length);
      },
    };
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(hashSource(source, createHash('sha256')).digest('hex')).toBe(expected);
    expect(reads.every((length) => length <= BLOCK)).toBe(true);
    expect(reads.reduce((sum, length) => sum + length, 0)).toBe(size);
    expect(reads).toHaveLength(Math.ceil(size / BLOCK));
  });

  it('includes the bytes that were added to the hash before', () => {
    const hash = createHash('sha1').update('name');
    expect(hashSource(byteSourceOf(Buffer.from('content')), hash).digest('hex')).toBe(
      createHash('sha1').update('namecontent').digest('hex'),
    );
  });

  it('fails if the source is shorter than its size', () => {
    const source = { ...byteSourceOf(Buffer.from('abc')), size: 4 };
    expect(() => hashSource(source, createHash('sha1'))).toThrow(RangeError);
  });
});
