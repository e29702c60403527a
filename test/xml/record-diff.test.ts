import fc from 'fast-check';
import { diffRecords, linesIn, type RecordLines } from '../../src/xml/record-diff.js';

const HEAD = ['<plugins>'];

function linesOf(records: Readonly<Record<string, readonly string[]>>): RecordLines {
  const entries = Object.entries(records).map(
    ([name, lines]) => [name, lines.map((line) => `${line}\n`).join('')] as const,
  );
  return { linesBefore: HEAD.length, records: new Map(entries) };
}

function documentOf({ records }: RecordLines): string[] {
  return [...HEAD, ...[...records.values()].join('').split('\n').slice(0, -1)];
}

/** Applies the diff to the lines, and checks that each of its lines is in its place. */
function patch(before: readonly string[], diff: string): string[] {
  const after: string[] = [];
  let at = 0;
  for (const line of diff.split('\n').slice(2, -1)) {
    const place = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(line)?.slice(1).map(Number);
    if (place) {
      const [oldStart, oldLines, newStart, newLines] = place as [number, number, number, number];
      const next = oldLines === 0 ? oldStart : oldStart - 1;
      after.push(...before.slice(at, next));
      expect(after).toHaveLength(newLines === 0 ? newStart : newStart - 1);
      at = next;
      continue;
    }
    if (!line.startsWith('+')) expect(before[at++]).toBe(line.slice(1));
    if (!line.startsWith('-')) after.push(line.slice(1));
  }
  return [...after, ...before.slice(at)];
}

test('the diff of equal documents is empty', () => {
  const records = linesOf({ a: ['1'], b: ['2'] });
  expect(diffRecords('x.xml', records, records)).toBe('');
  expect(linesIn('a\nb\n')).toBe(2);
});

test('the diff shows added, changed, removed and moved records', () => {
  const before = linesOf({ gone: ['g'], a: ['1', '2', '3', '4', '5', '6'], b: ['b'], c: ['c'] });
  const after = linesOf({ a: ['1', '2', '3', '4', 'five', '6'], c: ['c'], b: ['b'], new: ['n'] });
  expect(diffRecords('x.xml', before, after)).toBe(
    `--- x.xml (before)
+++ x.xml (after)
@@ -2,1 +1,0 @@
-g
@@ -4,6 +3,5 @@
 2
 3
 4
-5
+five
 6
-b
@@ -10,0 +9,2 @@
+b
+n
`,
  );
});

test('the diff shows the first and the last record of a document', () => {
  const one = linesOf({ a: ['1'] });
  const none = linesOf({});
  expect(diffRecords('x', none, one)).toBe('--- x (before)\n+++ x (after)\n@@ -1,0 +2,1 @@\n+1\n');
  expect(diffRecords('x', one, none)).toBe('--- x (before)\n+++ x (after)\n@@ -2,1 +1,0 @@\n-1\n');
});

describe('a comparison that takes too long', () => {
  const { now } = Date;

  afterEach(() => {
    Date.now = now;
  });

  /** Lets the clock advance at each look at it. */
  function advanceBy(milliseconds: number): void {
    let time = 0;
    Date.now = () => (time += milliseconds);
  }

  const before = linesOf({ a: ['1'], b: ['x', '2', '3', 'y'], c: ['4'] });
  const after = linesOf({ a: ['1'], b: ['x', '5', 'y'], c: ['4', '6'] });

  test('shows the whole record as replaced', () => {
    advanceBy(2001);
    const diff = diffRecords('x', before, after);
    expect(diff).toBe(`--- x (before)
+++ x (after)
@@ -3,5 +3,5 @@
-x
-2
-3
-y
+x
+5
+y
-4
+4
+6
`);
    expect(patch(documentOf(before), diff)).toEqual(documentOf(after));
    const empty = linesOf({});
    expect(diffRecords('x', before, empty)).toContain('@@ -2,6 +1,0 @@\n-1\n-x\n');
  });

  test('takes more than two seconds', () => {
    advanceBy(100);
    expect(diffRecords('x', before, after)).toContain('\n x\n-2\n-3\n+5\n y\n');
  });
});

test('changes in a long record have three lines of context', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `${at}`);
  const changed = lines.map((line) => (line === '5' || line === '15' ? 'new' : line));
  expect(diffRecords('x', linesOf({ a: ['a'], b: lines }), linesOf({ b: changed }))).toBe(`--- x (before)
+++ x (after)
@@ -2,1 +1,0 @@
-a
@@ -5,7 +4,7 @@
 2
 3
 4
-5
+new
 6
 7
 8
@@ -15,7 +14,7 @@
 12
 13
 14
-15
+new
 16
 17
 18
`);
});

test('the diff turns one document into the other, for any records', () => {
  const records = fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
        fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
      ),
      {
        selector: ([name]) => name,
      },
    )
    .map((entries) => linesOf(Object.fromEntries(entries)));
  fc.assert(
    fc.property(records, records, (before, after) => {
      expect(patch(documentOf(before), diffRecords('x', before, after))).toEqual(documentOf(after));
    }),
    { numRuns: 300 },
  );
});
