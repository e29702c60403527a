import { findExcess } from '../../src/settings/config-bounds.js';

function lines(count: number, make: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => make(at)).join('\n');
}

const TOO_MANY_KEYS = 'there are more than 5000 keys';
const TOO_MANY_TOKENS = 'there are more than 50000 words and signs';
const TOO_DEEP = 'it is nested more than 32 levels deep';
const TOO_MANY_ANCHORS = 'there are more than 100 anchors or aliases';

/** Texts that contain something a number of times, and the number that is allowed. */
const REPEATED: readonly (readonly [
  of: string,
  make: (count: number) => string,
  max: number,
  what: string,
])[] = [
  ['keys', (count) => lines(count, (at) => `k${at}: 1`), 5000, TOO_MANY_KEYS],
  ['keys in braces', (count) => `{${'k: 1,\n'.repeat(Math.ceil(count / 2))}}`, 5000, TOO_MANY_KEYS],
  ['keys with a sign', (count) => '? k\n'.repeat(count), 5000, TOO_MANY_KEYS],
  ['words and signs', (count) => '- a\n'.repeat(Math.ceil(count / 2)), 50_000, TOO_MANY_TOKENS],
  ['anchors', (count) => lines(count, (at) => `- &a${at} x`), 100, TOO_MANY_ANCHORS],
  ['aliases', (count) => `- &a x\n${'- *a\n'.repeat(count)}`, 100, TOO_MANY_ANCHORS],
  ['brackets', (count) => '['.repeat(count - 1), 32, TOO_DEEP],
  ['brackets in lines', (count) => '[\n'.repeat(count - 1), 32, TOO_DEEP],
  ['braces', (count) => '{'.repeat(count - 1), 32, TOO_DEEP],
  ['lists in one line', (count) => '- '.repeat(count - 1), 32, TOO_DEEP],
  ['keys of keys in one line', (count) => '? '.repeat(count - 1), 32, TOO_DEEP],
  ['indentations', (count) => lines(count, (at) => `${' '.repeat(at)}a:`), 32, TOO_DEEP],
  [
    'indentations with empty lines and comments',
    (count) => lines(count, (at) => `${' '.repeat(at)}a:\n\n   # b`),
    32,
    TOO_DEEP,
  ],
];

describe('the bounds of a configuration', () => {
  it.each(REPEATED)('allow a number of %s', (_, make, max, what) => {
    expect(findExcess(make(max))).toBeUndefined();
    expect(findExcess(make(max + 1))?.what).toBe(what);
  });

  it('report the line of the excess', () => {
    expect(findExcess(lines(200, (at) => `- &a${at} x`))?.line).toBe(101);
  });

  it('count the lines of texts and comments', () => {
    expect(findExcess(`a: "x\n  y"\nb: |\n  x\n  y\n\n# c\nd: ${'['.repeat(40)}\n`)?.line).toBe(8);
  });

  it('allow a site of a thousand files with full metadata', () => {
    const entry = (at: number) =>
      `  plugins/P${at}.jar:\n    description: "Text: {of} [any] kind, & more"\n    authors:\n      - Ann\n      - Ben\n    links: [https://example.org/]`;
    expect(findExcess(`files:\n${lines(1000, entry)}\n`)).toBeUndefined();
  });

  it('do not count YAML syntax in quotes, in comments or in texts of several lines', () => {
    const text = 'a: b, [c] {d} - e &f *g !h';
    const block = `      ${text}\n`.repeat(6000);
    const quoted = `"${'{'.repeat(1000)}"`;
    const comments = '# a: [b]\n'.repeat(60_000);
    expect(findExcess(`site:\n  description: |\n${block}\n  name: ${quoted}\n${comments}`)).toBeUndefined();
    expect(findExcess('\n'.repeat(60_000))).toBeUndefined();
  });

  it('count the nesting of open levels, not of closed ones', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const braces = `${'{'.repeat(20)}${'}'.repeat(20)}`;
    expect(findExcess(lines(500, (at) => `k${at}: ${nested(20)}`))).toBeUndefined();
    expect(findExcess(lines(500, (at) => `k${at}: ${braces}`))).toBeUndefined();
    expect(findExcess(lines(500, (at) => `${' '.repeat(at % 20)}- a`))).toBeUndefined();
    expect(findExcess('- - - a\n'.repeat(100))).toBeUndefined();
    expect(findExcess('a:\n  b:\nc:\n  d:\n'.repeat(100))).toBeUndefined();
  });

  it('do not give room for more levels if brackets close nothing', () => {
    expect(findExcess(`${']'.repeat(50)}${'['.repeat(33)}`)?.what).toBe(TOO_DEEP);
    expect(findExcess(`${'}'.repeat(50)}${'{'.repeat(33)}`)?.what).toBe(TOO_DEEP);
  });
});
