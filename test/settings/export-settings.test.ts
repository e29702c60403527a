import { resolveExport } from '../../src/settings/export-settings.js';

const resolve = (given: readonly string[], raw: Readonly<Record<string, string | boolean>> = {}) =>
  resolveExport(raw, given, {
    nameOf: (option) => `--${option}`,
    faults: [],
    loginFor: (origin) => ({ token: origin }),
  });

test('reads the archive, the place and its moment', () => {
  expect(resolve(['out.zip', 'https://lab.org/site@20260101000000'])).toEqual({
    site: { kind: 'web', url: 'https://lab.org/site/' },
    at: '20260101000000',
    format: undefined,
    timeoutMs: 600_000,
    login: { token: undefined },
    settings: {
      file: 'out.zip',
      kind: 'backup',
      force: false,
      platforms: [],
      siteUrl: undefined,
      usualUrl: undefined,
    },
  });
  expect(resolve(['out.zip'], { remote: 'git@github.com:me/tool.git', at: '1a2b3c4' })).toMatchObject({
    site: { kind: 'git', remote: 'git@github.com:me/tool.git' },
    at: '1a2b3c4',
    settings: { usualUrl: 'https://me.github.io/tool/' },
  });
});
