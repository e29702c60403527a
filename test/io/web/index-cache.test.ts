import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createIndexCache, type CachedIndex } from '../../../src/io/web/index-cache.js';
import { makeFolder, writeFiles } from '../../support/folders.js';

const URL = 'https://example.org/db.xml.gz';
const COPY: CachedIndex = {
  bytes: Buffer.from('the index'),
  validators: { etag: '"1"', lastModified: undefined },
  date: '2026-11-25T10:00:00.000Z',
};

/** Creates a cache with a copy, and returns the paths of the two files of that copy. */
async function filled() {
  const root = makeFolder();
  const cache = createIndexCache(root, 100);
  await cache.write(URL, COPY);
  const [name = ''] = readdirSync(root);
  const file = (of: string) => path.join(root, name, of);
  return { root, cache, folder: path.join(root, name), index: file('index'), meta: file('meta.json') };
}

describe('the copy of an index', () => {
  it('is read as it was written, and leaves no other files', async () => {
    const { cache, folder } = await filled();
    expect(await cache.read(URL)).toEqual(COPY);
    expect(readdirSync(folder).sort()).toEqual(['index', 'meta.json']);
    expect(await cache.read('https://example.org/other.xml.gz')).toBeUndefined();
  });

  it('is replaced by a newer one', async () => {
    const { cache } = await filled();
    const newer = { ...COPY, bytes: Buffer.from('a newer index') };
    await cache.write(URL, newer);
    expect(await cache.read(URL)).toEqual(newer);
  });

  it.each<[string, (paths: { index: string; meta: string }) => void]>([
    [
      'its index was changed',
      ({ index }) => {
        writeFileSync(index, 'the indeX');
      },
    ],
    [
      'its index is too large',
      ({ index }) => {
        truncateSync(index, 101);
      },
    ],
    [
      'its metadata is truncated',
      ({ meta }) => {
        truncateSync(meta, 20);
      },
    ],
    [
      'its metadata is too large',
      ({ meta }) => {
        truncateSync(meta, 64 * 1024 + 1);
      },
    ],
  ])('is ignored if %s', async (_, damage) => {
    const { cache, ...paths } = await filled();
    damage(paths);
    expect(await cache.read(URL)).toBeUndefined();
  });

  it('causes no failure if it cannot be written', async () => {
    const root = makeFolder();
    writeFiles(root, { file: '' });
    const kept: string[] = [];
    const shared = {
      restore: () => Promise.resolve(),
      keep: (_: string, key: string) => Promise.resolve(void kept.push(key)),
    };
    await createIndexCache(path.join(root, 'file/cache'), 100, shared).write(URL, COPY);
    expect(kept).toEqual([]);
    await createIndexCache(path.join(root, 'cache'), 100, shared).write(URL, COPY);
    expect(kept).toHaveLength(1);
  });

  it('is stored for other machines by the tag, the date, or else the content', async () => {
    const keys: string[] = [];
    const shared = {
      restore: () => Promise.resolve(),
      keep: (_: string, key: string) => Promise.resolve(void keys.push(key)),
    };
    const cache = createIndexCache(makeFolder(), 100, shared);
    const lastModified = 'Sat, 28 Nov 2026 11:00:00 GMT';
    const states = [
      { etag: '"1"', lastModified },
      { etag: undefined, lastModified },
      { etag: undefined, lastModified: undefined },
    ];
    for (const validators of states) await cache.write(URL, { ...COPY, validators });
    await cache.write(URL, { ...COPY, validators: { etag: '"1"', lastModified: undefined } });
    expect(new Set(keys).size).toBe(3);
    expect(keys[3]).toBe(keys[0]);
  });
});
