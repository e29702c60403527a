import { requireNoPayloads, requireNothingStored } from '../../src/app/require-no-payloads.js';
import { sitePath } from '../../src/model/site-path.js';
import { memorySite, memoryStore } from '../support/memory-site.js';

const FORMAT = {
  indexPaths: [sitePath('db.xml.gz')],
  isStoredPath: (path: string) => path.endsWith('-1'),
} as const;

function requiring(files: readonly string[], isAtomic = true): Promise<void> {
  const site = memorySite(Object.fromEntries(files.map((file) => [file, 'x'])));
  return requireNoPayloads(memoryStore(site, { isAtomic }).store, site, FORMAT, 'branch gh-pages');
}

test('a site that has lost its index is refused', async () => {
  await expect(requiring(['README.md', 'a.ijm-1', 'b.ijm-1'])).rejects.toMatchObject({
    code: 'index',
    message: 'db.xml.gz is missing, but branch gh-pages contains payloads such as a.ijm-1.',
    hint: 'Nothing was changed. Restore the index from the history of the branch; for a new site, choose another branch or directory.',
  });
});

test('a site whose index is empty is refused with this fault', async () => {
  const site = memorySite({ 'a.ijm-1': 'x' });
  await expect(
    requireNoPayloads(memoryStore(site).store, site, FORMAT, 'branch gh-pages', 'does not list any file'),
  ).rejects.toThrow(
    'db.xml.gz does not list any file, but branch gh-pages contains payloads such as a.ijm-1.',
  );
});

test.each([
  ['a place without a site', []],
  ['a place with other files', ['README.md']],
  ['the payloads of a site in a folder below', ['below/db.xml.gz', 'below/a.ijm-1']],
])('%s is accepted', async (_, files) => {
  await expect(requiring(files)).resolves.toBeUndefined();
});

test('payloads beside a site below are still refused', async () => {
  await expect(requiring(['below/db.xml.gz', 'below/a.ijm-1', 'other/a.ijm-1'])).rejects.toThrow(
    'such as other/a.ijm-1.',
  );
});

test('a place that writes files one by one may have payloads of an interrupted publication', async () => {
  await expect(requiring(['a.ijm-1'], false)).resolves.toBeUndefined();
});

test('a place that writes files one by one gets an empty site only without payloads', async () => {
  const check = (files: Record<string, string>) =>
    requireNothingStored(memorySite(files), FORMAT, 'folder site');
  await expect(check({ 'a.ijm-1': 'x' })).rejects.toMatchObject({
    code: 'index',
    message: 'db.xml.gz is missing, but folder site contains payloads such as a.ijm-1.',
    hint: 'Nothing was changed. Restore the index from a copy of the site. If its first publication was interrupted, repeat that without "empty" (--empty). For a new site, choose another folder.',
  });
  await expect(check({ 'README.md': 'x' })).resolves.toBeUndefined();
  await expect(check({})).resolves.toBeUndefined();
});
