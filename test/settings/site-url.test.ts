import { parseRepository } from '../../src/entry/action/inputs.js';
import { readSiteUrl, usualSiteUrl } from '../../src/settings/site-url.js';
import { readOptions } from '../support/read-options.js';

const siteAt = (remote: string, directory = '') => ({
  kind: 'git' as const,
  remote,
  branch: 'gh-pages',
  directory,
});

test.each([
  ['https://github.com/Lab/tools', 'https://lab.github.io/tools/'],
  ['https://github.com/Lab/tools.git', 'https://lab.github.io/tools/'],
  ['https://user@github.com/Lab/tools/', 'https://lab.github.io/tools/'],
  ['git@github.com:Lab/my.tools.git', 'https://lab.github.io/my.tools/'],
  ['ssh://git@github.com/lab/tools', 'https://lab.github.io/tools/'],
  ['git@github.com:Lab/lab.github.io.git', 'https://lab.github.io/'],
  ['https://github.com/JDoe_acme/plugin', 'https://jdoe_acme.github.io/plugin/'],
  ['git@github.com:jdoe_acme/jdoe_acme.github.io', 'https://jdoe_acme.github.io/'],
  ['HTTPS://GitHub.com/my-lab/my-tools.git/', 'https://my-lab.github.io/my-tools/'],
  ['https://user:@github.com/lab/tools', 'https://lab.github.io/tools/'],
  ['git@github.com/lab/tools', 'https://lab.github.io/tools/'],
  ['ssh://git@github.com:lab/tools', 'https://lab.github.io/tools/'],
  ['https://gitlab.com/lab/tools', undefined],
  ['http://github.com/lab/tools', undefined],
  ['git@gitlab.com:lab/tools', undefined],
  ['https://github.com/la b/tools', undefined],
  ['https://github.com/lab/to ols', undefined],
  ['https://github.com/lab/', undefined],
  ['https://github.com.evil.example/lab/tools', undefined],
  ['https://evil.example/github.com/lab/tools', undefined],
  ['https://github.com/lab/tools/more', undefined],
  ['https://github.com/lab', undefined],
  ['git@github.com:lab/tools:x', undefined],
  ['ssh://evil@github.com/lab/tools', undefined],
  ['https://a/b@github.com/lab/tools', undefined],
  ['x https://github.com/lab/tools', undefined],
  ['../tools.git', undefined],
])('GitHub Pages serves %s at %s', (remote, url) => {
  expect(usualSiteUrl(siteAt(remote), undefined)).toBe(url);
});

test.each([
  ['lab/my.tools', { owner: 'lab', repo: 'my.tools' }],
  ['jdoe_acme/plugin', { owner: 'jdoe_acme', repo: 'plugin' }],
  ['lab.x/tools', undefined],
  ['lab', undefined],
  ['lab/tools/more', undefined],
])('%s is the repository %j', (text, repository) => {
  expect(parseRepository(text)).toEqual(repository);
});

test('includes the folder of the site in its address', () => {
  expect(usualSiteUrl(siteAt('git@github.com:lab/tools', 'my site'), undefined)).toBe(
    'https://lab.github.io/tools/my%20site/',
  );
  expect(usualSiteUrl({ kind: 'folder', folder: 'public' }, undefined)).toBeUndefined();
});

test('puts the folder of a channel below the folder of the site', () => {
  const url = (directory: string) => usualSiteUrl(siteAt('git@github.com:lab/tools', directory), 'eap');
  expect(url('my site')).toBe('https://lab.github.io/tools/my%20site/eap/');
  expect(url('')).toBe('https://lab.github.io/tools/eap/');
});

describe('the given address of the site', () => {
  const read = (url?: string, channel?: string) =>
    readOptions({ ...(url && { 'site-url': url }) }, (options) => readSiteUrl(options, channel));

  it.each([
    [undefined, undefined],
    ['https://x.org', 'https://x.org/'],
    ['https://x.org/y/', 'https://x.org/y/'],
    ['HTTP://x.org/y', 'HTTP://x.org/y/'],
    ['https://x.org/db.xml/', 'https://x.org/db.xml/'],
    ['https://x.org/old-db.xml', 'https://x.org/old-db.xml/'],
  ])('%s is read as %s', (url, value) => {
    expect(read(url)).toEqual({ value, faults: [] });
  });

  it('is followed by the folder of the channel', () => {
    expect(read('https://x.org/y', 'eap').value).toBe('https://x.org/y/eap/');
    expect(read('https://x.org/y/', 'eap').value).toBe('https://x.org/y/eap/');
  });

  it.each([
    ['https://me:pw@x.org/', 'it contains a login'],
    ['https://me@x.org/', 'it contains a login'],
    ['https://:pw@x.org/', 'it contains a login'],
  ])('%s is refused, because %s', (url, what) => {
    expect(read(url).faults).toEqual([`--site-url: ${what}. Remove the login: the address is public.`]);
  });

  it.each([
    'x.org',
    'ftp://x.org/',
    'https://',
    'https://[x/',
    'https://x.org/?a',
    'https://x.org/#a',
    'https://x.org/a b',
    'x https://x.org/',
  ])('%s is not the address of a folder', (url) => {
    expect(read(url).faults).toEqual([
      `--site-url: "${url}" is not the full URL of a folder. Write it in full, for example https://example.github.io/my-plugin/.`,
    ]);
  });

  it.each(['https://x.org/updatePlugins.xml', 'https://x.org/y/db.xml.gz', 'https://x.org/db.xml'])(
    '%s is the address of an index',
    (url) => {
      expect(read(url).faults).toEqual([
        `--site-url: "${url}" is the address of an index, not of its folder. Remove the file name.`,
      ]);
    },
  );
});
