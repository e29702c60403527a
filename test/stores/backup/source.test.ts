import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ReadableSite } from '../../../src/app/ports/site-source.js';
import { sitePath } from '../../../src/model/site-path.js';
import { place } from '../../../src/stores/backup/place.js';
import { openSource } from '../../../src/stores/backup/source.js';
import type { StoreContext } from '../../../src/stores/store.js';
import { makeFolder } from '../../support/folders.js';
import { makeZip, type ZipEntry } from '../../support/zip.js';

const LARGE = Buffer.alloc(9 * 1024 * 1024, 'large');
const ENTRIES: readonly ZipEntry[] = [
  { name: 'db.xml.gz', content: 'index', stored: true },
  { name: 'macros/', content: '' },
  { name: 'macros/a.ijm-1', content: 'first' },
  { name: 'jars/large.jar-1', content: LARGE },
  { name: '../outside', content: 'x' },
  { name: '/absolute', content: 'x' },
  { name: 'a\\b', content: 'x' },
];

function source(bytes: Uint8Array | undefined, signal = new AbortController().signal) {
  const cwd = makeFolder();
  if (bytes) writeFileSync(path.join(cwd, 'backup.zip'), bytes);
  return openSource({ kind: 'backup', file: 'backup.zip' }, { cwd, signal } as StoreContext);
}

async function withSite<T>(bytes: Uint8Array, use: (site: ReadableSite) => Promise<T>): Promise<T> {
  const opened = source(bytes);
  try {
    return await use(await opened.open(false));
  } finally {
    await opened.close();
  }
}

test('the notation of a backup is read', () => {
  const faults: string[] = [];
  const parse = (notation: string) => place.parse(notation, (what) => faults.push(what));
  expect(parse('zip:a/b.zip')).toEqual({ kind: 'backup', file: 'a/b.zip' });
  expect(parse('ZIP:///a/b.zip')).toEqual({ kind: 'backup', file: '/a/b.zip' });
  expect(parse('file:a.zip')).toBeUndefined();
  expect(faults).toEqual([]);
  parse('zip:');
  expect(faults).toEqual(['it names no file']);
});

test('files are found by their exact names, and only those that a site can have are listed', async () => {
  await withSite(makeZip(ENTRIES), async (site) => {
    expect(await site.listFiles?.()).toEqual(['db.xml.gz', 'macros/a.ijm-1', 'jars/large.jar-1']);
    expect(Buffer.from((await site.readFile(sitePath('db.xml.gz'))) ?? []).toString()).toBe('index');
    expect(await site.readFile(sitePath('updatePlugins.xml'))).toBeUndefined();
    const done: number[] = [];
    const states = await site.statFiles([sitePath('macros/a.ijm-1'), sitePath('macros')], () => done.push(1));
    expect(states).toEqual([{ status: 'there', size: 5 }, { status: 'missing' }]);
    expect(done).toEqual([1, 1]);
  });
});

test('files are copied to where the caller wants them, and nowhere else', async () => {
  const folder = makeFolder();
  await withSite(makeZip(ENTRIES), async (site) => {
    let bytes = 0;
    const files = await site.fetchFiles(
      ['macros/a.ijm-1', 'jars/large.jar-1', 'jars/none.jar-1'].map((name) => sitePath(name)),
      {
        fileFor: (name) => path.join(folder, name.replaceAll('/', '_')),
        maxBytesEach: LARGE.length,
        onBytes: (more) => {
          bytes += more;
        },
      },
    );
    expect(files.map(({ status }) => status)).toEqual(['there', 'there', 'missing']);
    expect(bytes).toBe(5 + LARGE.length);
  });
  expect(readdirSync(folder)).toEqual(['jars_large.jar-1', 'macros_a.ijm-1']);
  expect(readFileSync(path.join(folder, 'jars_large.jar-1')).equals(LARGE)).toBe(true);
});

test('a file that is too large is reported, whatever the archive states, and nothing of it stays', async () => {
  const folder = makeFolder();
  const bytes = makeZip([
    { name: 'a', content: 'too large' },
    { name: 'b', content: LARGE, claims: { size: 1 } },
  ]);
  const files = await withSite(bytes, (site) =>
    site.fetchFiles(
      ['a', 'b'].map((name) => sitePath(name)),
      { fileFor: (name) => path.join(folder, name), maxBytesEach: 8 },
    ),
  );
  const tooLarge = { status: 'failed', reason: 'it has more than 8 bytes' };
  expect(files).toEqual([tooLarge, tooLarge]);
  expect(readdirSync(folder)).toEqual([]);
});

test('an archive that cannot be read is explained', async () => {
  const whole = makeZip(ENTRIES);
  await expect(source(undefined).open(false)).rejects.toMatchObject({
    code: 'site',
    message: 'The backup backup.zip cannot be read: it does not exist.',
  });
  await expect(source(Buffer.from('text')).open(false)).rejects.toMatchObject({
    code: 'site',
    message: 'The backup backup.zip cannot be read: it is not a zip archive, or it is cut short.',
  });
  await expect(source(whole.subarray(0, -30)).open(false)).rejects.toMatchObject({ code: 'site' });
  const folder = openSource({ kind: 'backup', file: '.' }, { cwd: makeFolder() } as StoreContext);
  await expect(folder.open(false)).rejects.toMatchObject({
    message: 'The backup . cannot be read: it is not a regular file.',
  });
});

