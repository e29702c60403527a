import type { Change } from '../model/change.js';
import { count, shortened } from '../model/humanize.js';
import type { OfferTable } from '../model/offer-table.js';
import type { Outcome } from '../model/outcome.js';
import { errorsFirst, type Problem } from '../model/problem.js';
import { codeBlock, codeSpan, escapeMarkdown } from './markdown-text.js';
import { offerInWords } from './offer-words.js';
import { groupVariants } from './rows.js';
import {
  addressOf,
  columnOf,
  indexNameOf,
  rowOf,
  timestampInWords,
  titleOf,
  unchangedInWords,
} from './site-words.js';
import {
  countProblems,
  fieldLines,
  headlineOf,
  skippedInWords,
  namesOf,
  noticesInWords,
  siteSizeInWords,
  sizesOf,
  versionsOf,
} from './words.js';

/** The maximum size of a text, and how it is measured. */
export interface TextLimit {
  readonly max: number;
  readonly sizeOf: (text: string) => number;
}

/** GitHub discards a job summary of more than 1 MiB as a whole. */
export const SUMMARY_LIMIT: TextLimit = { max: 1024 * 1024, sizeOf: (text) => Buffer.byteLength(text) };
/** GitHub refuses longer comments. */
export const COMMENT_LIMIT: TextLimit = { max: 65_536, sizeOf: ({ length }) => length };
/** Space reserved for a line that states what was omitted. */
const RESERVE = 1024;
/** Maximum length of a text above the report, in characters. */
const MAX_HEAD_TEXT = 500;

/**
 * Renders the outcome of a run as Markdown, for the job summary and for comments. Names and messages are untrusted, so
 * nothing that they contain is rendered. Parts that do not fit are omitted step by step: first the diff of the index,
 * then the details of the files, then rows. A line states each omission.
 */
export function renderSummary(outcome: Outcome, limit = SUMMARY_LIMIT): string {
  const quarter = { ...limit, max: limit.max / 4 };
  const head =
    renderHead(outcome, quarter) +
    renderProblems(outcome.problems, quarter) +
    renderOffers(outcome.offers, quarter);
  // The files of an imported site are not news for its users.
  const changes = outcome.isMove ? [] : groupVariants(outcome.changes);
  const { tableHead, rows } = renderTable(changes, columnOf(outcome));
  const details = changes.flatMap(renderDetails).join('');
  const table = rows.length === 0 ? '' : tableHead + rows.join('');
  const detailsSection = details === '' ? '' : `\n#### Details\n\n${details}`;
  const diff = outcome.diff ? renderDiff(outcome.diff, indexNameOf(outcome)) : '';
  const noDiff =
    diff === '' ? '' : `\nThe changes to \`${indexNameOf(outcome)}\` are too long to be shown here.\n`;
  const noDetails =
    detailsSection === '' ? '' : `\nThe details of the ${rowOf(outcome)}s are too long to be shown here.\n`;
  const attempts = [
    head + table + detailsSection + diff,
    head + table + detailsSection + noDiff,
    head + table + noDetails + noDiff,
  ];
  const fitting = attempts.find((text) => limit.sizeOf(text) <= limit.max);
  if (fitting !== undefined) return fitting;
  const tail = noDetails + noDiff;
  const remaining = { ...limit, max: limit.max - limit.sizeOf(head + tail) };
  return head + limited(rows, tableHead, rowOf(outcome), remaining) + tail;
}

function renderHead(outcome: Outcome, limit: TextLimit): string {
  const { siteDescription } = outcome;
  const about =
    siteDescription === undefined ? '' : `${escapeMarkdown(shortened(siteDescription, MAX_HEAD_TEXT))}\n\n`;
  const facts = factsOf(outcome).map((fact) => `- ${fact}\n`);
  const list = limited(facts, '\n', 'remark', limit);
  return `${renderTitle(outcome)}${about}${escapeMarkdown(headlineOf(outcome))}\n${list}`;
}

/** Renders the heading of a report, with the empty line below it. */
export function renderTitle(outcome: Outcome): string {
  const { siteName, kind } = outcome;
  const what = `${titleOf(outcome)}${kind === 'preview' ? ' preview' : ''}`;
  return `### ${what}${siteName === undefined ? '' : `: ${escapeMarkdown(shortened(siteName, MAX_HEAD_TEXT))}`}\n\n`;
}

