import fc from 'fast-check';
import { unversionedPath } from '../../../src/formats/imagej/file-name.js';

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
