import {
  destinationProblems,
  hasFilesIn,
} from '../../../../src/formats/imagej/placement/destination-checks.js';
import { imagejIndex, type RecordSpec } from '../../../support/imagej-site.js';

const SAME = 'a'.repeat(40);

function check(
  file: string,
  path: string,
  site: Readonly<Record<string, RecordSpec>> = {},
  checksum = 'b'.repeat(40),
) {
  const inspection = {
    checksum,
    size: 5,
    historicalChecksums: [],
    hasPluginsConfig: false,
    pom: undefined,
    ownPom: undefined,
  };
  return destinationProblems({ path, artifact: { file }, inspection }, imagejIndex(site));
}

describe('a file with the name of a folder', () => {
  it.each([
    ['plugins', 'plugins'],
    ['Plugins', 'plugins'],
    ['lib/linux64', 'lib/linux64'],
    ['jars/Linux64', 'jars/linux64'],
    ['Fiji.app/plugins', 'plugins'],
  ])('is refused: %s', (path, folder) => {
    expect(check('a/tool', path)).toEqual([
      {
        severity: 'error',
        code: 'destination-is-folder',
        path,
        message: `${path} would be a file, but "${folder}" is a folder of ImageJ.`,
        hint: `Did you mean "${folder}/"?`,
      },
    ]);
  });

  it('causes a warning if the site already has it and it is unchanged', () => {
    expect(check('a/tool', 'plugins', { plugins: {} }, SAME)).toEqual([
      {
        severity: 'warning',
        code: 'destination-is-folder',
        path: 'plugins',
        message: 'plugins would be a file, but "plugins" is a folder of ImageJ.',
        hint: 'Did you mean "plugins/"? To remove it from the site, name "plugins" in "remove" (--remove).',
      },
    ]);
    expect(check('a/tool', 'plugins', { plugins: {} })).toMatchObject([{ severity: 'error' }]);
  });
});

describe('a destination without the extension of the file', () => {
  it('is refused, because it was probably meant as a folder', () => {
    expect(check('target/Tool.jar', 'plugins/Tool')).toEqual([
      {
        severity: 'error',
        code: 'destination-extension',
        path: 'plugins/Tool',
        message:
          'target/Tool.jar would be published as the file "plugins/Tool", without its extension ".jar".',
        hint: 'Did you mean "plugins/Tool/"? The name of a folder must end with "/". If you mean a file, write "plugins/Tool.jar".',
      },
    ]);
    expect(check('target/Tool.jar', 'plugin')[0]?.hint).toBe(
      'Did you mean "plugins/"? The name of a folder must end with "/".',
    );
  });

  it('causes a warning if the site has the file', () => {
    expect(check('target/Tool.jar', 'lib/Tool', { 'lib/Tool': {} })).toEqual([
      {
        severity: 'warning',
        code: 'destination-extension',
        path: 'lib/Tool',
        message: 'target/Tool.jar would be published as the file "lib/Tool", without its extension ".jar".',
        hint: 'Did you mean "lib/Tool.jar"? To publish it as "lib/Tool", rename the file first.',
      },
    ]);
    expect(check('target/Tool.jar', 'lib/Tool', { 'lib/Tool': { obsolete: true } })).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it('is refused if the extension is another one', () => {
    expect(check('target/Tool.jar', 'plugins/Tool.zip')).toEqual([
      {
        severity: 'error',
        code: 'destination-extension',
        path: 'plugins/Tool.zip',
        message:
          'target/Tool.jar would be published as "plugins/Tool.zip": its extension ".jar" would become ".zip".',
        hint: 'Did you mean "plugins/Tool.jar"? To change the type of the file, rename the file first.',
      },
    ]);
  });

  it.each([
    ['libtool.so', 'lib/libtool.so.1.2'],
    ['Tool.JAR', 'plugins/Tool.jar'],
    ['Tool.jar', 'plugins/Tool.JAR.jar'],
    ['a.bin', 'fiji-linux-x64'],
    ['notes.txt', 'README.md'],
    ['LICENSE', 'licenses/tool.txt'],
    ['libtool.so.1', 'lib/libtool.so'],
  ])('is not %s as %s', (file, path) => {
    expect(check(file, path)).toEqual([]);
  });

  it('is a version in the middle of the name', () => {
    expect(check('libtool.so', 'lib/libtool.so.1.x')).toMatchObject([{ code: 'destination-extension' }]);
  });
});

describe('a folder that ImageJ does not read', () => {
  it('is refused if only case differs, unless the site has files in it', () => {
    expect(check('Tool.jar', 'Plugins/Sub/Tool.jar')).toEqual([
      {
        severity: 'error',
        code: 'folder-case',
        path: 'Plugins/Sub/Tool.jar',
        message:
          'Plugins/Sub/Tool.jar would be in a new folder "Plugins", but ImageJ reads "plugins". On some systems these are two folders.',
        hint: 'Did you mean "plugins/Sub/"?',
      },
    ]);
    expect(check('Tool.jar', 'Plugins/Tool.jar', { 'Plugins/A.jar': {} })).toMatchObject([
      { code: 'not-picked-up' },
    ]);
  });

  it('causes a warning, with a guess', () => {
    expect(check('Tool.jar', 'plugin/Tool.jar')).toEqual([
      {
        severity: 'warning',
        code: 'not-picked-up',
        path: 'plugin/Tool.jar',
        message: 'ImageJ does not load plugin/Tool.jar by itself, because of its folder or its type.',
        hint: 'Did you mean "plugins/"? Check the destination. Users will get the file, but the uploader in ImageJ ignores it.',
      },
    ]);
    const hint = 'Check the destination. Users will get the file, but the uploader in ImageJ ignores it.';
    expect(check('Tool.jar', 'other/Tool.jar')).toMatchObject([{ code: 'not-picked-up', hint }]);
    expect(check('Tool.jar', 'plugin/Tool.jar', { 'plugin/A.jar': {} })).toMatchObject([{ hint }]);
  });
});

test('a site has files in a folder only if they are current', () => {
  const site = imagejIndex({ 'a/x': {}, 'b/x': { obsolete: true }, 'cc/x': {}, d: {} });
  expect(['a', 'b', 'c', 'cc', 'd'].filter((folder) => hasFilesIn(site, folder))).toEqual(['a', 'cc']);
});
