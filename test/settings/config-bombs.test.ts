import { findExcess } from '../../src/settings/config-bounds.js';
import { parseSiteConfig } from '../../src/settings/site-config.js';

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
