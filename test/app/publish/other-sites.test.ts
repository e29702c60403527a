import type { OtherSite } from '../../../src/app/ports/site-store.js';
import { otherSiteProblems } from '../../../src/app/publish/other-sites.js';
import { sitePath } from '../../../src/model/site-path.js';
import { memorySite } from '../../support/memory-site.js';

function problemsWith(places: readonly OtherSite[] | undefined, channels: readonly string[] = []) {
  const otherSites = places && (() => Promise.resolve(places));
  const site = memorySite({}, otherSites ? { otherSites } : {});
  return otherSiteProblems(site, 'branch gh-pages', sitePath('db.xml.gz'), new Set(channels));
}

const REST = 'If this is a new site, continue: this warning disappears after its first publication.';

test.each<[readonly OtherSite[], string, string]>([
  [[{ branch: 'pages' }], 'branch pages', '"branch: pages" (--branch pages)'],
  [
    [{ branch: 'pages', directory: 'sub' }],
    'folder sub of branch pages',
    '"branch: pages" (--branch pages) and "directory: sub" (--directory sub)',
  ],
  [
    [{ branch: 'pages', directory: '' }],
    'the root of branch pages',
    '"branch: pages" (--branch pages) without "directory" (--directory)',
  ],
  [[{ directory: 'sub' }], 'folder sub of the same branch', '"directory: sub" (--directory sub)'],
  [
    [{ directory: '' }],
    'the root of the same branch',
    'the root of the branch, without "directory" (--directory)',
  ],
  [
    ['a', 'b', 'c', 'd'].map((branch) => ({ branch })),
    'branch a, branch b, branch c and 1 more',
    '"branch: a" (--branch a)',
  ],
])('%j is reported', async (places, names, inputs) => {
  expect(await problemsWith(places)).toEqual([
    {
      severity: 'warning',
      code: 'other-branch-has-site',
      message: `No site exists in branch gh-pages yet, but one exists elsewhere: ${names}.`,
      hint: `Did you mean ${inputs}? ${REST}`,
    },
  ]);
});

test.each([
  ['the store has only one place', undefined, []],
  ['no other place has a site', [], []],
  ['the other site is a channel of this one', [{ directory: 'sub/eap' }], ['eap']],
])('nothing is reported if %s', async (_, places, channels) => {
  expect(await problemsWith(places, channels)).toEqual([]);
});

test('a folder of another branch is not a channel of this site', async () => {
  expect(await problemsWith([{ branch: 'pages', directory: 'eap' }], ['eap'])).toHaveLength(1);
  expect(await problemsWith([{ directory: 'beta' }], ['eap'])).toHaveLength(1);
});
