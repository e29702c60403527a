import { printable } from '../model/printable.js';

/**
 * Renders text as code, also within a table. Backticks, pipes and backslashes each need their own nested escapes, so
 * text with them is written as HTML with character references.
 */
export function codeSpan(text: string): string {
  const line = visible(text);
  if (/[`|\\]/.test(line) || line.trim() === '') return `<code>${asReferences(line)}</code>`;
  const pad = line.startsWith(' ') || line.endsWith(' ') ? ' ' : '';
  return `\`${pad}${line}${pad}\``;
}

/** Renders lines as a block of code, even if they contain fences. Ends with a newline. */
export function codeBlock(text: string, language: string): string {
  const body = printable(text.replace(/\r\n?/g, '\n'));
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body}${body.endsWith('\n') ? '' : '\n'}${fence}\n`;
}

/** An invisible character that breaks up the references that GitHub searches for in the rendered text. */
const JOINER = '\u2060';
/** Mentions, references to issues, and URLs. GitHub links them and notifies people after rendering. */
const REFERENCES = /@(?=[\w-])|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|:(?=\/\/)/gi;

/** Escapes text: replaces every character that could be markup by a character reference. */
export function escapeMarkdown(text: string): string {
  const unlinked = visible(text).replace(REFERENCES, (found) => found + JOINER);
  // At the beginning of a line, these could be a list or a rule.
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

/** Returns the text on one line, without control characters. */
function visible(text: string): string {
  return printable(text.replace(/\s+/g, ' '));
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
