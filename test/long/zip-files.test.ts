import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createZipFiles } from '../../src/io/files/zip-file.js';
import { sitePath } from '../../src/model/site-path.js';
import { openSource } from '../../src/stores/backup/source.js';
import type { StoreContext } from '../../src/stores/store.js';
import { makeFolder } from '../support/folders.js';

const { signal } = new AbortController();
const GIB = 1024 * 1024 * 1024;

/** Opens an archive as a place. */
async function openBackup(cwd: string) {
  const source = openSource({ kind: 'backup', file: 'out.zip' }, { cwd, signal } as StoreContext);
  return { source, site: await source.open(false) };
}

/** Checks an archive with Info-ZIP, if it is available. */
function requireIntact(cwd: string): void {
  const { error, status, stdout } = spawnSync('unzip', ['-tqq', 'out.zip'], { cwd, encoding: 'utf8' });
  if (!error) expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
}

test('an archive has more than 65,535 files', async () => {
  const cwd = makeFolder();
  const archive = await createZipFiles({ cwd, runId: 'run', signal }).create('out.zip', false);
  const names = Array.from({ length: 70_000 }, (_, at) => sitePath(`macros/${at}.ijm-20260101000000`));
  for (const name of names) await archive.add(name, Buffer.from(name), false);
  await archive.finish();
  requireIntact(cwd);
  const { source, site } = await openBackup(cwd);
  expect(await site.listFiles?.()).toEqual(names);
  for (const name of names.slice(-3))
    expect(Buffer.from((await site.readFile(name)) ?? []).toString()).toBe(name);
  await source.close();
});

test('an archive has more than 4 GiB, within bounded memory', async () => {
  const cwd = makeFolder();
  const size = 1.5 * GIB;
  writeFileSync(path.join(cwd, 'large'), '');
  truncateSync(path.join(cwd, 'large'), size);
  const { mtimeMs: modified } = statSync(path.join(cwd, 'large'));
  const archive = await createZipFiles({ cwd, runId: 'run', signal }).create('out.zip', false);
  const before = process.memoryUsage().rss;
  const sums: string[] = [];
  for (const name of ['a', 'b', 'c'])
    sums.push(await archive.add(sitePath(name), { file: 'large', size, modified }, false));
  expect(new Set(sums).size).toBe(1);
  await archive.add(sitePath('last'), Buffer.from('last'), false);
  expect(await archive.finish()).toBeGreaterThan(4 * GIB);
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  requireIntact(cwd);
  const { source, site } = await openBackup(cwd);
  expect(Buffer.from((await site.readFile(sitePath('last'))) ?? []).toString()).toBe('last');
  const [copy] = await site.fetchFiles([sitePath('c')], {
    fileFor: () => path.join(cwd, 'copy'),
    maxBytesEach: size,
  });
  expect(copy).toMatchObject({ status: 'there', size });
  await source.close();
  expect(readdirSync(cwd).sort()).toEqual(['copy', 'large', 'out.zip']);
});
