import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { findExcess } from '../../src/settings/config-bounds.js';
import { duplicateKeys, pairOf } from '../../src/settings/config-keys.js';
import { parseSiteConfig } from '../../src/settings/site-config.js';
import { countSteps } from '../support/count-steps.js';

const FILE = '.github/update-site.yml';
const PLATFORMS = new Set(['linux64']);
/** The size of the largest file that is read. */
const SIZE = 256 * 1024;

function faultsOf(text: string): readonly string[] {
  return parseSiteConfig(text, FILE, PLATFORMS).problems.map(({ message }) => message);
}

function lines(count: number, make: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => make(at)).join('\n');
}

/** Texts that are expensive to parse, each as large as a file may be. */
const BOMBS: Readonly<Record<string, string>> = {
  'brackets in brackets': '['.repeat(SIZE),
  'brackets in brackets, line by line': '[\n'.repeat(SIZE / 2),
  'braces in braces': '{'.repeat(SIZE),
  'mappings in mappings, in one line': '{a: '.repeat(SIZE / 4),
  'lists in lists, in one line': '- '.repeat(SIZE / 2),
  'keys of keys': '? '.repeat(SIZE / 2),
  'mappings in mappings, by indentation': lines(700, (at) => `${' '.repeat(at)}a:`),
  'many keys': lines(25_000, (at) => `k${at}: 1`),
  'many keys in braces': `{${lines(25_000, (at) => `k${at}: 1,`)}}`,
  'many keys without a value': `{${lines(30_000, (at) => `k${at},`)}}`,
  'many entries': '- a\n'.repeat(SIZE / 4),
  'many anchors': lines(20_000, (at) => `- &a${at} x`),
  'many aliases': `x: &a [1]\ny: [${'*a,'.repeat(SIZE / 4)}]`,
  'many tags': '!!a '.repeat(SIZE / 4),
  'many documents': '---\n'.repeat(SIZE / 4),
  'many directives': '%YAML 1.2\n'.repeat(SIZE / 10),
  'many brackets that close nothing': ']\n'.repeat(SIZE / 2),
  'many commas': `[${','.repeat(SIZE)}]`,
  'many quotes': '"'.repeat(SIZE),
  'many colons': ': '.repeat(SIZE / 2),
  tabs: '\t'.repeat(SIZE),
  'tabs in a key': `a:${'\t'.repeat(SIZE)}b`,
  'tabs in quotes': `"${'\n\t'.repeat(SIZE / 2)}"`,
  'lines with a tab': '\t\n'.repeat(SIZE / 2),
  comments: '#\n'.repeat(SIZE / 2),
  'empty lines': '\n'.repeat(SIZE),
  'escaped line ends': `"${'\\\n'.repeat(SIZE / 2)}"`,
  'a text of many lines': `|\n${' a\n'.repeat(SIZE / 3)}`,
  'aliases of aliases': [
    'l0: &l0 [x]',
    ...Array.from({ length: 20 }, (_, at) => `l${at + 1}: &l${at + 1} [*l${at}, *l${at}]`),
  ].join('\n'),
};

describe('a configuration that is a bomb', () => {
  it.each(Object.entries(BOMBS))('is refused with a line and a reason: %s', (_, text) => {
    const started = process.cpuUsage();
    const faults = faultsOf(text);
    const { user, system } = process.cpuUsage(started);
    if (!/^[\s#]*$/.test(text)) expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault).toMatch(/^\.github\/update-site\.yml(, line \d+)?: /);
    // It takes some 0.2 s. Without the limits it took minutes.
    expect((user + system) / 1e6).toBeLessThan(10);
  });

  it('does not exhaust the stack', () => {
    // If the stack is almost full, compiling a regular expression ends the whole process.
    for (const [name, text] of Object.entries(BOMBS)) {
      if (/^(brackets|braces|mappings|lists) in|^keys of keys/.test(name))
        expect([name, findExcess(text)?.what]).toEqual([name, 'it is nested more than 32 levels deep']);
    }
  });
});

describe('the bounds of a configuration', () => {
  const files = (count: number) => `files:\n${lines(count, (at) => `  plugins/P${at}.jar: {}`)}\n`;

  it('allow 5,000 keys', () => {
    expect(faultsOf(files(4999))).toEqual([]);
    expect(faultsOf(files(5000))).toEqual([`${FILE}, line 5001: there are more than 5000 keys.`]);
  });

  it('allow a site of a thousand files with full metadata', () => {
    const entry = (at: number) =>
      `  plugins/P${at}.jar:\n    description: "Text: {of} [any] kind, & more"\n    authors:\n      - Ann\n      - Ben\n    links: [https://example.org/]`;
    expect(faultsOf(`files:\n${lines(1000, entry)}\n`)).toEqual([]);
  });

  it('do not count YAML syntax in quotes or in texts of several lines', () => {
    const text = 'a: b, [c] {d} - e &f *g !h\n      '.repeat(6000);
    expect(faultsOf(`site:\n  description: |\n      ${text}\n  name: "${'{'.repeat(1000)}"\n`)).toEqual([]);
  });

  it('count the nesting of open brackets, not of closed ones', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(findExcess(lines(500, (at) => `k${at}: ${nested(20)}`))).toBeUndefined();
    expect(findExcess(`k: ${nested(40)}`)?.what).toMatch(/nested/);
    expect(findExcess(lines(500, (at) => `${' '.repeat(at % 20)}- a`))).toBeUndefined();
  });
});

describe('the search for duplicate keys', () => {
  it('finds the same keys as the library', () => {
    const key = fc.constantFrom('a', 'b', '1', '"1"', 'true', '"true"', 'null', '~', '__proto__', 'toString');
    const map = fc.array(key, { maxLength: 6 });
    fc.assert(
      fc.property(map, map, (outer, inner) => {
        const text = [
          ...outer.map((one) => `${one}: 1`),
          'inner:',
          ...inner.map((one) => `  ${one}: 1`),
          '  last: 1',
        ].join('\n');
        const expected = parseDocument(text).errors.map(({ pos }) => pos[0]);
        const found = duplicateKeys(parseDocument(text, { uniqueKeys: false }));
        expect(found.map(({ offset }) => offset)).toEqual([...new Set(expected)]);
      }),
    );
  });

  it('resolves an alias that is a key', () => {
    expect(faultsOf('site:\n  &n name: x\n  *n : y\n')).toEqual([
      `${FILE}, line 3: the key "name" is already in line 2.`,
    ]);
  });

  it('visits each key once, like the search for the line of a fault', () => {
    const document = (count: number) =>
      parseDocument(
        lines(count, (at) => `k${at}: 1`),
        { uniqueKeys: false },
      );
    const steps = (count: number) => {
      const parsed = document(count);
      return countSteps(() => {
        duplicateKeys(parsed);
        const map = parsed.contents as Parameters<typeof pairOf>[0];
        for (let at = 0; at < count; at++) pairOf(map, `k${at}`);
      });
    };
    expect(steps(2000) / steps(500)).toBeLessThan(6);
  });
});
