import { describeBytes, formatNumber } from '../model/humanize.js';
import type { DetailedFile, FileDetails, ListedFile, ListedVersion, Listing } from '../model/listing.js';
import { asLogText } from '../model/printable.js';
import { describeTimestamp, type Timestamp } from '../model/timestamp.js';
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

/** Renders all that the index states about files. */
export function renderDetails({ files }: Listing<DetailedFile>, paint: Paint): string {
  return files.map((file) => renderFile(file, paint)).join('\n');
}

function renderFile(file: DetailedFile, paint: Paint): string {
  const lines = factsOf(file).flatMap(([label, texts]) =>
    texts.flatMap((text, at) => rowsOf(at === 0 ? label : '', text, paint)),
  );
  return `${paint('bold', onOneLine(file.path))}\n${lines.join('')}${previousLines(file, paint)}`;
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
function factsOf(file: DetailedFile): readonly (readonly [label: string, texts: readonly string[]])[] {
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

function previousLines({ details: { previousVersions }, plugin }: DetailedFile, paint: Paint): string {
  if (previousVersions.length === 0) return '';
  const rows = previousVersions.map((version) =>
    plugin
      ? [version.version ?? UNKNOWN, version.checksum ?? UNKNOWN, version.path]
      : [...periodOf(version), version.checksum ?? UNKNOWN, version.path],
  );
  const lines = inColumns(rows).map((line) => `    ${line}\n`);
  return `  ${paint('dim', 'previous versions, newest first:')}\n${lines.join('')}`;
}

/** Returns when a version became current, and when it ceased to be. */
function periodOf({ timestamp, timestampObsolete }: ListedVersion): readonly string[] {
  return [
    timestamp === undefined ? UNKNOWN : describeTimestamp(timestamp),
    `until ${timestampObsolete === undefined ? 'an unknown date' : describeTimestamp(timestampObsolete)}`,
  ];
}

/** A file, for scripts. Every field is part of the contract with users. */
interface FileResult {
  readonly path: string;
  readonly version: string | null;
  readonly size: number | null;
  readonly timestamp: string | null;
  readonly checksum: string | null;
  readonly isCurrent: boolean;
  readonly previous: number;
  /** The following ones are only those of plugins. */
  readonly id?: string;
  readonly ides?: string;
  readonly systems?: readonly string[];
  readonly address?: string;
}

/** A file with all that the index states about it, for scripts. */
interface DetailedFileResult extends FileResult {
  readonly name: string | null;
  readonly description: string | null;
  readonly changeNotes: string | null;
  readonly authors: readonly string[];
  readonly links: readonly string[];
  readonly categories: readonly string[];
  readonly platforms: readonly string[];
  readonly executable: boolean;
  readonly builds: string | null;
  readonly signed: string | null;
  readonly dependencies: readonly {
    readonly path: string;
    readonly timestamp: string | null;
    readonly overrides: boolean;
  }[];
  readonly dependents: readonly string[];
  readonly previousVersions: readonly {
    readonly path: string;
    readonly version: string | null;
    readonly timestamp: string | null;
    readonly timestampObsolete: string | null;
    readonly checksum: string | null;
  }[];
}

/** The files of a site, for scripts. */
export interface ListingResult<Result extends FileResult = FileResult> {
  readonly site: string;
  readonly format: string;
  readonly files: readonly Result[];
}

/** Returns the files for scripts. */
export function listingResult({ site, format, files }: Listing): ListingResult {
  return { site, format, files: files.map(fileResult) };
}

/** Returns all that the index states about files, for scripts. */
export function detailsResult({
  site,
  format,
  files,
}: Listing<DetailedFile>): ListingResult<DetailedFileResult> {
  return { site, format, files: files.map(detailedFileResult) };
}

function fileResult({ plugin, ...file }: ListedFile): FileResult {
  const { path, version = null, size = null, timestamp, checksum = null, isCurrent, previous } = file;
  return { path, version, size, timestamp: textOf(timestamp), checksum, isCurrent, previous, ...plugin };
}

function detailedFileResult({ details, ...file }: DetailedFile): DetailedFileResult {
  const { title = null, description = null, changeNotes = null, builds = null, signed = null } = details;
  const { authors, links, categories, platforms, executable, dependencies, dependents } = details;
  return {
    ...fileResult(file),
    name: title,
    description,
    changeNotes,
    authors,
    links,
    categories,
    platforms,
    executable,
    builds,
    signed,
    dependencies: dependencies.map((one) => ({ ...one, timestamp: textOf(one.timestamp) })),
    dependents,
    previousVersions: details.previousVersions.map((one) => ({
      path: one.path,
      version: one.version ?? null,
      timestamp: textOf(one.timestamp),
      timestampObsolete: textOf(one.timestampObsolete),
      checksum: one.checksum ?? null,
    })),
  };
}

function textOf(timestamp: Timestamp | undefined): string | null {
  return timestamp === undefined ? null : String(timestamp);
}
