import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  FileTooLargeError,
  NotAFileError,
  readFileBounded,
  readStreamBounded,
  type Readable,
} from '../../../src/io/files/read-bounded.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

/** Yields chunks of one byte without ever waiting. */
async function* flood(count: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < count; at++) yield await Promise.resolve(Uint8Array.of(at & 255));
}

describe('a bounded read of a stream', () => {
  it('returns the bytes of all chunks, or nothing if the stream exceeds the bound', async () => {
    const bytes = await readStreamBounded(flood(20_000), 20_000);
    expect(bytes?.length).toBe(20_000);
    expect(bytes?.every((byte, at) => byte === (at & 255))).toBe(true);
    expect(await readStreamBounded(flood(20_001), 20_000)).toBeUndefined();
    expect(await readStreamBounded(flood(0), 10)).toHaveLength(0);
  });

  it.each([0, 1, 999, 1000, 1001, 5000])(
    'returns the same if %d bytes are expected',
    async (expectedBytes) => {
      const whole = await readStreamBounded(flood(1000), 2000);
      expect(await readStreamBounded(flood(1000), 2000, { expectedBytes })).toEqual(whole);
      expect(await readStreamBounded(flood(1001), 1000, { expectedBytes })).toBeUndefined();
    },
  );

  it('ends at its deadline even if the stream never waits', async () => {
    // Without pauses between chunks, timers would fire only after all of them are read.
    const read = readStreamBounded(flood(50_000_000), 100_000_000, { signal: AbortSignal.timeout(50) });
    await expect(read).rejects.toMatchObject({ name: 'TimeoutError' });
  }, 5000);
});

const READABLES: readonly Readable[] = ['anything', 'files', 'files, not links'];

describe.each(READABLES)('a bounded read of a file that may be: %s', (readable) => {
  it.each([0, 1, 64 * 1024, 512 * 1024 + 1, 3_000_000])('returns all of its bytes, %d', async (size) => {
    const file = path.join(makeFolder(), 'file');
    const bytes = Buffer.alloc(size, 'a text that does not divide a chunk');
    writeFileSync(file, bytes);
    expect((await readFileBounded(file, size, readable)).equals(bytes)).toBe(true);
  });

  it('returns nothing if the file exceeds the bound', async () => {
    const file = path.join(makeFolder(), 'file');
    writeFileSync(file, 'four');
    const error: unknown = await readFileBounded(file, 3, readable).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FileTooLargeError);
    expect(error).toHaveProperty('message', 'has 4 bytes; at most 3 are read');
  });

  it('reports a missing file', async () => {
    const file = path.join(makeFolder(), 'file');
    await expect(readFileBounded(file, 3, readable)).rejects.toHaveProperty('code', 'ENOENT');
  });

  posixTest('follows a link unless only files may be read', async () => {
    const folder = makeFolder();
    writeFiles(folder, { file: 'x' });
    symlinkSync('file', path.join(folder, 'link'));
    const read = readFileBounded(path.join(folder, 'link'), 3, readable);
    if (readable === 'files, not links') await expect(read).rejects.toHaveProperty('code', 'ELOOP');
    else expect((await read).toString()).toBe('x');
  });

  posixTest('does not read a folder', async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, 'folder'));
    const read = readFileBounded(path.join(folder, 'folder'), 1_000_000, readable);
    if (readable === 'anything') await expect(read).rejects.toHaveProperty('code', 'EISDIR');
    else await expect(read).rejects.toBeInstanceOf(NotAFileError);
  });

  posixTest('waits for a pipe only if anything may be read', async () => {
    const pipe = path.join(makeFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    if (readable === 'anything') {
      spawn('sh', ['-c', '(printf one; sleep 0.1; printf two) > "$0"', pipe], { stdio: 'ignore' });
      expect((await readFileBounded(pipe, 100, readable)).toString()).toBe('onetwo');
    } else {
      await expect(readFileBounded(pipe, 100, readable)).rejects.toBeInstanceOf(NotAFileError);
    }
  });
});

posixTest('a file without a size is read up to the bound', async () => {
  const error: unknown = await readFileBounded('/dev/zero', 100, 'anything').catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FileTooLargeError);
  expect(error).toHaveProperty('message', 'has more than 100 bytes; at most 100 are read');
  if (process.platform === 'linux') {
    expect((await readFileBounded('/proc/version', 10_000, 'files')).toString()).toBe(
      readFileSync('/proc/version', 'utf8'),
    );
  }
});
