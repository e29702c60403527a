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
/** Characters for which an escape with a backslash is not reliable in tables, or which GitHub reads after rendering. */
const REFERENCED = /[|\\$<]|&(?=#?\w{1,40};)|:(?=[\w+-]{1,40}:)/g;
/** Characters that are markup anywhere. An underscore within a word is not. */
const MARKUP = /[`*[\]~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** What begins a heading, a quotation, a list or a rule at the beginning of a line. */
const BLOCK = /^(?:\d{1,9}[.)](?=\s|$)|[#>=+-])/;

/**
 * Escapes text for one line of Markdown, so that it is shown as it is. Only what would be interpreted is escaped: people
 * also paste reports into mails and chats.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .trim()
    .replace(REFERENCES, (found) => found + JOINER)
    .replace(REFERENCED, reference)
    .replace(MARKUP, String.raw`\$&`)
    .replace(BLOCK, (found) => `${found.slice(0, -1)}\\${found.slice(-1)}`);
}

/** Does the same for a message of this program, and renders what stands in double quotes as code that can be copied. */
export function escapeMessage(message: string): string {
  // The texts between the quotes are at odd positions.
  const parts = message.split('"');
  if (parts.length % 2 === 0) return escapeMarkdown(message);
  const isCode = (at: number) => at % 2 === 1;
  return parts.map((part, at) => (isCode(at) ? codeSpan(part) : escapePart(part))).join('');
}

/** Escapes a part of a line, and keeps the spaces around it. */
function escapePart(text: string): string {
  const escaped = escapeMarkdown(text);
  if (escaped === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${escaped}${/\s$/.test(text) ? ' ' : ''}`;
}

function asReferences(text: string): string {
  return text.replace(/[^\p{L}\p{N} ,.;'\u2026\u2192-]/gu, reference);
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
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
