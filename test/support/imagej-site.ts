import type { ImageJChange } from '../../src/formats/imagej/change.js';
import { NO_METADATA } from '../../src/formats/imagej/change.js';
import { unversionedPath } from '../../src/formats/imagej/file-name.js';
import { parseIndexXml } from '../../src/formats/imagej/index/read.js';
import type { SiteIndex } from '../../src/formats/imagej/index/site-index.js';
import type { UpstreamSite } from '../../src/model/upstream.js';

/** What an index records about a file. */
export interface RecordSpec {
  /** Whether users do not get the file any more. */
  readonly obsolete?: boolean;
  readonly checksum?: string;
  readonly timestamp?: number;
  readonly size?: number;
  readonly platforms?: readonly string[];
  readonly needs?: readonly string[];
  /** Dependencies that the file overrides. */
  readonly overrides?: readonly string[];
  /** Further attributes of the record. */
  readonly attributes?: string;
}

/** Makes an index of these files, in this order. */
export function imagejIndex(files: Readonly<Record<string, RecordSpec>>): SiteIndex {
  const records = Object.entries(files).map(([path, spec]) => recordXml(path, spec));
  return parseIndexXml(Buffer.from(`<pluginRecords>${records.join('')}</pluginRecords>`));
}

/** Makes an upstream site that serves these files. */
export function imagejSite(
  name: string,
  files: Readonly<Record<string, RecordSpec>>,
): UpstreamSite<SiteIndex> {
  return { name, location: `https://${name.toLowerCase()}.example/`, index: imagejIndex(files) };
}

function recordXml(
  path: string,
  {
    obsolete = false,
    checksum = 'a'.repeat(40),
    timestamp = 20250101000000,
    size = 5,
    platforms = [],
    needs = [],
    overrides = [],
    attributes = '',
  }: RecordSpec,
): string {
  const dependency = (name: string, more: string) =>
    `<dependency filename="${name}" timestamp="20240101000000"${more}/>`;
  const content = obsolete
    ? `<previous-version checksum="${checksum}" timestamp="${timestamp}" timestamp-obsolete="${timestamp}"/>`
    : `<version checksum="${checksum}" timestamp="${timestamp}" filesize="${size}">${[
        ...needs.map((name) => dependency(name, '')),
        ...overrides.map((name) => dependency(name, ' overrides="true"')),
      ].join('')}</version>`;
  return `<plugin filename="${path}" ${attributes}>${platforms.map((name) => `<platform>${name}</platform>`).join('')}${content}</plugin>`;
}

/** Makes a change of one file; a new file with content if nothing else is stated. */
export function imagejChange(path: string, more: Partial<ImageJChange> = {}): ImageJChange {
  const content =
    more.kind === 'remove' || more.kind === 'metadata' ? {} : { checksum: 'b'.repeat(40), size: 7 };
  return {
    kind: 'add',
    path,
    reason: 'it is not on the site yet',
    ...content,
    component: unversionedPath(path),
    placement: { executable: false, platforms: [] },
    metadata: NO_METADATA,
    coordinate: undefined,
    inherits: [],
    ...more,
  };
}
