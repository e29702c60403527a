/**
 * Renders the outcome of a run for a terminal, as Markdown, as a comment on a pull request, as JSON, and as a commit
 * message. All of them take their words from this file. The room also reads reports of other runs.
 *
 * @module
 */

import type { Field, FieldChange } from '../model/change-details.js';
import type { Change, ChangeKind } from '../model/change.js';
import { count, describeBytes, formatNumber, listNames, shortened } from '../model/humanize.js';
import type { Outcome, SiteSize } from '../model/outcome.js';
import type { SkippedFile } from '../model/plan.js';
import { addingOf, payloadWordOf, phrasesOf, rowOf } from './site-words.js';

/** Summarizes the outcome in one sentence: `Published: 2 files updated, 1 added; users download 3.4 MB.` */
export function headlineOf(outcome: Outcome): string {
  const { refusal, kind, changes, restored = [], broughtUpToDate = [] } = outcome;
  if (outcome.isUncertain) return 'The publication may be incomplete or unconfirmed: there are errors.';
  if (refusal) {
    const why = refusal === 'errors' ? 'there are errors' : 'there are warnings, and "fail-on" is "warning"';
    const planned = kind === 'preview' && changes.length > 0 ? ` Planned: ${countChanges(outcome)}.` : '';
    const done = outcome.isSetUp ? 'set up' : outcome.isMove ? 'imported' : 'published';
    return `Nothing ${kind === 'preview' ? 'would be' : 'was'} ${done}: ${why}.${planned}`;
  }
  if (kind === 'comparison') {
    if (!outcome.changed) return 'Nothing has changed.';
    return changes.every(isSameForUsers)
      ? `Nothing has changed for users: only timestamps or earlier versions of ${count(changes.length, rowOf(outcome))} differ.`
      : `Changed: ${countChanges(outcome)}${downloadOf(outcome)}.`;
  }
  if (outcome.isMove) return moveOf(outcome);
  if (outcome.isSetUp) return setUpOf(outcome);
  if (!outcome.changed) return 'Nothing to publish: the site is up to date.';
  const again =
    restored.length === 0
      ? []
      : [`${count(restored.length, `missing ${payloadWordOf(outcome)}`)} stored again`];
  const channels =
    broughtUpToDate.length === 0 ? [] : [`${namesOfChannels(broughtUpToDate)} brought up to date`];
  const done = [...(changes.length === 0 ? [] : [countChanges(outcome)]), ...again, ...channels];
  const what = `${done.join(', ')}${downloadOf(outcome)}`;
  return `${kind === 'preview' ? 'Would be published: ' : 'Published: '}${what}.`;
}

/** `Imported: a site that offers 71 files.` */
function moveOf({ changed, kind, changes, problems, restored = [] }: Outcome): string {
  if (!changed) {
    const files = problems.length === 0 ? 'with all files' : 'with all files that could be fetched';
    return `Nothing to import: the site is already there, ${files}.`;
  }
  const offered = changes.filter((change) => change.kind === 'add').length;
  const what =
    restored.length > 0
      ? `${count(restored.length, 'missing file')} stored`
      : `a site that offers ${count(offered, 'file')}`;
  return `${kind === 'preview' ? 'Would be imported' : 'Imported'}: ${what}.`;
}

/** `Set up: an empty site.` */
function setUpOf({ changed, kind }: Outcome): string {
  if (!changed) return 'Nothing to set up: the site already exists, and stays as it is.';
  return `${kind === 'preview' ? 'Would be set up' : 'Set up'}: an empty site.`;
}

/** `channel eap`, `channels eap, nightly` */
function namesOfChannels(channels: readonly string[]): string {
  return `${channels.length === 1 ? 'channel' : 'channels'} ${listNames(channels)}`;
}

function downloadOf(outcome: Outcome): string {
  const bytes = sizeOfDownload(outcome);
  return bytes === 0 ? '' : `; users download ${describeBytes(bytes)}`;
}

/**
 * Returns how much users of all files download, in bytes. Renamed files do not count: users who have the content keep it
 * under its old name.
 */
export function sizeOfDownload({ publishedBytes, changes }: Outcome): number {
  const renamed = changes.reduce((sum, { kind, size = 0 }) => (kind === 'rename' ? sum + size : sum), 0);
  return Math.max(0, publishedBytes - renamed);
}

/** The number of changes of a kind, in words. The kind `same` contains changes that users do not notice. */
export interface KindCount {
  readonly kind: ChangeKind | 'same';
  readonly number: number;
  readonly noun: string;
  /** `updated` */
  readonly done: string;
}

/** Returns how many changes of each kind there are, in the order of reports. */
export function countsOf(outcome: Outcome): readonly KindCount[] {
  const noticed: readonly KindCount[] = phrasesOf(outcome).flatMap(([kind, noun, done]) => {
    const concerned = outcome.changes.filter((change) => change.kind === kind && !isSameForUsers(change));
    // Several versions of a plugin are one plugin.
    const number =
      noun === 'plugin' ? new Set(concerned.map((one) => namesOf(one).to)).size : concerned.length;
    return number === 0 ? [] : [{ kind, number, noun, done }];
  });
  const number = outcome.changes.filter(isSameForUsers).length;
  const same: KindCount = { kind: 'same', number, noun: rowOf(outcome), done: 'unchanged for users' };
  return number === 0 ? noticed : [...noticed, same];
}

