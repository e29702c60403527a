import { count, describeBytes } from '../model/describe.js';
import type { Change, Outcome } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import { printable } from '../model/printable.js';
import { describeTimestamp } from '../model/timestamp.js';
import { headlineOf, leftInWords, namesOf } from './words.js';

/** GitHub discards a job summary of more than this as a whole, in bytes. */
export const MAX_SUMMARY_BYTES = 1024 * 1024;
/** What is kept free for a line that says what was left out. */
const RESERVE_BYTES = 1024;

/**
 * The outcome of a run as Markdown, for the job summary. Names and messages come from artifacts and indexes, and are
 * shown as they are: nothing that they contain is rendered. Rows that do not fit are counted instead.
 */
export function renderSummary(outcome: Outcome, maxBytes = MAX_SUMMARY_BYTES): string {
  const about = outcome.siteDescription === undefined ? '' : `${escapeMarkdown(outcome.siteDescription)}\n\n`;
  const parts = [`### ${titleOf(outcome)}\n\n${about}`, `${escapeMarkdown(headlineOf(outcome))}\n`];
  const facts = factsOf(outcome);
  if (facts.length > 0) parts.push(`\n${facts.map((fact) => `- ${fact}`).join('\n')}\n`);
  const errors = outcome.problems.filter(({ severity }) => severity === 'error');
  const warnings = outcome.problems.filter(({ severity }) => severity === 'warning');
  parts.push(...limited([...errors, ...warnings].map(renderProblem), '\n', 'more problems', maxBytes / 4));
  const used = Buffer.byteLength(parts.join(''));
  const head = '\n| Change | File | Size | Why |\n| --- | --- | ---: | --- |\n';
  parts.push(...limited(outcome.changes.map(renderRow), head, 'more files', maxBytes - used));
  return parts.join('');
}

function titleOf({ siteName, preview }: Outcome): string {
  const name = siteName === undefined ? 'Update site' : escapeMarkdown(siteName);
  return preview ? `${name} (preview)` : name;
}

function limited(rows: readonly string[], head: string, what: string, maxBytes: number): string[] {
  if (rows.length === 0) return [];
  const kept = [head];
  let bytes = Buffer.byteLength(head) + RESERVE_BYTES;
  for (const [at, row] of rows.entries()) {
    bytes += Buffer.byteLength(row);
    if (bytes > maxBytes) {
      kept.push(`\n… and ${(rows.length - at).toLocaleString('en-US')} ${what}.\n`);
      break;
    }
    kept.push(row);
  }
  return kept;
}

function factsOf({ changed, preview, timestamp, commit, siteUrl, site, unchanged, left }: Outcome): string[] {
  const facts: string[] = [];
  if (changed) facts.push(`Site: ${codeSpan(site)}`);
  if (changed && siteUrl !== undefined) facts.push(`URL for ImageJ: ${codeSpan(siteUrl)}`);
  if (timestamp !== undefined && !preview)
    facts.push(`Timestamp: ${timestamp} (${describeTimestamp(timestamp)})`);
  if (commit !== undefined) facts.push(`Commit: ${codeSpan(commit)}`);
  if (unchanged > 0) facts.push(`${count(unchanged, 'file')} on the site already as they are`);
  facts.push(...leftInWords(left).map(escapeMarkdown));
  return facts;
}

function renderProblem(problem: Problem): string {
  const mark = problem.severity === 'error' ? '❌' : '⚠️';
  const hint = problem.hint === undefined ? '' : ` ${escapeMarkdown(problem.hint)}`;
  return `- ${mark} ${escapeMarkdown(problem.message)}${hint}\n`;
}

function renderRow(change: Change): string {
  const { from, to } = namesOf(change);
  const name = from === undefined ? codeSpan(to) : `${codeSpan(from)} → ${codeSpan(to)}`;
  const size = change.size === undefined ? '' : describeBytes(change.size);
  return `| ${change.kind} | ${name} | ${size} | ${escapeMarkdown(change.reason)} |\n`;
}

/** Text as code, also within a table: a fence longer than any run of backticks in it, pipes escaped. */
export function codeSpan(text: string): string {
  const line = visible(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || line.startsWith(' ') || line.endsWith(' ') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text as text: whatever could be markup is written as a character reference, which never is. */
export function escapeMarkdown(text: string): string {
  return visible(text).replace(
    /[^\p{L}\p{N} ,.;'\u2026-]/gu,
    (character) => `&#${character.codePointAt(0) ?? 0};`,
  );
}

/** Text on one line, without what is not to be seen. */
function visible(text: string): string {
  return printable(text.replace(/\s+/g, ' '));
}
