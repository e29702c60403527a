import { codeBlock, codeSpan, escapeMarkdown } from '../../src/report/markdown-text.js';

/** Shows the invisible character that breaks up references. */
const escaped = (text: string) => escapeMarkdown(text).replaceAll('&#8288;', '^').replaceAll('\u2060', '^');

describe('untrusted text', () => {
  test.each([
    ["plain words, and more; it's 1.5 – no…", "plain words, and more; it's 1.5 &#8211; no…"],
    ['é日本 → 1', 'é日本 → 1'],
    ['a*b_c`d|e', 'a&#42;b&#95;c&#96;d&#124;e'],
    ['<b>&"', '&#60;b&#62;&#38;&#34;'],
    ['\u{1f52c}', '&#128300;'],
    ['a\n\t b', 'a b'],
    ['a\u0007b\u202e', 'a&#65533;b&#65533;'],
    ['', ''],
  ])('%j is escaped as %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test.each([
    ['- a', '&#45; a'],
    ['-', '&#45;'],
    ['--- a', '&#45;-- a'],
    ['1. a', '1&#46; a'],
    ['123.', '123&#46;'],
    ['. a', '&#46; a'],
    ['1- a', '1&#45; a'],
    ['a - b', 'a - b'],
    ['-a', '-a'],
    ['1.5', '1.5'],
    ['a 1. b', 'a 1. b'],
    ['a. b', 'a. b'],
  ])('%j does not begin a list or a rule: %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test.each([
    ['@me', '&#64;^me'],
    ['@_me', '&#64;^&#95;me'],
    ['@-me', '&#64;^-me'],
    ['a @ b', 'a &#64; b'],
    ['#1 a#23', '&#35;^1 a&#35;^23'],
    ['#a', '&#35;a'],
    ['GH-1 gh-2', 'GH-^1 gh-^2'],
    ['aGH-1 GH-a', 'aGH-1 GH-a'],
    ['www.a WWW.b', 'www^.a WWW^.b'],
    ['awww.b wwwa', 'awww.b wwwa'],
    ['http://a', 'http&#58;^&#47;&#47;a'],
    ['a:b', 'a&#58;b'],
  ])('%j does not become a link: %j', (text, expected) => {
    expect(escaped(text)).toBe(expected);
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