function factsOf(outcome: Outcome): string[] {
  const { changed, kind, commit, site, unchanged, skipped, siteSize } = outcome;
  const address = addressOf(outcome);
  const facts: string[] = [];
  if (changed && kind !== 'comparison') facts.push(`Site: ${codeSpan(shortened(site, MAX_HEAD_TEXT))}`);
  if (changed && address) facts.push(`${address.label}: ${codeSpan(shortened(address.url, MAX_HEAD_TEXT))}`);
  const stamp = timestampInWords(outcome);
  if (stamp !== undefined) facts.push(stamp);
  if (commit !== undefined) facts.push(`Commit: ${codeSpan(shortened(commit, MAX_HEAD_TEXT))}`);
  if (unchanged > 0) facts.push(unchangedInWords(outcome));
  facts.push(...skippedInWords(skipped).map(escapeMarkdown));
  facts.push(...noticesInWords(outcome).map(escapeMarkdown));
  if (siteSize) facts.push(`Branch size after publishing: ${escapeMarkdown(siteSizeInWords(siteSize))}`);
  return facts;
}

/** Renders the problems, errors first; empty without problems. */
export function renderProblems(problems: readonly Problem[], limit: TextLimit): string {
  const head = `\n**${countProblems(problems)}**\n\n`;
  return limited(errorsFirst(problems).map(renderProblem), head, 'problem', limit);
}

/** The page with a heading for each code. */
const PROBLEM_DOCS_URL =
  'https://github.com/pages-update-site/pages-update-site/blob/main/docs/troubleshooting.md';

function renderProblem(problem: Problem): string {
  const mark = problem.severity === 'error' ? '❌' : '⚠️';
  const hint = problem.hint === undefined ? '' : ` ${escapeMarkdown(problem.hint)}`;
  return `- ${mark} ${escapeMarkdown(problem.message)}${hint} [${problem.code}](${PROBLEM_DOCS_URL}#${problem.code})\n`;
}

/** Renders the versions that IDEs are offered before and after; empty without changes. */
function renderOffers(offers: OfferTable | undefined, limit: TextLimit): string {
  if (!offers) return '';
  const rows = offers.rows.map((row) => {
    const { ides, before, after } = offerInWords(row);
    const mark = row.loss === undefined ? '' : '⚠️ ';
    return `| ${codeSpan(row.plugin)} | ${escapeMarkdown(ides)} | ${escapeMarkdown(before)} | ${mark}${escapeMarkdown(after)} |\n`;
  });
  const head = '\n| Plugin | IDEs | Version before | Version after |\n| --- | --- | --- | --- |\n';
  return limited(rows, head, 'row', limit, offers.more);
}

function renderTable(
  changes: readonly Change[],
  column: string,
): { tableHead: string; rows: readonly string[] } {
  // Most sites have no files for single platforms.
  const withPlatforms = changes.some(({ details }) => details && details.platforms.length > 0);
  const [title, line] = withPlatforms ? [' Platforms |', ' --- |'] : ['', ''];
  return {
    tableHead: `\n| Change | ${column} | Version | Size |${title} Why |\n| --- | --- | --- | ---: |${line} --- |\n`,
    rows: changes.map((change) => renderRow(change, withPlatforms)),
  };
}

function renderRow(change: Change, withPlatforms: boolean): string {
  const { from, to } = namesOf(change);
  const name = from === undefined ? codeSpan(to) : `${codeSpan(from)} → ${codeSpan(to)}`;
  const platforms = withPlatforms ? [change.details?.platforms.join(', ') ?? ''] : [];
  const cells = [versionsOf(change), sizesOf(change), ...platforms, change.reason].map(escapeMarkdown);
  return `| ${change.kind} | ${name} | ${cells.join(' | ')} |\n`;
}

function renderDetails(change: Change): string[] {
  const lines = fieldLines(change, codeSpan);
  const { to } = namesOf(change);
  const name = to === change.path ? codeSpan(to) : `${codeSpan(to)} ${escapeMarkdown(versionsOf(change))}`;
  return lines.length === 0 ? [] : [`- ${name}\n${lines.map((line) => `  - ${line}\n`).join('')}`];
}

function renderDiff(diff: string, index: string): string {
  return `\n<details><summary>Changes to <code>${index}</code></summary>\n\n${codeBlock(diff, 'diff')}\n</details>\n`;
}

/**
 * Returns as many rows as fit, and states how many do not.
 *
 * @param noun name of a row, in the singular
 * @param omittedBefore number of rows that were omitted earlier
 */
function limited(
  rows: readonly string[],
  head: string,
  noun: string,
  { max, sizeOf }: TextLimit,
  omittedBefore = 0,
): string {
  if (rows.length === 0) return '';
  let size = sizeOf(head) + RESERVE;
  const tooMany = rows.findIndex((row) => (size += sizeOf(row)) > max);
  const kept = tooMany < 0 ? rows : rows.slice(0, tooMany);
  const omitted = rows.length - kept.length + omittedBefore;
  return `${head}${kept.join('')}${omitted === 0 ? '' : `\n… and ${count(omitted, `more ${noun}`)}.\n`}`;
}
