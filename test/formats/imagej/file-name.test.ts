import fc from 'fast-check';
import {
  extensionOf,
  majorVersionOf,
  unversionedPath,
  versionOf,
} from '../../../src/formats/imagej/file-name.js';

/** The official pattern, copied from the specification. It is slow for crafted names. */
const OFFICIAL =
  /^(.+?)(-\d+(\.\d+|\d{7})+[a-z]?\d?(-[A-Za-z0-9.]+?|\.GA)*?)?((-(swing|swt|shaded|sources|javadoc|natives?-?\w*|(natives-)?(android|linux|macosx|macos|solaris|windows)-(aarch64|amd64|arm64|armv6hf|armv6|arm|i386|i486|i586|i686|universal|x86[_-]32|x86[_-]64|x86)))?(\.jar(-[a-z]*)?))$/;

function official(path: string): string {
  const match = OFFICIAL.exec(path);
  return match ? `${match[1] ?? ''}${match[5] ?? ''}` : path;
}

const piece = fc.constantFrom(
  ...[
    'a',
    'Z',
    '-',
    '-',
    '.',
    '_',
    '/',
    '1',
    '23',
    '20111128',
    '1234567',
    '-1.0',
    '-2',
    'r',
    'b4',
    '.GA',
    '-GA',
    '.jar',
    '.jar',
    '-disabled',
  ],
  ...[
    '-sources',
    '-natives',
    '-natives-linux-amd64',
    '-linux-x86_64',
    '-macosx-universal',
    '-SNAPSHOT',
    '-swing',
    '+',
    ' ',
    '\n',
  ],
);

describe('the path without version', () => {
  test('equals that of the official pattern for any name', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 9 }).map((pieces) => `${pieces.join('')}.jar`),
        (path) => {
          expect(unversionedPath(path)).toBe(official(path));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test.each([
    `a-1.0${'-a.GA.GA'.repeat(40)}!.jar!`,
    `a-1${'.12345678'.repeat(60)}!`,
    `${'-1.0'.repeat(100)}.jax`,
    `a${'-'.repeat(900)}.jar`,
  ])('is found quickly even for %s', (path) => {
    const started = performance.now();
    unversionedPath(path);
    // The official pattern would take years for some of these.
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('does not contain a second version', () => {
    expect(unversionedPath(unversionedPath('jars/alib-1.0.0.jar'))).toBe('jars/alib.jar');
  });
});

describe('the version in a file name', () => {
  test.each([
    ['jars/lib-1.2.3.jar', '1.2.3', '1'],
    ['jars/lib-10.0.jar', '10.0', '10'],
    ['jars/lib-1.0-SNAPSHOT.jar', '1.0-SNAPSHOT', '1'],
    ['jars/lib-1.0-natives-linux-amd64.jar', '1.0', '1'],
    ['jars/lib-1.0.GA.jar', '1.0.GA', '1'],
    ['jars/lib-20111128.jar', '20111128', '20111128'],
    ['jars/lib-1.0b4.jar', '1.0b4', '1'],
    ['jars/lib-1.0.jar-disabled', '1.0', '1'],
    ['jars/lib.jar', undefined, undefined],
    ['jars/lib-1.jar', undefined, undefined],
    ['macros/lib-1.0.ijm', undefined, undefined],
  ])('of %s', (path, version, major) => {
    expect(versionOf(path)).toBe(version);
    expect(majorVersionOf(path)).toBe(major);
  });

  test('is not searched in a name that is too long', () => {
    const path = (length: number) => `${'a'.repeat(length - '-1.0.jar'.length)}-1.0.jar`;
    expect(versionOf(path(1024))).toBe('1.0');
    expect(unversionedPath(path(1024))).toBe(`${'a'.repeat(1016)}.jar`);
    expect(versionOf(path(1025))).toBeUndefined();
    expect(unversionedPath(path(1025))).toBe(path(1025));
  });
});

test.each([
  ['a/b.jar', '.jar'],
  ['a.tar.gz', '.gz'],
  ['libtool.so.1', ''],
  ['a.b2', '.b2'],
  ['a.2b', ''],
  ['.hidden', ''],
  ['a/.hidden', ''],
  ['a\\.hidden', ''],
  ['a..b', ''],
  ['a.b/c', ''],
  ['a.abcdefghij', '.abcdefghij'],
  ['a.abcdefghijk', ''],
  ['a.', ''],
  ['a', ''],
])('the extension of %s is "%s"', (path, extension) => {
  expect(extensionOf(path)).toBe(extension);
});