test('a backup that was cut short after a jar, and looks like this jar, is explained', async () => {
  const jar = makeZip([{ name: 'plugins.config', content: 'Plugins' }]);
  const whole = makeZip([
    { name: 'jars/tool.jar-1', content: jar, stored: true },
    { name: 'db.xml.gz', content: 'index' },
  ]);
  const end = whole.indexOf(jar) + jar.length;
  await withSite(whole.subarray(0, end), async (site) => {
    expect(await site.readFile(sitePath('db.xml.gz'))).toBeUndefined();
    expect(await site.adviceIfEmpty?.()).toMatch(/it is not complete: use another copy of it\.$/);
  });
});

test('a damaged index or entry is a fault of the backup', async () => {
  const bytes = makeZip([
    { name: 'db.xml.gz', content: Buffer.alloc(5000, 'index') },
    { name: 'a', content: 'x', claims: { offset: 3 } },
  ]);
  bytes.fill(0xff, 45, 55);
  const folder = makeFolder();
  await withSite(bytes, async (site) => {
    await expect(site.readFile(sitePath('db.xml.gz'))).rejects.toMatchObject({
      code: 'site',
      message: expect.stringContaining('the entry "db.xml.gz" cannot be unpacked') as unknown,
    });
    const file = path.join(folder, 'a');
    expect(await site.fetchFiles([sitePath('a')], { fileFor: () => file, maxBytesEach: 100 })).toEqual([
      { status: 'failed', reason: 'the entry "a" is not where the directory states' },
    ]);
    expect(existsSync(file)).toBe(false);
  });
});

test('an interrupted run stops', async () => {
  const controller = new AbortController();
  const opened = source(makeZip(ENTRIES), controller.signal);
  const site = await opened.open(false);
  controller.abort();
  const options = { fileFor: () => '', maxBytesEach: 100 };
  await expect(site.fetchFiles([sitePath('macros/a.ijm-1')], options)).rejects.toThrow(/abort/);
  await opened.close();
});

test('files that are not what SHA256SUMS states are reported', async () => {
  const sum = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
  const sums = [
    [sum('index'), 'db.xml.gz'],
    [sum('other'), 'updatePlugins.xml'],
    [sum('lost'), 'updatePlugins-versions.json'],
    [sum(LARGE), 'jars/large.jar-1'],
    [sum('first'), 'macros/a.ijm-1'],
    [sum('second'), 'macros/a.ijm-2'],
  ];
  const bytes = makeZip([
    { name: 'db.xml.gz', content: 'index' },
    { name: 'updatePlugins.xml', content: 'index' },
    { name: 'jars/large.jar-1', content: LARGE },
    { name: 'macros/a.ijm-1', content: 'first' },
    { name: 'macros/a.ijm-2', content: 'Second' },
    { name: 'macros/a.ijm-3', content: 'in no list' },
    { name: 'SHA256SUMS', content: sums.map((line) => `${line.join('  ')}\n`).join('') },
  ]);
  const folder = makeFolder();
  const names = ['jars/large.jar-1', 'macros/a.ijm-1', 'macros/a.ijm-2', 'macros/a.ijm-3'];
  await withSite(bytes, async (site) => {
    expect(Buffer.from((await site.readFile(sitePath('db.xml.gz'))) ?? []).toString()).toBe('index');
    await expect(site.readFile(sitePath('updatePlugins.xml'))).rejects.toMatchObject({
      code: 'site',
      message:
        'The backup backup.zip cannot be read: updatePlugins.xml is not what the SHA256SUMS of the backup state.',
      hint: 'It is damaged or not complete. Use another copy of it.',
    });
    await expect(site.readFile(sitePath('updatePlugins-versions.json'))).rejects.toThrow(
      'The backup backup.zip cannot be read: it does not contain updatePlugins-versions.json, which its SHA256SUMS name.',
    );
    const files = await site.fetchFiles(
      names.map((name) => sitePath(name)),
      { fileFor: (name) => path.join(folder, path.basename(name)), maxBytesEach: LARGE.length },
    );
    const damage = 'it is not what the SHA256SUMS of the backup state';
    expect(files.map((one) => (one.status === 'there' ? one.damage : one))).toEqual([
      undefined,
      undefined,
      damage,
      undefined,
    ]);
  });
});

test('an index of absurd size is refused before it is unpacked', async () => {
  const bytes = makeZip([{ name: 'db.xml.gz', content: Buffer.alloc(64 * 1024 * 1024 + 1) }]);
  await withSite(bytes, async (site) => {
    await expect(site.readFile(sitePath('db.xml.gz'))).rejects.toMatchObject({
      code: 'limit',
      message: 'db.xml.gz in backup.zip has more than 67108864 bytes.',
      hint: 'A file of this size is damaged, or not an index.',
    });
  });
});

test('a copy that cannot be written is not a fault of the backup', async () => {
  const missing = path.join(makeFolder(), 'missing', 'a');
  await withSite(makeZip(ENTRIES), async (site) => {
    const options = { fileFor: () => missing, maxBytesEach: 100 };
    await expect(site.fetchFiles([sitePath('macros/a.ijm-1')], options)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

test('a defect of the caller while a file is copied leaves no part of it', async () => {
  const file = path.join(makeFolder(), 'a');
  const defect = new TypeError('x is undefined');
  const options = {
    fileFor: () => file,
    maxBytesEach: 100,
    onBytes: () => {
      throw defect;
    },
  };
  await withSite(makeZip(ENTRIES), async (site) => {
    await expect(site.fetchFiles([sitePath('macros/a.ijm-1')], options)).rejects.toBe(defect);
  });
  expect(existsSync(file)).toBe(false);
});
