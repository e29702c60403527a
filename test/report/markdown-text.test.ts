import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { codeBlock, codeSpan, escapeMarkdown, escapeMessage } from '../../src/report/markdown-text.js';

/** Shows the invisible character that breaks up references. */
const escaped = (text: string) => escapeMarkdown(text).replaceAll('\u2060', '^');

/** Renders Markdown like GitHub. */
const render = (markdown: string) =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
/** Returns the text of a document of one line that has no elements but those given. */
function textOf(html: string): string {
  return html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replaceAll('\u2060', '');
}

describe('untrusted text', () => {
  test.each([
    ["plain words, and more; it's 1.5 – no…", "plain words, and more; it's 1.5 – no…"],
    [
      'Published: 2 files (3.4 MB + 1) "x" = y / z > a & b',
      'Published: 2 files (3.4 MB + 1) "x" = y / z > a & b',
    ],
    ['é日本 → 1 🔬', 'é日本 → 1 🔬'],
    ['a*b`c|d\\e$f', 'a\\*b\\`c&#124;d&#92;e&#36;f'],
    ['Cell_Counter _a a_ a__b', 'Cell_Counter \\_a a\\_ a\\_\\_b'],
    ['<b>', '&#60;b>'],
    ['&lt; &#60; &', '&#38;lt; &#^60; &'],
    [':smile: a:b', '&#58;smile: a:b'],
    ['[a](b) ~c~', '\\[a\\](b) \\~c\\~'],
    [' a\n\t b ', 'a b'],
    ['a\u0007b\u202e', 'a\ufffdb\ufffd'],
    ['', ''],
  ])('%j is escaped as %j', (text, expected) => {
    expect(escaped(text)).toBe(expected);
  });

  test.each([
    ['- a', '\\- a'],
    ['--- a', '\\--- a'],
    ['1. a', '1\\. a'],
    ['1) a', '1\\) a'],
    ['123.', '123\\.'],
    ['# a', '\\# a'],
    ['> a', '\\> a'],
    ['===', '\\==='],
    ['+ a', '\\+ a'],
    ['a - b', 'a - b'],
    ['1.5', '1.5'],
    ['a 1. b', 'a 1. b'],
    ['a. b', 'a. b'],
  ])('%j does not begin a list, a heading or a rule: %j', (text, expected) => {
    expect(escaped(text)).toBe(expected);
  });

  test.each([
    ['@me', '@^me'],
    ['@_me', '@^\\_me'],
    ['@-me', '@^-me'],
    ['a @ b', 'a @ b'],
    ['a #1 a#23', 'a #^1 a#^23'],
    ['a #a', 'a #a'],
    ['GH-1 gh-2', 'GH-^1 gh-^2'],
    ['aGH-1 GH-a', 'aGH-1 GH-a'],
    ['www.a WWW.b', 'www^.a WWW^.b'],
    ['awww.b wwwa', 'awww.b wwwa'],
    ['http://a', 'http:^//a'],
    ['a:b', 'a:b'],
  ])('%j does not become a link: %j', (text, expected) => {
    expect(escaped(text)).toBe(expected);
  });

  const markup = fc.string({
    unit: fc.constantFrom(...'ab1 _*`[]()<>&;#!|\\~$:"\'=+-.@/{}\n'.split('')),
    maxLength: 30,
  });

  test('is shown as it is, without elements', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const line = text.replace(/\s+/g, ' ').trim();
        const html = render(`x ${escapeMarkdown(text)} y`);
        expect(textOf(html)).toBe(`<p>x ${line} y</p>`);
      }),
    );
  });

  test('is shown as it is at the beginning of a line and in a table', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const line = text.replace(/\s+/g, ' ').trim();
        fc.pre(line !== '');
        expect(textOf(render(escapeMarkdown(text)))).toBe(`<p>${line}</p>`);
        const table = render(`| a |\n| --- |\n| ${escapeMarkdown(text)} |\n`);
        expect(textOf(table)).toContain(`<td>${line}</td>`);
      }),
    );
  });
});

describe('a message', () => {
  test.each([
    ['Set "fail-on" to "never".', 'Set `fail-on` to `never`.'],
    ['"a*" is not a path', '`a*` is not a path'],
    ['Use "a|b" ', 'Use <code>a&#124;b</code> '],
    ['a " b_', 'a " b\\_'],
    ['"" a', '<code></code> a'],
    ['a "b" "c"', 'a `b` `c`'],
    ['', ''],
  ])('has what is quoted as code: %j as %j', (text, expected) => {
    expect(escapeMessage(text)).toBe(expected);
  });
});

describe('code', () => {
  test.each([
    ['a  b', '`a b`'],
    ['a ', '` a  `'],
    ['<b> & *c*', '`<b> & *c*`'],
    ['', '<code></code>'],
    [' ', '<code> </code>'],
    ['\n\t', '<code> </code>'],
    [' `é <', '<code> &#96;é &#60;</code>'],
    ['a\u001bb', '`a\ufffdb`'],
  ])('%j is rendered as %j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  test.each([
    ['', '```diff\n\n```\n'],
    ['a', '```diff\na\n```\n'],
    ['a\nb\n', '```diff\na\nb\n```\n'],
    ['a\r\nb\rc', '```diff\na\nb\nc\n```\n'],
    ['a ``', '```diff\na ``\n```\n'],
    ['``` a', '````diff\n``` a\n````\n'],
    ['```` a ``', '`````diff\n```` a ``\n`````\n'],
    ['a\u0007\tb', '```diff\na\ufffd\tb\n```\n'],
  ])('in a block is rendered within a fence: %j', (text, expected) => {
    expect(codeBlock(text, 'diff')).toBe(expected);
  });
});
