import { parseRepository } from '../../src/entry/action/inputs.js';
import { usualSiteUrl } from '../../src/settings/site-url.js';

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
  ['https://gitlab.com/lab/tools', undefined],
  ['https://github.com.evil.example/lab/tools', undefined],
  ['https://evil.example/github.com/lab/tools', undefined],
  ['https://github.com/lab/tools/more', undefined],
  ['https://github.com/lab', undefined],
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
