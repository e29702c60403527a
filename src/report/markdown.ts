import { count } from '../model/describe.js';
import type { Change, Outcome } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import { describeTimestamp } from '../model/timestamp.js';
import { codeBlock, codeSpan, escapeMarkdown } from './markdown-text.js';
import {
  fieldLines,
  headlineOf,
  leftInWords,
  namesOf,
  siteSizeInWords,
  sizesOf,
  versionsOf,
} from './words.js';

/** GitHub discards a job summary of more than this as a whole, in bytes. */
export const MAX_SUMMARY_BYTES = 1024 * 1024;
/** What is kept free for a line that says what was left out. */
const RESERVE_BYTES = 1024;

/**
 * The outcome of a run as Markdown, for the job summary. Names and messages come from artifacts and indexes, and are
 * shown as they are: nothing that they contain is rendered. What does not fit is left out step by step: the lines of the
 * index first, then what is said about the files, then rows; a line says so each time.
 *
 * @param maxBytes bound on the result, in bytes of UTF-8
 */
export function renderSummary(outcome: Outcome, maxBytes = MAX_SUMMARY_BYTES): string {
  const head = renderHead(outcome) + limitedProblems(outcome.problems, maxBytes / 4);
  const rows = outcome.changes.map(renderRow);
  const details = outcome.changes.flatMap(renderDetails).join('');
  const table = rows.length === 0 ? '' : TABLE_HEAD + rows.join('');
  const said = details === '' ? '' : `\n#### What is said about them\n\n${details}`;
  const diff = outcome.diff ? renderDiff(outcome.diff) : '';
  const noDiff =
    diff === '' ? '' : '\nThe lines of the index are left out here: there are too many of them.\n';
  const noDetails =
    said === '' ? '' : '\nWhat is said about the files is left out here: there is too much of it.\n';
  const attempts = [
    head + table + said + diff,
    head + table + said + noDiff,
    head + table + noDetails + noDiff,
  ];
  const fitting = attempts.find((text) => Buffer.byteLength(text) <= maxBytes);
  if (fitting !== undefined) return fitting;
  const tail = noDetails + noDiff;
  return head + limited(rows, TABLE_HEAD, 'more files', maxBytes - Buffer.byteLength(head + tail)) + tail;
}

const TABLE_HEAD =
  '\n| Change | File | Version | Size | Platforms | Why |\n| --- | --- | --- | ---: | --- | --- |\n';

function renderHead(outcome: Outcome): string {
  const { siteName, siteDescription, kind } = outcome;
  const name = siteName === undefined ? 'Update site' : escapeMarkdown(siteName);
  const about = siteDescription === undefined ? '' : `${escapeMarkdown(siteDescription)}\n\n`;
  const facts = factsOf(outcome).map((fact) => `- ${fact}\n`);
  const list = facts.length === 0 ? '' : `\n${facts.join('')}`;
  return `### ${name}${kind === 'preview' ? ' (preview)' : ''}\n\n${about}${escapeMarkdown(headlineOf(outcome))}\n${list}`;
}

function factsOf(outcome: Outcome): string[] {
  const { changed, kind, timestamp, commit, siteUrl, site, unchanged, left, siteSize } = outcome;
  const facts: string[] = [];
  if (changed && kind !== 'comparison') facts.push(`Site: ${codeSpan(site)}`);
  if (changed && siteUrl !== undefined) facts.push(`URL for ImageJ: ${codeSpan(siteUrl)}`);
  if (timestamp !== undefined && kind === 'publication')
    facts.push(`Timestamp: ${timestamp} (${describeTimestamp(timestamp)})`);
  if (commit !== undefined) facts.push(`Commit: ${codeSpan(commit)}`);
  if (unchanged > 0) facts.push(`${count(unchanged, 'file')} on the site already as they are`);
  facts.push(...leftInWords(left).map(escapeMarkdown));
  if (siteSize) facts.push(`The branch then holds ${escapeMarkdown(siteSizeInWords(siteSize))}`);
  return facts;
}

/** Errors first. */
function limitedProblems(problems: readonly Problem[], maxBytes: number): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return limited([...errors, ...warnings].map(renderProblem), '\n', 'more problems', maxBytes);
}

function renderProblem(problem: Problem): string {
  const mark = problem.severity === 'error' ? '❌' : '⚠️';
  const hint = problem.hint === undefined ? '' : ` ${escapeMarkdown(problem.hint)}`;
  return `- ${mark} ${escapeMarkdown(problem.message)}${hint}\n`;
}

function renderRow(change: Change): string {
  const { from, to } = namesOf(change);
  const name = from === undefined ? codeSpan(to) : `${codeSpan(from)} → ${codeSpan(to)}`;
  const platforms = change.details?.platforms.join(', ') ?? '';
  const cells = [versionsOf(change), sizesOf(change), platforms, change.reason].map(escapeMarkdown);
  return `| ${change.kind} | ${name} | ${cells.join(' | ')} |\n`;
}

function renderDetails(change: Change): string[] {
  const lines = fieldLines(change, codeSpan);
  return lines.length === 0
    ? []
    : [`- ${codeSpan(change.path)}\n${lines.map((line) => `  - ${line}\n`).join('')}`];
}

function renderDiff(diff: string): string {
  return `\n<details><summary>The lines of <code>db.xml</code> that change</summary>\n\n${codeBlock(diff, 'diff')}\n</details>\n`;
}

/** As many rows as fit, and how many do not. */
function limited(rows: readonly string[], head: string, what: string, maxBytes: number): string {
  if (rows.length === 0) return '';
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
  return kept.join('');
}
