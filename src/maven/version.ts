/*
 * Compares versions in the order of Maven 3.8 (org.apache.maven.artifact.versioning.ComparableVersion). The vectors in
 * test/fixtures/maven/versions.json come from that class.
 */

/**
 * Maximum length of a version that is compared. It also limits the depth of lists, because each transition opens one.
 */
const MAX_LENGTH = 256;

/** Maximum number of digits of a Java `int` and `long`. Maven orders numbers first by the type that they need. */
const MAX_INT_DIGITS = 9;
const MAX_LONG_DIGITS = 18;

/** Qualifiers that Maven knows, in its order. The empty one is the release itself. Unknown ones come last. */
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const RELEASE = rankOf('');
const ALIASES = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);
const SHORT_FORMS = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

interface NumberItem {
  readonly kind: 'number';
  /** 0 for an `int`, 1 for a `long`, 2 for longer numbers. */
  readonly size: number;
  /** ASCII digits without leading zeros: empty for zero. */
  readonly digits: string;
}
interface WordItem {
  readonly kind: 'word';
  readonly rank: string;
}
interface ListItem {
  readonly kind: 'list';
  readonly items: Item[];
}
type Item = NumberItem | WordItem | ListItem;

const ZERO: NumberItem = { kind: 'number', size: 0, digits: '' };

/**
 * Compares two versions as Maven does: `1.0-rc1` < `1.0` = `1` < `1.0-sp` < `1.0-1` < `1.0.1`.
 *
 * Maven's own order is not transitive for a word that follows a dot and is followed by a dot or a dash
 * (`1.sp.1` < `1-alpha` < `1` < `1.sp.1`); this function gives the same results, so use it to compare pairs.
 * Only the first 256 characters of a version count.
 *
 * @returns a negative number if `a` is older, 0 if Maven treats them as equal, a positive one if `a` is newer
 */
export function compareMavenVersions(a: string, b: string): number {
  return compareItems(parseVersion(a), parseVersion(b));
}

/** The stamp of a deployed snapshot: the time and number of the build in place of `SNAPSHOT`. */
const SNAPSHOT_STAMP = /(^|-)\d{8}\.\d{6}-\d+(?=-|$)/;

/** Returns the version of a deployed snapshot: `1.0-SNAPSHOT` for `1.0-20261120.093212-1`. */
export function snapshotVersion(version: string): string {
  return version.replace(SNAPSHOT_STAMP, '$1SNAPSHOT');
}

/** Splits a version at dots (same list), at dashes, and between digits and letters (nested list). */
function parseVersion(version: string): ListItem {
  const text = version.slice(0, MAX_LENGTH).toLowerCase();
  const root: ListItem = { kind: 'list', items: [] };
  const lists = [root];
  let list = root;
  const open = () => {
    const inner: ListItem = { kind: 'list', items: [] };
    list.items.push(inner);
    lists.push(inner);
    list = inner;
  };
  let isDigit = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '.' || character === '-') {
      list.items.push(at === start ? ZERO : itemOf(isDigit, text.slice(start, at)));
      start = at + 1;
      if (character === '-') open();
      continue;
    }
    const isNext = isDecimalDigit(character);
    if (isNext !== isDigit && at > start) {
      // `1.x1` is `1-x1`: a word opens a list of its own.
      if (isNext && list.items.length > 0) open();
      list.items.push(isNext ? wordOf(text.slice(start, at), true) : numberOf(text.slice(start, at)));
      start = at;
      open();
    }
    isDigit = isNext;
  }
  if (text.length > start) {
    if (!isDigit && list.items.length > 0) open();
    list.items.push(itemOf(isDigit, text.slice(start)));
  }
  for (const one of lists.reverse()) dropNulls(one.items);
  return root;
}

/** Drops trailing items that stand for zero or the release: `1.0.0` is `1`. */
function dropNulls(items: Item[]): void {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item && isNull(item)) items.splice(at, 1);
    else if (item?.kind !== 'list') break;
  }
}

function isNull(item: Item): boolean {
  if (item.kind === 'number') return item.digits === '';
  return item.kind === 'word' ? item.rank === RELEASE : item.items.length === 0;
}

function itemOf(isDigit: boolean, text: string): Item {
  return isDigit ? numberOf(text) : wordOf(text, false);
}

function wordOf(text: string, isBeforeDigit: boolean): WordItem {
  const word = (isBeforeDigit ? SHORT_FORMS.get(text) : undefined) ?? text;
  return { kind: 'word', rank: rankOf(ALIASES.get(word) ?? word) };
}

/** Returns a text that sorts in the order of the qualifiers. */
function rankOf(word: string): string {
  const at = QUALIFIERS.indexOf(word);
  return at < 0 ? `${QUALIFIERS.length}-${word}` : String(at);
}

function numberOf(text: string): NumberItem {
  // Maven strips only ASCII zeros, keeps all of them if the number has only zeros, and then measures the length.
  const { length } = text.replace(/^0+(?=[^0])/, '');
  const size = length <= MAX_INT_DIGITS ? 0 : length <= MAX_LONG_DIGITS ? 1 : 2;
  return { kind: 'number', size, digits: Array.from(text, digitOf).join('').replace(/^0+/, '') };
}

/** Like `Character.isDigit` of Java for a UTF-16 code unit. */
function isDecimalDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character);
}

/** Returns the value of a decimal digit of any script. In the basic plane, each script has ten in a row. */
function digitOf(character: string): number {
  let value = 0;
  while (isDecimalDigit(String.fromCharCode(character.charCodeAt(0) - value - 1))) value++;
  return value;
}

/** Compares items. `undefined` stands for an item that the shorter version lacks. */
function compareItems(a: Item | undefined, b: Item | undefined): number {
  if (!a) return b ? 0 - compareItems(b, a) : 0;
  if (!b) return compareWithNothing(a);
  if (a.kind === 'number' && b.kind === 'number') {
    return a.size - b.size || a.digits.length - b.digits.length || compareCodeUnits(a.digits, b.digits);
  }
  if (a.kind === 'word' && b.kind === 'word') return compareCodeUnits(a.rank, b.rank);
  if (a.kind === 'list' && b.kind === 'list') {
    const length = Math.max(a.items.length, b.items.length);
    for (let at = 0; at < length; at++) {
      const order = compareItems(a.items[at], b.items[at]);
      if (order !== 0) return order;
    }
    return 0;
  }
  const order = ['word', 'list', 'number'];
  return order.indexOf(a.kind) - order.indexOf(b.kind);
}

function compareWithNothing(item: Item): number {
  if (item.kind === 'number') return item.digits === '' ? 0 : 1;
  if (item.kind === 'word') return compareCodeUnits(item.rank, RELEASE);
  for (const one of item.items) {
    const order = compareWithNothing(one);
    if (order !== 0) return order;
  }
  return 0;
}

/** Compares by UTF-16 code units, as Java compares strings. */
function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
