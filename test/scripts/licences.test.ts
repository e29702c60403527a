import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT } from '../support/fixtures.js';
import { makeFolder, writeFiles } from '../support/folders.js';

type WithoutText = Record<string, { license: string; author: string; text: string }>;
interface Module {
  nameForCondition?: string;
  modules?: Module[];
}

const { packageFolders, licenceOf, renderLicences, WITHOUT_TEXT } = (await import(
  pathToFileURL(path.join(PROJECT, 'scripts/licences.mjs')).href
)) as {
  packageFolders: (stats: { modules: Module[] }) => Set<string>;
  licenceOf: (folder: string, withoutText?: WithoutText) => { text: string };
  renderLicences: (folders: Iterable<string>, withoutText?: WithoutText) => string;
  WITHOUT_TEXT: WithoutText;
};

/** Creates an installed package. */
function makePackage(name: string, version: string, files: Record<string, string>): string {
  const folder = path.join(makeFolder(), 'node_modules', name);
  writeFiles(folder, {
    'package.json': JSON.stringify({ name, version, license: 'MIT', author: 'A' }),
    ...files,
  });
  return folder;
}

describe('the licences of bundled packages', () => {
  test('include those of nested packages', () => {
    const modules = [
      { nameForCondition: '/p/node_modules/a/lib/x.js' },
      {
        nameForCondition: '/p/build/js/entry/cli.js',
        modules: [
          { nameForCondition: '/p/node_modules/@s/b/node_modules/@s/c/y.js' },
          { nameForCondition: 'C:\\p\\node_modules\\d\\z.js' },
        ],
      },
      {},
    ];
    expect([...packageFolders({ modules })]).toEqual([
      '/p/node_modules/a',
      '/p/node_modules/@s/b/node_modules/@s/c',
      'C:\\p\\node_modules\\d',
    ]);
  });

  test.each(['LICENSE', 'license.md', 'LICENCE.txt', 'License', 'COPYING', 'MIT-LICENSE.txt'])(
    'are read from %s',
    (file) => {
      expect(licenceOf(makePackage('a', '1.0.0', { [file]: ' the terms\r\nof it\n' })).text).toBe(
        'the terms\nof it',
      );
    },
  );

  test('are required, unless a package is known to lack a text and its metadata has not changed', () => {
    expect(() => licenceOf(makePackage('a', '1.0.0', { 'README.md': 'MIT' }))).toThrow(
      /a 1\.0\.0 is bundled .* ships no text/,
    );
    const known = { a: { license: 'MIT', author: 'A', text: 'the terms' } };
    expect(licenceOf(makePackage('a', '1.0.0', {}), known).text).toBe('the terms');
    expect(() => licenceOf(makePackage('a', '1.0.0', { LICENSE: 'own' }), known)).toThrow(
      /not true any more/,
    );
    const other = { a: { ...known.a, license: 'ISC' } };
    expect(() => licenceOf(makePackage('a', '1.0.0', {}), other)).toThrow(/not true any more/);
  });

  test('of several versions are shown once if they are equal, otherwise all of them', () => {
    const same = ['1.0.0', '2.0.0'].map((version) => makePackage('a', version, { LICENSE: 'same' }));
    const text = renderLicences([...same, makePackage('a', '3.0.0', { LICENSE: 'other' })]);
    expect(text).toContain('a 1.0.0, 2.0.0\nMIT\nsame\n');
    expect(text).toContain('a 3.0.0\nMIT\nother\n');
  });
});

test('dist/licenses.txt has a text for each package, and names packages without one', () => {
  const parts = readFileSync(path.join(PROJECT, 'dist/licenses.txt'), 'utf8').split(/\n-{80}\n\n/);
  const names = parts.map((part) => part.split('\n', 1)[0]);
  for (const name of [
    'agent-base',
    'balanced-match',
    'content-type',
    'debug',
    'http-proxy-agent',
    'https-proxy-agent',
  ])
    expect(names).toContainEqual(expect.stringMatching(`^${name} \\d`));
  for (const part of parts) {
    expect(part).toMatch(/^\S+ \d\S*(?:, \d\S*)*\n.+\n/);
    expect(part.length).toBeGreaterThan(500);
  }
  const without = parts.filter((part) => part.includes('ships no text of the licence'));
  expect(without.map((part) => part.split(' ', 1)[0])).toEqual(Object.keys(WITHOUT_TEXT));
});
