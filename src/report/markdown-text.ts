import { printable } from '../model/printable.js';

/**
 * Text as code, also within a table. Where a backtick, a pipe or a backslash would have to be escaped, each in its own
 * way and the one within the other, it is written as HTML, in which all of them are character references.
 */
export function codeSpan(text: string): string {
  const line = visible(text);
  if (/[`|\\]/.test(line) || line.trim() === '') return `<code>${asReferences(line)}</code>`;
  const pad = line.startsWith(' ') || line.endsWith(' ') ? ' ' : '';
  return `\`${pad}${line}${pad}\``;
}

/** Lines as a block of code, whatever fences they hold. Ends with a newline. */
export function codeBlock(text: string, language: string): string {
  const body = printable(text.replace(/\r\n?/g, '\n'));
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body}${body.endsWith('\n') ? '' : '\n'}${fence}\n`;
}

/** Joins two characters without being seen: what GitHub looks for in the rendered text is no longer there. */
const JOINER = '\u2060';
/** Mentions, references to issues, and addresses: GitHub makes links of them, and notifies people, after rendering. */
const REFERENCES = /@(?=[\w-])|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|:(?=\/\/)/gi;

/** Text as text: whatever could be markup is written as a character reference, which never is. */
export function escapeMarkdown(text: string): string {
  const unlinked = visible(text).replace(REFERENCES, (found) => found + JOINER);
  // What begins a line could begin a list, or be a rule.
  return asReferences(unlinked).replace(
    /^(\d*)([-.])(?=[ -]|$)/,
    (_, number: string, mark: string) => `${number}&#${mark.charCodeAt(0)};`,
  );
}

function asReferences(text: string): string {
  return text.replace(
    /[^\p{L}\p{N} ,.;'\u2026\u2192-]/gu,
    (character) => `&#${character.codePointAt(0) ?? 0};`,
  );
}

/** Text on one line, without what is not to be seen. */
function visible(text: string): string {
  return printable(text.replace(/\s+/g, ' '));
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
