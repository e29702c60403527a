import path from 'node:path';
import { configFor, httpOrigin, remoteUrl } from '../../../src/stores/git/remote.js';
import { withoutCredentials } from '../../../src/stores/git/words.js';

describe('remotes', () => {
  test.each([
    ['https://example.org/a/b.git', 'https://example.org'],
    ['http://[::1]:8080/a', 'http://[::1]:8080'],
    ['git@example.org:a/b.git', undefined],
    ['/srv/a.git', undefined],
  ])('%s is reached at %s', (remote, origin) => {
    expect(httpOrigin(remote)).toBe(origin);
  });

  test('only local paths become absolute', () => {
    expect(remoteUrl('site.git', '/work')).toBe(path.resolve('/work', 'site.git'));
    for (const remote of ['https://example.org/a', 'git@example.org:a/b.git', 'ssh://example.org/a'])
      expect(remoteUrl(remote, '/work')).toBe(remote);
  });

  test('the token is sent to its own server only, in a header', () => {
    const header = configFor('https://example.org/a', '/work', 'secret').filter(([, value]) =>
      /^$|^Authorization/.test(value),
    );
    expect(header.map(([key]) => key)).toEqual([
      'http.https://example.org/.extraheader',
      'http.https://example.org/.extraheader',
      'credential.helper',
    ]);
    expect(
      configFor('git@example.org:a', '/work', 'secret').some(([, value]) => value.includes('Authorization')),
    ).toBe(false);
  });

  test('messages do not show credentials', () => {
    expect(withoutCredentials('fatal: https://me:secret@example.org/x and ssh://git@host/y')).toBe(
      'fatal: https://example.org/x and ssh://host/y',
    );
    expect(withoutCredentials('https://me@lab.org:secret@example.org:1/a@b')).toBe(
      'https://example.org:1/a@b',
    );
  });
});
