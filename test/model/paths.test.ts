import { reservedByGit } from '../../src/model/git-names.js';
import { asLogText, isStorable, isWellFormed, printable } from '../../src/model/printable.js';
import {
  baseName,
  compareText,
  foldersAbove,
  joinSitePath,
  parseSitePath,
  sitePath,
} from '../../src/model/site-path.js';

describe('a path on a site', () => {
  it.each(['a', 'a/b', 'plugins/Ä é.jar', 'a.b/..c', '...', 'aa:b', '1:/x', 'x'.repeat(240), '𝒳'])(
    'may be %s',
    (text) => {
      expect(parseSitePath(text)).toEqual({ path: text });
      expect(sitePath(text)).toBe(text);
    },
  );

  it.each([
    ['', 'it is empty'],
    ['a\u0000', 'it contains a control character'],
    ['a\u001f', 'it contains a control character'],
    ['\u007fa', 'it contains a control character'],
    ['\u009fa', 'it contains a control character'],
    ['a\ufffe', 'it contains a control character'],
    ['a\ud800', 'it is not valid Unicode'],
    ['\udc00a', 'it is not valid Unicode'],
    ['a\\b', 'it contains a backslash; parts are separated by "/"'],
    ['/a', 'it is absolute; paths are relative to the root of the site'],
    ['C:a', 'it begins with a drive letter'],
    ['z:/a', 'it begins with a drive letter'],
    ['x'.repeat(241), 'it is longer than 240 characters'],
    ['a//b', 'it has an empty part'],
    ['a/', 'it has an empty part'],
    ['./a', 'it has a "." part'],
    ['a/..', 'it has a ".." part'],
  ])('may not be %j', (text, reason) => {
    expect(parseSitePath(text)).toEqual({ reason });
    expect(() => sitePath(text)).toThrow(`${JSON.stringify(text)} is not a path on a site: ${reason}`);
  });

  it('has a name, and folders above it', () => {
    expect(baseName('a/b/c')).toBe('c');
    expect(baseName('c')).toBe('c');
    expect(foldersAbove('a/b/c')).toEqual(['a', 'a/b']);
    expect(foldersAbove('a')).toEqual([]);
    expect(joinSitePath(sitePath('a'), sitePath('b/c'))).toBe('a/b/c');
  });

  it('is ordered by code units', () => {
    expect(['b', 'a', 'B', 'ä', 'a'].sort(compareText)).toEqual(['B', 'a', 'a', 'b', 'ä']);
  });
});

describe('a name that git reserves', () => {
  it.each([
    ['.git', '".git"'],
    ['a/.git/b', '".git"'],
    ['.GIT', '".GIT"'],
    ['.git.', '".git.", which some systems take for ".git"'],
    ['.git . ', '".git . ", which some systems take for ".git"'],
    ['.git::$INDEX', '".git::$INDEX", which some systems take for ".git"'],
    ['git~1', '"git~1", which some systems take for ".git"'],
    ['.g\u200cit', '".g\u200cit", which some systems take for ".git"'],
  ])('is refused: %j', (path, name) => {
    expect(reservedByGit(path)).toBe(`git reserves the name ${name}`);
  });

  it.each(['git', '.github/a', '.gitignore', 'a.git', 'git~2', '.git-x', 'x/git'])('is not %s', (path) => {
    expect(reservedByGit(path)).toBeUndefined();
  });
});

describe('untrusted text', () => {
  it('is shown without control and bidirectional characters', () => {
    expect(printable('a\tb\nc')).toBe('a\tb\nc');
    expect(printable('\u0000\u0008\u000b\u001b\u001f\u007f\u009f')).toBe('\ufffd'.repeat(7));
    expect(printable('a\u061c\u200e\u200f\u202a\u202e\u2066\u2069b')).toBe(`a${'\ufffd'.repeat(7)}b`);
    expect(printable('\u00a0\u200d\u2065é𝒳')).toBe('\u00a0\u200d\u2065é𝒳');
  });

  it('contains no commands to the runner', () => {
    expect(asLogText('::error::x\n  ::set-output::y\na::b ##[group]')).toBe(
      ': :error::x\n  : :set-output::y\na::b # #[group]',
    );
  });

  it.each([
    ['a\t\n\r\u007f\ufffdé𝒳', true],
    ['\u0000', false],
    ['\u0008', false],
    ['\u000b', false],
    ['\u000c', false],
    ['\u000e', false],
    ['\u001f', false],
    ['\ufffe', false],
    ['\uffff', false],
    ['\ud800', false],
  ])('can be written into XML: %j %s', (text, expected) => {
    expect(isStorable(text)).toBe(expected);
  });

  it.each([
    ['𝒳', true],
    ['', true],
    ['\ud835', false],
    ['\udcb3', false],
    ['\udcb3\ud835', false],
    ['a\ud835b', false],
    ['𝒳\ud835', false],
  ])('is well-formed without lone surrogates: %j %s', (text, expected) => {
    expect(isWellFormed(text)).toBe(expected);
  });
});
