import { structuredPatch, type StructuredPatch } from 'diff';

/** A document as its lines: what stands before the records, and the records by a name that they keep. */
export interface RecordLines {
  readonly linesBefore: number;
  /** Each ends with a line break, in the order of the document. */
  readonly records: ReadonlyMap<string, string>;
}

const CONTEXT_LINES = 3;
/** Longest comparison of one record, in milliseconds; beyond it the record is told as replaced. */
const TIMEOUT_MS = 2000;

/**
 * The lines of a document that differ, as a unified diff. Records are compared each with itself: that takes no time in a
 * large document, and never mixes two of them.
 *
 * @param name what the document is called
 * @returns empty where nothing differs
 */
export function diffRecords(name: string, before: RecordLines, after: RecordLines): string {
  const hunks: Hunk[] = [];
  const [old, now] = [before.records, after.records];
  const [oldNames, newNames] = [[...old.keys()], [...now.keys()]];
  // Lines that stand before the next record, in both.
  let [oldLine, newLine] = [before.linesBefore, after.linesBefore];
  const moved = new Set<string>();
  const step = (from = '', to = '') => {
    if (from !== to) for (const hunk of hunksBetween(from, to, oldLine, newLine)) addHunk(hunks, hunk);
    oldLine += linesIn(from);
    newLine += linesIn(to);
  };
  for (let i = 0, j = 0; i < oldNames.length || j < newNames.length;) {
    const [left, right] = [oldNames[i], newNames[j]];
    if (left !== undefined && left === right) {
      step(old.get(left), now.get(right));
      i++;
      j++;
    } else if (left !== undefined && !now.has(left)) {
      step(old.get(left), undefined);
      i++;
    } else if (right !== undefined && (left === undefined || !old.has(right) || moved.has(right))) {
      step(undefined, now.get(right));
      j++;
    } else if (left !== undefined) {
      // It comes later: it is shown as going here and coming there.
      moved.add(left);
      step(old.get(left), undefined);
      i++;
    }
  }
  return hunks.length === 0
    ? ''
    : `--- ${name} (before)\n+++ ${name} (after)\n${hunks.map(renderHunk).join('')}`;
}

/** How many lines a text has that ends with a line break. */
export function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/** Lines that differ, with some around them; lines are counted from 1. */
type Hunk = Pick<
  StructuredPatch['hunks'][number],
  'oldStart' | 'oldLines' | 'newStart' | 'newLines' | 'lines'
>;

/** @param oldLine how many lines stand before the text, in the document that it is from */
function hunksBetween(from: string, to: string, oldLine: number, newLine: number): Hunk[] {
  const options = { context: CONTEXT_LINES, timeout: TIMEOUT_MS };
  // It is undefined where time has run out.
  const patch = structuredPatch('', '', from, to, undefined, undefined, options);
  if (patch) {
    return patch.hunks.map((hunk) => ({
      ...hunk,
      oldStart: hunk.oldStart + oldLine,
      newStart: hunk.newStart + newLine,
    }));
  }
  const marked = (text: string, mark: string) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => mark + line);
  const lines = [...marked(from, '-'), ...marked(to, '+')];
  const [oldLines, newLines] = [linesIn(from), linesIn(to)];
  return [{ oldStart: oldLine + 1, oldLines, newStart: newLine + 1, newLines, lines }];
}

/** What follows directly on the last one goes on with it. */
function addHunk(hunks: Hunk[], hunk: Hunk): void {
  const last = hunks.at(-1);
  const isNext =
    last?.oldStart === hunk.oldStart - (last?.oldLines ?? 0) &&
    last.newStart === hunk.newStart - last.newLines;
  if (!last || !isNext) {
    hunks.push(hunk);
    return;
  }
  last.oldLines += hunk.oldLines;
  last.newLines += hunk.newLines;
  for (const line of hunk.lines) last.lines.push(line);
}

/** Of no lines at all, the format names the line before (POSIX, `diff -u`). */
function renderHunk({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string {
  const range = (start: number, count: number) => `${count === 0 ? start - 1 : start},${count}`;
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${lines.join('\n')}\n`;
}