/** Returns `2 files updated, 1 added`. */
function countChanges(outcome: Outcome): string {
  return countsOf(outcome)
    .map(({ number, noun, done }, at, parts) => {
      const isSameNoun = parts[at - 1]?.noun === noun;
      return `${isSameNoun ? formatNumber(number) : count(number, noun)} ${done}`;
    })
    .join(', ');
}

/** Whether users do not notice a change: only timestamps or earlier versions differ. */
export function isSameForUsers({ details }: Change): boolean {
  return details?.isSameForUsers === true;
}

/** Returns the names before and after a change. */
export function namesOf({ path, previousPath, details }: Change): { from: string | undefined; to: string } {
  const subject = details?.subject;
  return subject === undefined ? { from: previousPath, to: path } : { from: undefined, to: subject };
}

/** Returns the versions before and after a change: `1.0 → 1.1`. */
export function versionsOf({ details }: Change): string {
  const { versionBefore, versionAfter } = details ?? {};
  return [...new Set([versionBefore, versionAfter])].filter((version) => version !== undefined).join(' → ');
}

/** Returns the new size with the difference to the old one: `3.4 MB (+0.2 MB)`. */
export function sizesOf({ size, details }: Change): string {
  if (size === undefined) return '';
  const before = details?.sizeBefore;
  if (before === undefined || before === size) return describeBytes(size);
  const sign = size > before ? '+' : '−';
  return `${describeBytes(size)} (${sign}${describeBytes(Math.abs(size - before))})`;
}

/** Returns a sentence for each upstream site whose files are skipped. */
export function skippedInWords(skipped: readonly SkippedFile[]): string[] {
  return [...new Set(skipped.map(({ site }) => site))].map((site) => {
    const files = skipped.filter((file) => file.site === site);
    const [only] = files;
    const what = files.length === 1 && only ? only.path : count(files.length, 'file');
    return `${what} skipped (served by the upstream site ${site}).`;
  });
}

/**
 * Returns sentences about the publication as a whole: the payloads that are stored again, what to do with an empty site,
 * and the notices.
 */
export function noticesInWords(outcome: Outcome): string[] {
  const { restored = [], notices = [], isMove, isSetUp, refusal } = outcome;
  if (isSetUp && !refusal)
    return [
      ...(outcome.changed ? [`Users enter its address in ${addingOf(outcome)}.`] : []),
      'To publish files, run the same without "empty" (--empty).',
    ];
  if (restored.length === 0 || isMove) return [...notices];
  const them = restored.length === 1 ? 'it' : 'them';
  const again = `Stored again, because the index contains ${them} but the site did not have ${them}: ${listNames(restored)}.`;
  return [again, ...notices];
}

/** Returns `412.0 MB of 1.0 GB (limit of GitHub Pages)`. */
export function siteSizeInWords({ bytes, unmeasured, maxBytes }: SiteSize): string {
  const atLeast = unmeasured > 0 ? 'at least ' : '';
  return `${atLeast}${describeBytes(bytes)} of ${describeBytes(maxBytes)} (limit of GitHub Pages)`;
}

/** Maximum length of a field's text, in characters. */
const MAX_TEXT = 300;
/** Maximum number of values in a line. */
const MAX_VALUES = 20;

/** Labels of fields with a single text. */
const TEXTS: ReadonlyMap<Field, string> = new Map([
  ['description', 'description'],
  ['range', 'for IDEs'],
  ['change-notes', 'change notes'],
  ['signed', 'signed'],
]);

/** Labels of removed and added texts, for fields with several texts. */
const FIELD_PHRASES: Readonly<
  Record<
    Exclude<Field, 'description' | 'executable' | 'range' | 'change-notes' | 'signed'>,
    readonly [removed: string, added: string]
  >
> = {
  author: ['no longer an author', 'author'],
  link: ['link removed', 'link'],
  category: ['no longer in the category', 'category'],
  platform: ['no longer for the platform', 'platform'],
  dependency: ['no longer depends on', 'depends on'],
};

/**
 * Describes the changed metadata of a file, one line per field.
 *
 * @param quote escapes untrusted text for the place of the lines
 */
export function fieldLines({ details }: Change, quote: (text: string) => string): readonly string[] {
  if (!details) return [];
  const lines: string[] = [];
  const fields = details.fields;
  const short = (text: string) => quote(shortened(text, MAX_TEXT));
  for (const { field, before, after } of fields) {
    if (field === 'executable') lines.push(after === undefined ? 'no longer a program' : 'a program');
    const title = TEXTS.get(field);
    if (title === undefined) continue;
    if (before === undefined) lines.push(`${title}: ${short(after ?? '')}`);
    else lines.push(`${title}: ${short(before)} → ${after === undefined ? 'none' : short(after)}`);
  }
  for (const [field, [removed, added]] of Object.entries(FIELD_PHRASES)) {
    const list = (label: string, pick: (change: FieldChange) => string | undefined) => {
      const values = fields.flatMap((change) => (change.field === field ? (pick(change) ?? []) : []));
      if (values.length === 0) return;
      lines.push(`${label}: ${listNames(values.map(short), MAX_VALUES)}`);
    };
    list(added, ({ after }) => after);
    list(removed, ({ before }) => before);
  }
  if (details.dependents.length > 0)
    lines.push(`depended on it: ${listNames(details.dependents.map(short), MAX_VALUES)}`);
  return lines;
}
