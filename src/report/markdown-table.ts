import type { Change } from '../model/change.js';
import { listNames, shortened } from '../model/humanize.js';
import type { OfferTable } from '../model/offer-table.js';
import type { Outcome } from '../model/outcome.js';
import { baseName } from '../model/site-path.js';
import { KIND_MARKS } from './kind-marks.js';
import { codeSpan, escapeMarkdown, escapeMessage } from './markdown-text.js';
import { offerInWords } from './offer-words.js';
import { notesOf } from './rows.js';
import { columnOf, rowOf } from './site-words.js';
import type { Section } from './text-limit.js';
import { fieldLines, namesOf, sizesOf, versionsOf } from './words.js';

/** Maximum length of a name or version, in characters. */
const MAX_NAME = 200;
/** Maximum number of files that a note names. */
const MAX_FILES = 3;

/** Renders the changes as a table. */
export function changesSection(rows: readonly Change[], outcome: Outcome): Section {
  return {
    before: `\n| | ${columnOf(outcome)} | Version | Download |\n| --- | --- | --- | ---: |\n`,
    lines: rows.map(
      (row) => `| ${KIND_MARKS[row.kind]} | ${nameCell(row)} | ${versionCell(row)} | ${sizeCell(row)} |\n`,
    ),
    noun: rowOf(outcome),
  };
}

/**
 * Renders the versions that IDEs are offered before and after as a table, with a mark where users lose something.
 *
 * @param max maximum number of rows
 */
export function offersSection({ rows, more }: OfferTable, max: number): Section {
  return {
    before: '\n| | Plugin | IDEs | Version before | Version after |\n| --- | --- | --- | --- | --- |\n',
    lines: rows.slice(0, max).map((row) => {
      const { ides, before, after } = offerInWords(row);
      const cells = [ides, before, after].map((text) => escapeMarkdown(shortened(text, MAX_NAME)));
      const name = `**${escapeMarkdown(shortened(row.plugin, MAX_NAME))}**`;
      return `| ${[row.loss === undefined ? '' : '⚠️', name, ...cells].join(' | ')} |\n`;
    }),
    noun: 'row',
    omitted: Math.max(0, rows.length - max) + more,
  };
}

/** Renders the name with its folder, and the base name in bold. A version is shown in its own column. */
function nameCell(change: Change): string {
  const { versionBefore, versionAfter, platforms = [] } = change.details ?? {};
  const { from, to } = namesOf(change);
  const after = withoutVersion(to, versionAfter ?? versionBefore);
  const before = from === undefined ? after : withoutVersion(from, versionBefore);
  const systems =
    platforms.length === 0 ? '' : ` (${escapeMarkdown(shortened(platforms.join(', '), MAX_NAME))})`;
  return `${before === after ? '' : `${emphasized(before)} → `}${emphasized(after)}${systems}`;
}

function withoutVersion(path: string, version: string | undefined): string {
  return version === undefined ? path : path.replace(`-${version}.`, '.');
}

/** `plugins/**Cell_Counter.jar**` */
function emphasized(path: string): string {
  const short = shortened(path, MAX_NAME);
  const base = baseName(short) || short;
  if (base.trim() === '') return codeSpan(short);
  return `${escapeMarkdown(short.slice(0, short.length - base.length))}**${escapeMarkdown(base)}**`;
}

function versionCell({ kind, details }: Change): string {
  const [before, after] = [details?.versionBefore, details?.versionAfter].map((version) =>
    escapeMarkdown(shortened(version ?? '', MAX_NAME)),
  );
  if (kind === 'remove') return before ? `~~${before}~~` : '';
  if (!before || !after || before === after) return after || before || '';
  return `${before} → **${after}**`;
}

/** Only new content is downloaded. */
function sizeCell(change: Change): string {
  const isDownloaded = ['add', 'update', 'revive'].includes(change.kind);
  return isDownloaded ? escapeMarkdown(sizesOf(change)) : '';
}

/** Renders why files change, if the kinds of the changes do not imply it, as items of a list. */
export function noteLines(rows: readonly Change[]): readonly string[] {
  return notesOf(rows).map(({ files, text }) => {
    const names = listNames(
      files.map((file) => codeSpan(shortened(file, MAX_NAME))),
      MAX_FILES,
    );
    return `- ${names}: ${escapeMessage(text)}\n`;
  });
}

/** Renders the metadata of a file that changes, as an item of a list; nothing without such changes. */
export function detailLines(change: Change): readonly string[] {
  const lines = fieldLines(change, codeSpan);
  const { to } = namesOf(change);
  const name = to === change.path ? codeSpan(to) : `${codeSpan(to)} ${escapeMarkdown(versionsOf(change))}`;
  return lines.length === 0 ? [] : [`- ${name}\n${lines.map((line) => `  - ${line}\n`).join('')}`];
}
