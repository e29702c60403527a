import type { Change } from '../model/change.js';
import { count } from '../model/humanize.js';
import type { OfferTable } from '../model/offer-table.js';
import type { Outcome } from '../model/outcome.js';
import { asLogText } from '../model/printable.js';
import type { Problem } from '../model/problem.js';
import { offerInWords } from './offer-words.js';
import { inNotationOf, type FrontEnd } from './option-notation.js';
import { rowsOf } from './rows.js';
import { addressOf, rowOf, timestampInWords, unchangedInWords } from './site-words.js';
import { verdictOf, type Level } from './verdict.js';
import {
  fieldLines,
  headlineOf,
  skippedInWords,
  noticesInWords,
  namesOf,
  siteSizeInWords,
  sizesOf,
  versionsOf,
} from './words.js';

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
type Style = keyof typeof CODES;

/** Colours text if colours are enabled. */
export type Paint = (style: Style, text: string) => string;

export function createPaint(colours: boolean): Paint {
  return (style, text) => (colours ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

const KIND_STYLES: Readonly<Record<Change['kind'], Style>> = {
  add: 'green',
  update: 'cyan',
  rename: 'cyan',
  metadata: 'cyan',
  revive: 'green',
  remove: 'red',
};

const LEVEL_STYLES: Readonly<Record<Level, Style>> = { ok: 'green', warning: 'yellow', error: 'red' };

/** Renders the first line of a report: the result of the run. Ends with a newline. */
export function renderVerdict(outcome: Outcome, paint: Paint): string {
  return `${paint('bold', paint(LEVEL_STYLES[verdictOf(outcome).level], headlineOf(outcome)))}\n`;
}

/** How a report is written to a terminal or a log. */
export interface LogForm {
  /** Whether all changes are shown with their details, even if they do not fit on a screen. */
  readonly isVerbose: boolean;
  readonly frontEnd: FrontEnd;
}

/** Maximum number of lines of a table, unless all are requested: a screen has some 50. */
const MAX_LINES = 36;

/**
 * Renders what follows the first line, for a terminal or a log: one line per change, then the facts. Ends with a newline
 * unless it is empty.
 */
export function renderOutcome(outcome: Outcome, paint: Paint, { isVerbose, frontEnd }: LogForm): string {
  // The files of an imported site are not news for its users.
  const rows = outcome.isMove ? [] : rowsOf(outcome.changes);
  return [
    ...(outcome.offers ? [...offerLines(outcome.offers, paint), ''] : []),
    ...(rows.length > 0 ? [...limited(changeLines(rows, paint), rowOf(outcome), isVerbose), ''] : []),
    ...factLines(outcome, frontEnd),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function factLines(outcome: Outcome, frontEnd: FrontEnd): readonly string[] {
  const { kind, commit, siteSize } = outcome;
  const remarks = [...skippedInWords(outcome.skipped), ...noticesInWords(outcome)];
  const lines = [
    ...(outcome.unchanged > 0 ? [`${unchangedInWords(outcome)}.`] : []),
    ...remarks.map((text) => asLogText(inNotationOf(frontEnd, text))),
  ];
  if (!outcome.changed) return lines;
  const stamp = timestampInWords(outcome);
  const address = addressOf(outcome);
  if (kind !== 'comparison') lines.push(`Site: ${asLogText(outcome.site)}`);
  if (stamp !== undefined) lines.push(stamp);
  if (commit !== undefined) lines.push(`Commit: ${commit}`);
  if (address) lines.push(`${address.label}: ${asLogText(address.url)}`);
  if (siteSize) lines.push(`Branch size after publishing: ${siteSizeInWords(siteSize)}`);
  return lines;
}

/** The line of a change, and the lines of its details. */
interface ChangeLines {
  readonly line: string;
  readonly details: readonly string[];
}

/** Returns the lines that fit on a screen: without the details if they need too much space. */
function limited(changes: readonly ChangeLines[], noun: string, isVerbose: boolean): readonly string[] {
  const all = changes.flatMap(({ line, details }) => [line, ...details]);
  if (isVerbose || all.length <= MAX_LINES) return all;
  const more = changes.length - MAX_LINES;
  return [
    ...changes.slice(0, MAX_LINES).map(({ line }) => line),
    more > 0
      ? `  … and ${count(more, `more ${noun}`)} (--verbose shows all)`
      : '  (--verbose shows metadata)',
  ];
}

/** Renders the diff of the index for a terminal or a file. */
export function renderDiff(diff: string, paint: Paint): string {
  const styles: readonly (readonly [string, Style])[] = [
    ['---', 'bold'],
    ['+++', 'bold'],
    ['@@', 'cyan'],
    ['-', 'red'],
    ['+', 'green'],
  ];
  return asLogText(diff).replace(/^.+$/gm, (line) => {
    const style = styles.find(([mark]) => line.startsWith(mark))?.[1];
    return style === undefined ? line : paint(style, line);
  });
}

/** Renders a problem for a terminal or a log, in the notation of the command line. Ends with a newline. */
export function renderProblem(problem: Problem, paint: Paint): string {
  const style = problem.severity === 'error' ? 'red' : 'yellow';
  const inWords = (text: string) => asLogText(inNotationOf('command-line', text));
  const hint = problem.hint === undefined ? '' : `\n  ${inWords(problem.hint)}`;
  return `${paint(style, `${problem.severity}:`)} ${inWords(problem.message)}${hint}\n`;
}

function nameOf(change: Change): string {
  const { from, to } = namesOf(change);
  if (from !== undefined) return `${from} -> ${to}`;
  if (to === change.path) return to;
  const { variant, platforms = [] } = change.details ?? {};
  const systems = variant && platforms.length > 1 ? ` (${platforms.join(', ')})` : '';
  return `${to} ${versionsOf(change)}${systems}`;
}

/** Renders the versions that IDEs are offered before and after, and marks losses. */
function offerLines({ rows, more }: OfferTable, paint: Paint): string[] {
  const lines = rows.map((row) => {
    const { ides, before, after } = offerInWords(row);
    return {
      row,
      name: asLogText(row.plugin),
      ides: asLogText(ides),
      offers: asLogText(`${before} → ${after}`),
    };
  });
  const nameWidth = Math.min(80, widest(lines.map(({ name }) => name)));
  const idesWidth = Math.min(80, widest(lines.map(({ ides }) => ides)));
  return [
    'What IDEs are offered:',
    ...lines.map(({ row, name, ides, offers }) => {
      const text = `${row.loss === undefined ? ' ' : '!'} ${name.padEnd(nameWidth)}  ${ides.padEnd(idesWidth)}  ${offers}`;
      return row.loss === undefined ? text : paint('yellow', text);
    }),
    ...(more === 0 ? [] : [`  … and ${count(more, 'more row')}.`]),
  ];
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}

function changeLines(changes: readonly Change[], paint: Paint): readonly ChangeLines[] {
  const rows = changes.map((change) => {
    return {
      change,
      name: asLogText(nameOf(change)),
      size: sizesOf(change),
    };
  });
  const nameWidth = Math.min(80, widest(rows.map(({ name }) => name)));
  const sizeWidth = widest(rows.map(({ size }) => size));
  return rows.map(({ change, name, size }) => {
    const kind = paint(KIND_STYLES[change.kind], change.kind.padEnd(8));
    const reason = paint('dim', asLogText(change.reason));
    const details = fieldLines(change, (text) => JSON.stringify(asLogText(text)));
    return {
      line: `  ${kind} ${name.padEnd(nameWidth)}  ${size.padStart(sizeWidth)}  ${reason}`,
      details: details.map((text) => `           ${paint('dim', text)}`),
    };
  });
}
