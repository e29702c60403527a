import { structuredPatch, type StructuredPatch } from 'diff';

/** The lines of a document: those before the records, and the records by a stable name. */
export interface RecordLines {
  readonly linesBefore: number;
  /** Each ends with a line break, in the order of the document. */
  readonly records: ReadonlyMap<string, string>;
}

const CONTEXT_LINES = 3;
/** Maximum duration of the comparison of a record, in milliseconds. After that, the record is shown as replaced. */
const TIMEOUT_MS = 2000;

/**
 * Returns the differing lines of two documents as a unified diff. Each record is compared only with the one of the same
 * name, which is fast for large documents and never mixes two records.
 *
 * @param name the name of the document
 * @returns an empty text if nothing differs
 */
export function diffRecords(name: string, before: RecordLines, after: RecordLines): string {
  const hunks: Hunk[] = [];
  const [old, now] = [before.records, after.records];
  const [oldNames, newNames] = [[...old.keys()], [...now.keys()]];
  // Number of lines before the next record, in both documents.
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
      // The record was moved down. It is shown as removed here and added there.
      moved.add(left);
      step(old.get(left), undefined);
      i++;
    }
  }
  return hunks.length === 0
    ? ''
    : `--- ${name} (before)\n+++ ${name} (after)\n${hunks.map(renderHunk).join('')}`;
}

/** Returns the number of lines of a text that ends with a line break. */
export function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

/** Differing lines with some context. Lines are counted from 1. */
type Hunk = Pick<
  StructuredPatch['hunks'][number],
  'oldStart' | 'oldLines' | 'newStart' | 'newLines' | 'lines'
>;

/** @param oldLine number of lines before the record in the old document; `newLine` in the new one */
function hunksBetween(from: string, to: string, oldLine: number, newLine: number): Hunk[] {
  const options = { context: CONTEXT_LINES, timeout: TIMEOUT_MS };
  // It is `undefined` after the timeout.
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

/** Adds a hunk. It is merged into the last one if it directly follows it. */
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

/** Renders a hunk. An empty range starts at the line before it (POSIX, `diff -u`). */
function renderHunk({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string {
  const range = (start: number, count: number) => `${count === 0 ? start - 1 : start},${count}`;
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${lines.join('\n')}\n`;
}
