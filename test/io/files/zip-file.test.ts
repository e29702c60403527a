import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { NewArchive } from '../../../src/app/ports/new-archives.js';
import { openArchive } from '../../../src/archive/archive.js';
import { createZipFiles } from '../../../src/io/files/zip-file.js';
import { byteSourceOf } from '../../../src/model/byte-source.js';
import { sitePath } from '../../../src/model/site-path.js';
import { makeFolder } from '../../support/folders.js';

const LARGE = Buffer.alloc(3_000_000, 'large');

function zipsIn(cwd: string, { signal = new AbortController().signal, wholeBytes = 1_000_000 } = {}) {
  return createZipFiles({ cwd, runId: 'run', signal, wholeBytes });
}

/** A file of the folder, as it is now. */
function local(cwd: string, file: string) {
  const { size, mtimeMs: modified } = statSync(path.join(cwd, file));
  return { file, size, modified };
}

async function addAll(archive: NewArchive, cwd: string): Promise<string[]> {
  writeFileSync(path.join(cwd, 'large'), LARGE);
  writeFileSync(path.join(cwd, 'small'), 'small');
  return [
    await archive.add(sitePath('first'), Buffer.from('1'), false),
    await archive.add(sitePath('a/large'), local(cwd, 'large'), false),
    await archive.add(sitePath('a/ü'), local(cwd, 'small'), true),
    await archive.add(sitePath('last'), Buffer.alloc(0), false),
  ];
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The modes and times of the entries, in the order of the directory. */
function headersOf(zip: Buffer): { mode: string; time: number; isInOnePiece: boolean }[] {
  const headers = [];
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 1))
    headers.push({
      mode: (zip.readUInt32LE(at + 38) >>> 16).toString(8),
      time: zip.readUInt32LE(at + 12),
      isInOnePiece: (zip.readUInt16LE(at + 8) & 8) === 0,
    });
  return headers;
}

test('an archive contains the files as they are, and the same files give the same archive', async () => {
  const archives: Buffer[] = [];
  for (let run = 0; run < 2; run++) {
    const cwd = makeFolder();
    const archive = await zipsIn(cwd).create('out.zip', false);
    const sums = await addAll(archive, cwd);
    expect(sums).toEqual([sha256('1'), sha256(LARGE), sha256('small'), sha256('')]);
    expect(existsSync(path.join(cwd, 'out.zip'))).toBe(false);
    const size = await archive.finish();
    await archive.discard();
    expect(readdirSync(cwd).sort()).toEqual(['large', 'out.zip', 'small']);
    archives.push(readFileSync(path.join(cwd, 'out.zip')));
    expect(size).toBe(archives.at(-1)?.length);
  }
  const [zip = Buffer.alloc(0), other] = archives;
  expect(other?.equals(zip)).toBe(true);
  const read = openArchive(byteSourceOf(zip), 'out.zip');
  expect(read.entries.map(({ name }) => name)).toEqual(['first', 'a/large', 'a/ü', 'last']);
  for (const [name, content] of [
    ['a/large', LARGE],
    ['a/ü', Buffer.from('small')],
  ] as const)
    expect(read.read(read.find(name) as never, LARGE.length)?.equals(content)).toBe(true);
  // The first of February 1980, at midnight.
  const time = 0x00410000;
  expect(headersOf(zip)).toEqual([
    { mode: '100644', time, isInOnePiece: true },
    { mode: '100644', time, isInOnePiece: false },
    { mode: '100755', time, isInOnePiece: true },
    { mode: '100644', time, isInOnePiece: true },
  ]);
});

test('an existing file is only replaced if that is wanted, also if it appears meanwhile', async () => {
  const cwd = makeFolder();
  const file = path.join(cwd, 'out.zip');
  const late = await zipsIn(cwd).create('out.zip', false);
  writeFileSync(file, 'old');
  await expect(late.finish()).rejects.toThrow('out.zip exists.');
  await late.discard();
  await expect(zipsIn(cwd).create('out.zip', false)).rejects.toMatchObject({
    code: 'site',
    hint: expect.stringContaining('--force') as unknown,
  });
  expect(readFileSync(file, 'utf8')).toBe('old');
  const archive = await zipsIn(cwd).create('out.zip', true);
  await archive.add(sitePath('a'), Buffer.from('a'), false);
  await archive.finish();
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  expect(readdirSync(cwd)).toEqual(['out.zip']);
});

