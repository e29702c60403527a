import type { Change } from '../model/change.js';
import { count } from '../model/humanize.js';
import type { OfferTable } from '../model/offer-table.js';
import type { Outcome } from '../model/outcome.js';
import { asLogText } from '../model/printable.js';
import type { Problem } from '../model/problem.js';
import { offerInWords } from './offer-words.js';
import { groupVariants } from './rows.js';
import { addressOf, timestampInWords, unchangedInWords } from './site-words.js';
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

/**
 * Renders the outcome of a run for a terminal or a log: one line per change with its details below it, then a summary.
 * Ends with a newline.
 */
export function renderOutcome(outcome: Outcome, paint: Paint): string {
  // The files of an imported site are not news for its users.
  const lines =
    outcome.changes.length > 0 && !outcome.isMove
      ? [...changeLines(groupVariants(outcome.changes), paint), '']
      : [];
  if (outcome.offers) lines.push(...offerLines(outcome.offers, paint), '');
  lines.push(paint('bold', headlineOf(outcome)));
  if (outcome.unchanged > 0) lines.push(`${unchangedInWords(outcome)}.`);
  lines.push(...skippedInWords(outcome.skipped).map(asLogText));
  lines.push(...noticesInWords(outcome).map(asLogText));
  if (outcome.changed) {
    const { kind, commit, siteSize } = outcome;
    const stamp = timestampInWords(outcome);
    const address = addressOf(outcome);
    if (kind !== 'comparison') lines.push(`Site: ${asLogText(outcome.site)}`);
    if (stamp !== undefined) lines.push(stamp);
    if (commit !== undefined) lines.push(`Commit: ${commit}`);
    if (address) lines.push(`${address.label}: ${asLogText(address.url)}`);
    if (siteSize) lines.push(`Branch size after publishing: ${siteSizeInWords(siteSize)}`);
  }
  return `${lines.join('\n')}\n`;
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

/** Renders a problem for a terminal or a log. Ends with a newline. */
export function renderProblem(problem: Problem, paint: Paint): string {
  const style = problem.severity === 'error' ? 'red' : 'yellow';
  const hint = problem.hint === undefined ? '' : `\n  ${asLogText(problem.hint)}`;
  return `${paint(style, `${problem.severity}:`)} ${asLogText(problem.message)}${hint}\n`;
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

function changeLines(changes: readonly Change[], paint: Paint): string[] {
  const rows = changes.map((change) => {
    return {
      change,
      name: asLogText(nameOf(change)),
      size: sizesOf(change),
    };
  });
  const nameWidth = Math.min(80, widest(rows.map(({ name }) => name)));
  const sizeWidth = widest(rows.map(({ size }) => size));
  return rows.flatMap(({ change, name, size }) => {
    const kind = paint(KIND_STYLES[change.kind], change.kind.padEnd(8));
    const reason = paint('dim', asLogText(change.reason));
    const details = fieldLines(change, (text) => JSON.stringify(asLogText(text)));
    return [
      `  ${kind} ${name.padEnd(nameWidth)}  ${size.padStart(sizeWidth)}  ${reason}`,
      ...details.map((line) => `           ${paint('dim', line)}`),
    ];
  });
}
