/** Words in versions by rank, lowest first (spec, section 3). Other words rank above them and below numbers. */
const WORDS: readonly (readonly string[])[] = [
  ['snap', 'snapshot'],
  ['m'],
  ['eap', 'pre', 'preview'],
  ['alpha', 'a'],
  ['beta', 'betta', 'b'],
  ['rc'],
  [''],
  ['sp'],
  ['rel', 'release', 'r', 'final'],
];
const MAX_WORD = 'bundled';
const RANKS: ReadonlyMap<string, number> = new Map(
  WORDS.flatMap((words, rank) => words.map((word) => [word, rank] as const)),
);
const EMPTY_RANK = RANKS.get('') as number;
const OTHER_WORD_RANK = WORDS.length;
const NUMBER_RANK = WORDS.length + 1;
const MAX_RANK = WORDS.length + 2;

/** Returns a negative number if IDEs consider `a` the older version, and 0 if they consider both equal. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const [these, those] = [partsOf(a), partsOf(b)];
  const length = Math.max(these.length, those.length);
  for (let at = 0; at < length; at++) {
    const order = compareParts(these[at] ?? '', those[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** Splits a version at separators, and between digits and other characters. */
function partsOf(version: string): readonly string[] {
  return (
    version
      .trim()
      .toLowerCase()
      .match(/\d+|[^\d()._\-;:/, +~]+/g) ?? []
  );
}

function compareParts(a: string, b: string): number {
  const [x, y] = [rankOf(a), rankOf(b)];
  if (x !== y) return x - y;
  if (x === NUMBER_RANK) return compareNumbers(a, b);
  return x === OTHER_WORD_RANK ? compareTexts(a, b) : 0;
}

function rankOf(part: string): number {
  const rank = RANKS.get(part.trim());
  if (rank !== undefined) return rank;
  if (/^0+$/.test(part)) return EMPTY_RANK;
  if (part.trim() === MAX_WORD) return MAX_RANK;
  return /^\d/.test(part) ? NUMBER_RANK : OTHER_WORD_RANK;
}

/** Ignores the leading zeros that both numbers have. If only one still begins with a zero, it is the smaller one. */
function compareNumbers(a: string, b: string): number {
  let zeros = 0;
  while (a[zeros] === '0' && b[zeros] === '0') zeros++;
  const [x, y] = [a.slice(zeros), b.slice(zeros)];
  if (x.startsWith('0') !== y.startsWith('0')) return x.startsWith('0') ? -1 : 1;
  return x.length - y.length || compareTexts(x, y);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
