import {
  checkUpstreamNames,
  checkVersionedNames,
} from '../../../../src/formats/imagej/checks/similar-names.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import type { Problem } from '../../../../src/model/problem.js';

function site(name: string, current: readonly string[], obsolete: readonly string[] = []) {
  const version = `checksum="${'a'.repeat(40)}" timestamp="20250101000000"`;
  const records = [
    ...current.map((path) => `<plugin filename="${path}"><version ${version} filesize="1"/></plugin>`),
    ...obsolete.map(
      (path) =>
        `<plugin filename="${path}"><previous-version ${version} timestamp-obsolete="20250102000000"/></plugin>`,
    ),
  ];
  return {
    name,
    location: name,
    index: parseIndexXml(Buffer.from(`<pluginRecords>${records.join('')}</pluginRecords>`)),
  };
}

const brief = (problems: readonly Problem[]) =>
  problems.map(({ severity, code, path }) => `${severity} ${code} ${path ?? ''}`);

describe('a name that an upstream site spells differently', () => {
  const against = (
    path: string,
    sites: readonly ReturnType<typeof site>[],
    updated: readonly string[] = [],
  ) => checkUpstreamNames({ published: [path], standing: [], updated: new Set(updated) }, sites);

  test.each([
    ['macros/tool.ijm', 'macros/Tool.ijm'],
    ['Macros/Tool.ijm', 'macros/Tool.ijm'],
    ['macros/e\u0301.ijm', 'macros/\u00c9.ijm'],
    ['jars/foo-1.0.jar', 'jars/Foo-1.0.jar'],
    ['jars/foo-1.0a.jar', 'jars/foo-1.0A.jar'],
  ])('is an error for a new file and a warning for an existing one: %s', (path, served) => {
    const fiji = site('Fiji', [served, 'macros/Other.ijm']);
    const [refused, ...rest] = against(path, [fiji]);
    expect(rest).toEqual([]);
    expect(brief([refused as Problem])).toEqual([`error same-name ${path}`]);
    expect(refused?.message).toContain(`${served}, which the upstream site Fiji serves`);
    expect(refused?.hint).toContain(`with the destination "${served}"`);
    const onSite = against(path, [fiji], [path]);
    expect(brief(onSite)).toEqual([`warning same-name ${path}`]);
    expect(onSite[0]?.hint).toContain(`--remove ${/^[\w./-]+$/.test(path) ? path : `'${path}'`}`);
  });

  test('is a warning if the version also differs, because users get both jars', () => {
    const problems = against('jars/foo-1.1.jar', [site('Fiji', ['jars/Foo-1.0.jar'])]);
    expect(brief(problems)).toEqual(['warning same-name jars/foo-1.1.jar']);
    expect(problems[0]?.message).toContain('jars/Foo-1.0.jar, which the upstream site Fiji serves');
  });

  test('is compared with the files that users get: later sites first, without obsolete files', () => {
    const sites = [site('Core', ['jars/FOO-1.0.jar']), site('Fiji', ['jars/Foo-1.0.jar'])];
    expect(against('jars/foo-1.0.jar', sites)[0]?.message).toContain('the upstream site Fiji');
    expect(against('jars/foo-1.0.jar', [site('Fiji', [], ['jars/Foo-1.0.jar'])])).toEqual([]);
  });

  test.each([
    'jars/foo-1.0.jar',
    'jars/foo-2.0.jar',
    'jars/bar-1.0.jar',
    'jars/foo_-1.0.jar',
    'lib/Foo-1.0.jar',
  ])('is not reported beside %s, which is the same file or a different name', (served) => {
    expect(against('jars/foo-1.0.jar', [site('Fiji', [served])])).toEqual([]);
    // An upstream site is responsible for its own two spellings.
    if (served.startsWith('jars/foo-'))
      expect(against('jars/foo-1.0.jar', [site('Fiji', ['jars/Foo-1.0.jar', served])])).toEqual([]);
  });
});

describe('jars whose names differ in case and version', () => {
  const among = (published: readonly string[], standing: readonly string[]) =>
    checkVersionedNames({ published, standing, updated: new Set() });

  test('cause a warning with the line that removes the file on the site', () => {
    const beside = among(['jars/foo-1.0.jar'], ['jars/Foo-1.1.jar', 'jars/foo-1.0-sources.jar']);
    expect(brief(beside)).toEqual(['warning same-name jars/foo-1.0.jar']);
    expect(beside[0]?.hint).toContain('(--remove jars/Foo-1.1.jar)');
    const together = among(['jars/foo-1.0.jar', 'jars/Foo-1.1.jar'], []);
    expect(brief(together)).toEqual(['warning same-name jars/foo-1.0.jar']);
    expect(together[0]?.hint).toContain('publish only one of them');
  });

  test.each([
    // Another check refuses two of the same version.
    [['jars/foo-1.0.jar'], ['jars/Foo-1.0.jar']],
    [['macros/a.ijm'], ['macros/A.ijm']],
    [['jars/foo-1.0.jar', 'jars/foo-1.1.jar'], []],
    [['jars/bar-1.0.jar'], ['jars/foo-1.0.jar', 'jars/Foo-1.1.jar']],
    [['jars/foo-1.0.jar'], ['plugins/Foo-1.1.jar', 'jars/Foo-1.1-natives-linux.jar']],
  ])('are not found in %j beside %j', (published, standing) => {
    expect(among(published, standing)).toEqual([]);
  });
});
