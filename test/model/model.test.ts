import fc from 'fast-check';
import { describeBytes, count } from '../../src/model/humanize.js';
import { nearMatches, suggestion } from '../../src/model/near-matches.js';
import { printable } from '../../src/model/printable.js';
import { parseSitePath } from '../../src/model/site-path.js';
import {
  dateOf,
  describeTimestamp,
  nextTimestamp,
  parseTimestamp,
  timestampOf,
} from '../../src/model/timestamp.js';

describe('timestamps', () => {
  test('are written in UTC, to the second', () => {
    expect(timestampOf(new Date('2026-11-20T09:32:12.999Z'))).toBe(20261120093212);
    expect(describeTimestamp(20261120093212)).toBe('2026-11-20 09:32:12 UTC');
  });

  test.each([
    '',
    '2026',
    '2026112009321',
    '202611200932123',
    '20261320093212',
    '20260230000000',
    '2026112009321x',
    ' 20261120093212',
  ])('%j is not a timestamp', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  test.each([
    [20261120093212, 20261120093213],
    [20261120235959, 20261121000000],
    [20241231235959, 20250101000000],
    [20240228235959, 20240229000000],
    [1, 2],
    [20261399999999, 20261400000000],
  ])('%d is followed by %d', (timestamp, next) => {
    expect(nextTimestamp(timestamp)).toBe(next);
  });

  test('convert any second from year 1000 to 9999 and back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-30'), noInvalidDate: true }),
        (date) => {
          const timestamp = timestampOf(date);
          expect(dateOf(timestamp)?.getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000);
          expect(nextTimestamp(timestamp)).toBeGreaterThan(timestamp);
          expect(parseTimestamp(String(timestamp))).toBe(timestamp);
        },
      ),
    );
  });
});

describe('site paths', () => {
  test.each(['macros/A.ijm', 'a', 'lib/linux64/lib x.so', 'macros/日本.txt', 'a/..b', 'a/b..', '...'])(
    '%j is valid',
    (text) => {
      expect(parseSitePath(text)).toEqual({ path: text });
    },
  );

  test.each([
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    './a',
    'a\\b',
    'C:/a',
    'c:a',
    'a\nb',
    'a\u0000',
    'a\u007f',
    '\ud800',
    'x'.repeat(241),
  ])('%j is refused', (text) => {
    expect(parseSitePath(text)).toHaveProperty('reason');
  });
});

describe('near matches', () => {
  test('are the candidates with few differences, best first', () => {
    expect(nearMatches('plugns/A.jar', ['plugins/A.jar', 'plugins/B.jar', 'jars/x.jar'])).toEqual([
      'plugins/A.jar',
      'plugins/B.jar',
    ]);
    expect(nearMatches('zzz', ['plugins/A.jar'])).toEqual([]);
    // Two swapped letters count as one mistake.
    expect(nearMatches('jras', ['bars', 'jar', 'jars'])[0]).toBe('jars');
    expect(suggestion(['a', 'b'])).toBe('Did you mean "a" or "b"?');
    expect(suggestion([])).toBe('');
  });
});

describe('texts for people', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [3_400_000, '3.4 MB'],
    [999_960, '1.0 MB'],
    [2_500_000_000, '2.5 GB'],
  ])('%d bytes are shown as %s', (bytes, text) => {
    expect(describeBytes(bytes)).toBe(text);
  });

  test('combine numbers with singular or plural nouns', () => {
    expect([count(1, 'file'), count(2, 'file'), count(1234, 'entry', 'entries')]).toEqual([
      '1 file',
      '2 files',
      '1,234 entries',
    ]);
  });

  test('replace characters that control a terminal', () => {
    expect(printable('a\u001b[31mb\u0007\u202ec\nd\te')).toBe('a\ufffd[31mb\ufffd\ufffdc\nd\te');
  });
});
