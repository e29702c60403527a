import type { DetailedFile, FileDetails, ListedFile } from '../../model/listing.js';
import { nearMatches } from '../../model/near-matches.js';
import { baseName, compareText } from '../../model/site-path.js';
import type { ListingRules, NamedFiles } from '../listing.js';
import { unversionedPath, versionOf } from './file-name.js';
import { recordsByComponent } from './index/record-map.js';
import { storedPath } from './index/stored-path.js';
import type { PluginRecord, SiteIndex, TextValue } from './index/site-index.js';

/** Shows what an ImageJ update site offers. */
export const LISTING: ListingRules<SiteIndex> = {
  filesOf: ({ records }) => records.map(listedFile),
  find: findFile,
};

function listedFile({ filename, current, previous }: PluginRecord): ListedFile {
  return {
    path: filename,
    version: versionOf(filename),
    size: current?.filesize,
    timestamp: current?.timestamp,
    checksum: current?.checksum,
    isCurrent: current !== undefined,
    previous: previous.length,
  };
}

/** Finds a file by its path or its name, with or without its version, or by a path that it had before. */
function findFile(index: SiteIndex, name: string): NamedFiles {
  // Users also see the names of stored files, which end with a timestamp.
  const matches = [name, name.replace(/-\d{14}$/, '')]
    .map((text) => recordsCalled(index, text))
    .find(({ length }) => length > 0);
  const [record, ...others] = matches ?? [];
  if (!record) return { status: 'unknown', near: similarNames(index, name) };
  return others.length === 0
    ? { status: 'found', files: [detailedFile(record, index)] }
    : { status: 'ambiguous', names: [record, ...others].map(({ filename }) => filename) };
}

/** Returns the records with a name. The current path counts before previous ones, and a path before a file name. */
function recordsCalled(index: SiteIndex, name: string): readonly PluginRecord[] {
  const records = [...recordsByComponent(index)];
  const now = ([component, { filename }]: (typeof records)[number]) => [component, filename];
  const before = ([, { previous }]: (typeof records)[number]) => previous.map(({ filename }) => filename);
  for (const shown of [(path: string) => path, baseName])
    for (const pathsOf of [now, before]) {
      const found = records.filter((one) => pathsOf(one).some((path) => shown(path) === name));
      if (found.length > 0) return found.map(([, record]) => record);
    }
  return [];
}

/** Returns what the user may have meant: the same file in another version, or similar names. */
function similarNames(index: SiteIndex, name: string): readonly string[] {
  const component = unversionedPath(name);
  const isPath = name.includes('/');
  const shown = (path: string) => (isPath ? path : baseName(path));
  const records = [...recordsByComponent(index)];
  const same = records.filter(([known]) => shown(known) === component);
  if (same.length > 0) return same.map(([, { filename }]) => filename);
  return nearMatches(
    name,
    records.flatMap(([known, { filename }]) => [shown(known), shown(filename)]),
  );
}

function detailedFile(record: PluginRecord, index: SiteIndex): DetailedFile {
  const { filename, current, categories, platforms, executable, previous } = record;
  const texts = (values: readonly TextValue[] | undefined) => (values ?? []).map(({ text }) => text);
  const details: FileDetails = {
    payload: current && storedPath(filename, current.timestamp),
    title: undefined,
    description: current?.description?.text,
    changeNotes: undefined,
    authors: texts(current?.authors),
    links: texts(current?.links),
    categories: texts(categories),
    platforms: texts(platforms),
    executable,
    builds: undefined,
    signed: undefined,
    dependencies: (current?.dependencies ?? []).map((dependency) => ({
      path: dependency.filename,
      timestamp: dependency.timestamp,
      overrides: dependency.overrides,
    })),
    dependents: dependentsOf(unversionedPath(filename), index),
    previousVersions: [...previous]
      .sort((a, b) => b.timestamp - a.timestamp)
      .map((version) => ({
        path: version.filename,
        version: versionOf(version.filename),
        timestamp: version.timestamp,
        timestampObsolete: version.timestampObsolete === 0 ? undefined : version.timestampObsolete,
        checksum: version.checksum,
        payload: storedPath(version.filename, version.timestamp),
      })),
  };
  return { ...listedFile(record), details };
}

/** Returns the paths of the current files that need a file, given its unversioned path. */
function dependentsOf(component: string, { records }: SiteIndex): readonly string[] {
  return records
    .flatMap(({ filename, current }) => {
      const isNeeded = current?.dependencies.some(
        (one) => !one.overrides && unversionedPath(one.filename) === component,
      );
      return isNeeded === true ? [filename] : [];
    })
    .sort(compareText);
}
