import { resolveList } from '../../src/settings/list-settings.js';

const resolve = (given: readonly string[], raw: Readonly<Record<string, string | boolean>> = {}) =>
  resolveList(raw, given, {
    nameOf: (option) => `--${option}`,
    faults: [],
    loginFor: (origin) => ({ token: origin }),
  });

test('reads the place and what to list', () => {
  expect(resolve(['https://lab.org/site'])).toEqual({
    site: { kind: 'web', url: 'https://lab.org/site/' },
    at: undefined,
    format: undefined,
    file: undefined,
    obsolete: false,
    siteUrl: undefined,
    timeoutMs: 600_000,
    login: { token: undefined },
  });
  const raw = { file: ' a.jar ', format: 'jetbrains', 'site-url': 'https://lab.org/a', timeout: '5' };
  expect(resolve([], { ...raw, remote: 'https://lab.org/me/tool.git' })).toMatchObject({
    site: { kind: 'git', branch: 'gh-pages' },
    format: 'jetbrains',
    file: 'a.jar',
    siteUrl: 'https://lab.org/a/',
    timeoutMs: 5000,
    login: { token: 'https://lab.org' },
  });
  expect(resolve(['site'], { obsolete: true }).obsolete).toBe(true);
  expect(resolve(['zip:b.zip@20260101000000'])).toMatchObject({
    site: { kind: 'backup', file: 'b.zip' },
    at: '20260101000000',
  });
});

test('reports all faults together', () => {
  const raw = { file: 'a', obsolete: true, format: 'fiji', timeout: '0' };
  expect(() => resolve([], raw)).toThrow('The options or inputs contain 4 mistakes.');
});
