import fc from 'fast-check';
import { withoutBuildLines } from '../../../../src/formats/imagej/artifacts/manifest-filter.js';
import { createCommentFilter } from '../../../../src/formats/imagej/artifacts/properties-filter.js';

function withoutComments(content: Buffer, pieceLength = content.length): Buffer {
  const filter = createCommentFilter();
  const kept: Buffer[] = [];
  for (let at = 0; at < content.length; at += pieceLength)
    kept.push(filter(content.subarray(at, at + pieceLength)));
  return Buffer.concat(kept);
}

/** The official reader, according to the specification: one bit, and a call of itself within a comment. */
function officialFilter(text: string): string {
  let at = 0;
  let atLineStart = true;
  const read = (): string => {
    let character = text[at++] ?? '';
    if (atLineStart) {
      if (character === '#') while ((character = read()) !== '\n' && character !== '');
      else atLineStart = false;
    } else if (character === '\n') atLineStart = true;
    return character;
  };
  let result = '';
  for (let character = read(); character !== ''; character = read()) result += character;
  return result;
}

describe('the filter for comments of .properties files', () => {
  test.each([
    ['#a\n', '\n'],
    ['#a\nb=1\n', '\nb=1\n'],
    ['b=1\n#a\nc=2', 'b=1\n\nc=2'],
    ['\n#a\n', '\n#a\n'],
    ['#\n#a\n', '\n#a\n'],
    ['##\n#a\n', '\n#a\n'],
    ['##a\n#b\n', '\n\n'],
    ['#', ''],
    ['#a', ''],
    ['', ''],
  ])('turns %j into %j', (text, expected) => {
    expect(withoutComments(Buffer.from(text)).toString()).toBe(expected);
  });

  test('removes the same comments as the official reader, for any text in pieces of any length', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom('#', '#', '\n', '\n', 'a', '=', '\r'), { maxLength: 40 })
          .map((list) => list.join('')),
        fc.integer({ min: 1, max: 40 }),
        (text, pieceLength) => {
          expect(withoutComments(Buffer.from(text), pieceLength).toString()).toBe(officialFilter(text));
        },
      ),
      { numRuns: 20_000 },
    );
  });
});

test('the filter for manifests gives the result of the updaters of 2012', () => {
  const manifest =
    'Manifest-Version: 1.0\r\nbuilt-by: me\rClass-Path: a.jar\n b.jar\nMain-Class: X\n\nName: y';
  expect(withoutBuildLines(Buffer.from(manifest)).toString()).toBe(
    'Manifest-Version: 1.0\n b.jar\nMain-Class: X\n\nName: y\n',
  );
});
