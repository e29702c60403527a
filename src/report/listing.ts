import { describeBytes, formatNumber } from '../model/humanize.js';
import type {
  DetailedFile,
  FileDetails,
  FileListing,
  ListedFile,
  ListedVersion,
  Listing,
} from '../model/listing.js';
import { asLogText } from '../model/printable.js';
import { describeTimestamp, type Timestamp } from '../model/timestamp.js';
import { publicationLine } from './history.js';
import type { Paint } from './terminal.js';

/** Maximum width of a column before the last one, in characters. Longer texts shift the rest of their line. */
const MAX_WIDTH = 80;
/** Stands for what the index does not state, so that every line has the same columns. */
const UNKNOWN = '-';

/** Renders the files of a site, one per line. Empty for a site without files. */
export function renderListing({ files }: Listing): string {
  return inColumns(files.map(columnsOf))
    .map((line) => `${line}\n`)
    .join('');
}

function columnsOf({ path, version, size, timestamp, isCurrent, plugin }: ListedFile): readonly string[] {
  const bytes = size === undefined ? UNKNOWN : describeBytes(size);
  if (!plugin) {
    const stamp = timestamp === undefined ? UNKNOWN : describeTimestamp(timestamp);
    return [path, version ?? UNKNOWN, bytes, stamp, ...(isCurrent ? [] : ['obsolete'])];
  }
  const { id, ides, systems, address } = plugin;
  const names = systems.length === 0 ? 'all systems' : systems.join(', ');
  return [
    ...[id, version ?? UNKNOWN, `IDEs: ${ides}`, names, address || UNKNOWN],
    ...(isCurrent ? [] : ['not offered']),
  ];
}

/** Aligns the columns of untrusted texts. */
function inColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => row.map(onOneLine));
  const widths: number[] = [];
  for (const row of cells)
    for (const [at, { length }] of row.entries())
      widths[at] = Math.max(widths[at] ?? 0, Math.min(length, MAX_WIDTH));
  return cells.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function onOneLine(text: string): string {
  return asLogText(text.replace(/\s+/g, ' '));
}

/** Renders all that is known about files. */
export function renderDetails({ files, presence, publications = [] }: FileListing, paint: Paint): string {
  const text = files.map((file) => renderFile(file, presence, paint)).join('\n');
  const lines = publications.map((publication) => publicationLine(publication, paint));
  if (lines.length === 0) return text;
  if (files.length === 1) return text + section('publications that changed it, newest first:', lines, paint);
  // Variants of a plugin share their history: it is not part of the last one.
  return `${text}\n${paint('bold', 'publications that changed one of these, newest first:')}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Whether stored files exist, by their paths. */
type Presence = FileListing['presence'];

function renderFile(file: DetailedFile, presence: Presence, paint: Paint): string {
  const lines = factsOf(file, presence).flatMap(([label, texts]) =>
    texts.flatMap((text, at) => rowsOf(at === 0 ? label : '', text, paint)),
  );
  return `${paint('bold', onOneLine(file.path))}\n${lines.join('')}${previousLines(file, presence, paint)}`;
}

const LABEL_WIDTH = 12;

/** Renders a text with its label. Its further lines are indented. */
function rowsOf(label: string, text: string, paint: Paint): readonly string[] {
  const lines = asLogText(text.trim()).split(/\r?\n/);
  return lines.map((line, at) => {
    const head = (at === 0 ? label : '').padEnd(LABEL_WIDTH);
    return `${`  ${paint('dim', head)}  ${line}`.trimEnd()}\n`;
  });
}

/** The facts about a file with their labels, as untrusted texts. */
function factsOf(
  file: DetailedFile,
  presence: Presence,
): readonly (readonly [label: string, texts: readonly string[]])[] {
  const { version, size, timestamp, checksum, isCurrent, plugin, details } = file;
  const one = (text: string | undefined) => (text === undefined ? [] : [text]);
  const list = (texts: readonly string[]) => texts.map(onOneLine);
  return [
    ['state', isCurrent ? [] : [plugin ? 'not offered' : 'obsolete']],
    ['name', list(one(details.title))],
    ['version', list(one(version))],
    ['size', size === undefined ? [] : [sizeInWords(size)]],
    ['timestamp', timestamp === undefined ? [] : [stampInWords(timestamp)]],
    ['checksum', list(one(checksum))],
    ['address', list(one(plugin?.address || undefined))],
    ['stored as', list(storedAs(file, presence))],
    ['for IDEs', list(one(plugin?.ides))],
    ['builds', list(one(details.builds))],
    ['signed', one(details.signed)],
    ['description', one(details.description)],
    ['what is new', one(details.changeNotes)],
    [details.authors.length === 1 ? 'author' : 'authors', list(details.authors)],
    [details.links.length === 1 ? 'link' : 'links', list(details.links)],
    [details.categories.length === 1 ? 'category' : 'categories', list(details.categories)],
    [details.platforms.length === 1 ? 'platform' : 'platforms', list(details.platforms)],
    ['executable', details.executable ? ['yes'] : []],
    ['depends on', list(pathsIn(details, false))],
    ['overrides', list(pathsIn(details, true))],
    ['needed by', list(details.dependents)],
  ];
}

function pathsIn({ dependencies }: FileDetails, isOverride: boolean): readonly string[] {
  return dependencies.flatMap(({ path, overrides }) => (overrides === isOverride ? [path] : []));
}

/** `34,567 bytes (34.6 kB)` */
function sizeInWords(size: number): string {
  const words = describeBytes(size);
  return size < 1000 ? words : `${formatNumber(size)} bytes (${words})`;
}

/** `20260102030405 (2026-01-02 03:04:05 UTC)` */
function stampInWords(timestamp: Timestamp): string {
  const words = describeTimestamp(timestamp);
  return words === String(timestamp) ? words : `${timestamp} (${words})`;
}

/** Returns where the stored file of the current version is, unless its address already shows that. */
function storedAs({ plugin, details: { payload } }: DetailedFile, presence: Presence): readonly string[] {
  if (payload === undefined || payload === plugin?.address) return [];
  return [presence.get(payload) === false ? `${payload} (missing)` : payload];
}

function previousLines(
  { details: { previousVersions }, plugin }: DetailedFile,
  presence: Presence,
  paint: Paint,
): string {
  const rows = previousVersions.map((version) => {
    const { path, payload = path, checksum = UNKNOWN } = version;
    const when = plugin ? [version.version ?? UNKNOWN] : periodOf(version);
    return [...when, checksum, payload, ...(presence.get(payload) === false ? ['missing'] : [])];
  });
  return section('previous versions, newest first:', inColumns(rows), paint);
}

/** Renders lines below a title. Empty without lines. */
function section(title: string, lines: readonly string[], paint: Paint): string {
  if (lines.length === 0) return '';
  return `  ${paint('dim', title)}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** Returns when a version became current, and when it ceased to be. */
function periodOf({ timestamp, timestampObsolete }: ListedVersion): readonly string[] {
  return [
    timestamp === undefined ? UNKNOWN : describeTimestamp(timestamp),
    `until ${timestampObsolete === undefined ? 'an unknown date' : describeTimestamp(timestampObsolete)}`,
  ];
}
