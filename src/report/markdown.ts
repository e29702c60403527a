import { count, shortened } from '../model/humanize.js';
import type { Outcome } from '../model/outcome.js';
import { errorsFirst, type Problem } from '../model/problem.js';
import { dependencyGraph } from './dependency-graph.js';
import { factsLine, footerOf, noticeLines } from './markdown-facts.js';
import { problemLine } from './markdown-problems.js';
import { changesSection, detailLines, noteLines, offersSection } from './markdown-table.js';
import { codeBlock, escapeMarkdown } from './markdown-text.js';
import type { ReportContext } from './report-context.js';
import { rowsOf } from './rows.js';
import { indexNameOf, rowOf } from './site-words.js';
import { fitted, SUMMARY_LIMIT, type Section } from './text-limit.js';
import { subjectOf, verdictOf, type Level } from './verdict.js';

/** Maximum numbers of problems, rows and notes that are not folded. */
const MAX_PROBLEMS = 10;
const MAX_ROWS = 15;
const MAX_NOTES = 5;
/** Maximum length of the name in a heading, in characters. */
const MAX_SUBJECT = 200;

const MARKS: Readonly<Record<Level, string>> = { ok: '✅', warning: '⚠️', error: '❌' };
const TOO_LONG = '\nParts of this report are omitted, because it would be too long.\n';

/**
 * Renders the outcome of a run as Markdown, for the job summary and for comments: the verdict, what to fix, the most
 * important changes, and everything else folded. Names and messages are untrusted, so nothing that they contain is
 * rendered. If the report is too long, the last sections are cut or omitted, and a line states it.
 */
export function renderSummary(outcome: Outcome, context: ReportContext): string {
  const { sizeOf, max } = context.limit ?? SUMMARY_LIMIT;
  const footer = footerOf(outcome, context);
  let text = renderTitle(outcome);
  let isAnyCut = false;
  for (const section of [...openSections(outcome, context), ...foldedSections(outcome, context)]) {
    const part = fitted(section, { sizeOf, max: max - sizeOf(text + TOO_LONG + footer) });
    text += part.text;
    isAnyCut ||= part.isCut;
  }
  return `${text}${isAnyCut ? TOO_LONG : ''}${footer}`;
}

/** Renders the heading of a report: `### ✅ Update site Cell tools: 3 files change, users download 3.4 MB`. */
export function renderTitle(outcome: Outcome): string {
  const { level, text } = verdictOf(outcome);
  return `### ${MARKS[level]} ${escapeMarkdown(`${shortened(subjectOf(outcome), MAX_SUBJECT)}: ${text}`)}\n`;
}

/** The sections that are not folded. */
function openSections(outcome: Outcome, context: ReportContext): readonly Section[] {
  const { urgent, others } = byUrgency(outcome);
  const rows = shownRows(outcome);
  const notes = noteLines(rows);
  const facts = factsLine(outcome, others.length, context);
  return [
    { lines: urgent.slice(0, MAX_PROBLEMS).map((problem) => problemLine(problem, context)), noun: 'problem' },
    outcome.offers
      ? offersSection(outcome.offers, MAX_ROWS)
      : changesSection(rows.slice(0, MAX_ROWS), outcome),
    { lines: notes.slice(0, MAX_NOTES), noun: 'note', omitted: Math.max(0, notes.length - MAX_NOTES) },
    { lines: facts === '' ? [] : [`${facts}\n`], noun: 'line' },
    { lines: noticeLines(outcome, context), noun: 'remark' },
  ];
}

/** The folded sections. */
function foldedSections(outcome: Outcome, context: ReportContext): readonly Section[] {
  const { offers, diff = '' } = outcome;
  const { urgent, others } = byUrgency(outcome);
  const noun = rowOf(outcome);
  const rows = shownRows(outcome);
  // The table of offers is shown in place of the changes.
  const moreRows = offers ? rows : rows.slice(MAX_ROWS);
  const details = rows.flatMap(detailLines);
  const graph = dependencyGraph(rows);
  const problems = (list: readonly Problem[]) => list.map((problem) => problemLine(problem, context));
  return [
    folded(count(urgent.length - MAX_PROBLEMS, 'more problem'), {
      lines: problems(urgent.slice(MAX_PROBLEMS)),
      noun: 'problem',
    }),
    folded(count(others.length, 'warning'), { lines: problems(others), noun: 'warning' }),
    folded(
      count(moreRows.length, `${offers ? 'changed' : 'more'} ${noun}`),
      changesSection(moreRows, outcome),
    ),
    folded(`Metadata and dependencies (${count(details.length, noun)})`, { lines: details, noun }),
    folded(`Dependencies that change (${count(graph?.files ?? 0, 'file')})`, {
      lines: graph ? [codeBlock(graph.source, 'mermaid')] : [],
      noun: 'graph',
    }),
    folded(`Changes to <code>${indexNameOf(outcome)}</code> (${sizeOfDiff(diff)})`, {
      lines: diff === '' ? [] : [codeBlock(diff, 'diff')],
      noun: 'diff',
    }),
  ];
}

/** Puts a section under a title that opens it. */
function folded(title: string, section: Section): Section {
  const before = section.before ?? '\n';
  return {
    ...section,
    before: `\n<details><summary>${title}</summary>\n${before}`,
    after: '\n</details>\n',
  };
}

/** Returns the problems that have to be mended first, and the others. */
function byUrgency({ problems, refusal }: Outcome) {
  const isUrgent = ({ severity }: Problem) => severity === 'error' || refusal === 'warnings';
  return {
    urgent: errorsFirst(problems.filter(isUrgent)),
    others: problems.filter((problem) => !isUrgent(problem)),
  };
}

/** The files of an imported site are not news for its users. */
function shownRows({ isMove, changes }: Outcome) {
  return isMove ? [] : rowsOf(changes);
}

/** Returns `+412 −97`. */
function sizeOfDiff(diff: string): string {
  const added = diff.match(/^\+(?!\+\+ )/gm) ?? [];
  const removed = diff.match(/^-(?!-- )/gm) ?? [];
  return `+${added.length} −${removed.length}`;
}