test.each([10, 10_000_000])(
  'a file that has changed stops the archive (files up to %d bytes in one piece)',
  async (wholeBytes) => {
    const cwd = makeFolder();
    writeFileSync(path.join(cwd, 'file'), LARGE);
    const longer = { ...local(cwd, 'file'), size: LARGE.length + 1 };
    utimesSync(path.join(cwd, 'file'), 1, 1);
    const older = local(cwd, 'file');
    utimesSync(path.join(cwd, 'file'), 2, 2);
    for (const changed of [longer, older]) {
      const archive = await zipsIn(cwd, { wholeBytes }).create('out.zip', false);
      await expect(archive.add(sitePath('a'), changed, false)).rejects.toMatchObject({
        code: 'site',
        message: 'file has changed while the site was read.',
      });
      await archive.discard();
    }
    expect(readdirSync(cwd)).toEqual(['file']);
  },
);

test('an interrupted archive leaves nothing', async () => {
  const cwd = makeFolder();
  const controller = new AbortController();
  const archive = await zipsIn(cwd, { signal: controller.signal }).create('out.zip', false);
  await archive.add(sitePath('a'), Buffer.from('a'), false);
  controller.abort();
  await expect(archive.add(sitePath('b'), LARGE, false)).rejects.toMatchObject({ name: 'AbortError' });
  await expect(archive.finish()).rejects.toMatchObject({ name: 'AbortError' });
  await archive.discard();
  expect(readdirSync(cwd)).toEqual([]);
});

test.each([false, true])('a folder is never replaced (overwrite: %s)', async (overwrite) => {
  const cwd = makeFolder();
  mkdirSync(path.join(cwd, 'folder.zip'));
  const expected = {
    code: 'site',
    message: 'folder.zip is a folder.',
    hint: 'Choose another name for the archive.',
  };
  await expect(zipsIn(cwd).create('folder.zip', overwrite)).rejects.toMatchObject(expected);
  const late = await zipsIn(cwd).create('late.zip', overwrite);
  mkdirSync(path.join(cwd, 'late.zip'));
  await expect(late.finish()).rejects.toMatchObject({ message: 'late.zip is a folder.' });
  await late.discard();
  expect(readdirSync(cwd)).toEqual(['folder.zip', 'late.zip']);
});

test('a file that does not exist any more stops the archive', async () => {
  const cwd = makeFolder();
  const archive = await zipsIn(cwd).create('out.zip', false);
  await expect(
    archive.add(sitePath('a'), { file: 'none', size: 1, modified: 1 }, false),
  ).rejects.toMatchObject({
    code: 'site',
    message: 'none has changed while the site was read.',
    hint: 'Nothing was written. Run again when no other program writes to the site.',
  });
  await archive.discard();
  await archive.discard();
  expect(readdirSync(cwd)).toEqual([]);
});

test('a large archive waits until its parts are written', async () => {
  const cwd = makeFolder();
  const archive = await zipsIn(cwd).create('out.zip', false);
  for (let at = 0; at < 5; at++) await archive.add(sitePath(`part${at}`), LARGE, false);
  const size = await archive.finish();
  expect(size).toBe(statSync(path.join(cwd, 'out.zip')).size);
  expect(size).toBeGreaterThan(5 * LARGE.length);
});

test('what is written does not stay in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const archive = await zipsIn(makeFolder()).create('out.zip', false);
  const addPart = async (at: number) => {
    const bytes = new Uint8Array(500_000);
    await archive.add(sitePath(`part${at}`), bytes, false);
    return new WeakRef(bytes.buffer);
  };
  const parts: WeakRef<ArrayBuffer>[] = [];
  for (let at = 0; at < 20; at++) parts.push(await addPart(at));
  await setTimeout(50);
  collect();
  expect(parts.filter((part) => part.deref() !== undefined).length).toBeLessThan(5);
  await archive.finish();
});

test('a folder that does not exist is explained', async () => {
  await expect(zipsIn(makeFolder()).create('none/out.zip', true)).rejects.toMatchObject({
    code: 'site',
    message: 'none/out.zip cannot be written: the folder none does not exist.',
    hint: 'Make the folder, or choose another place for the archive.',
  });
});
