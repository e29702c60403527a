import { judged, type Check, type Finding } from '../../../model/check.js';
import { count } from '../../../model/humanize.js';
import { parseSitePath } from '../../../model/site-path.js';
import { dateOf, describeTimestamp, laterBy, type Timestamp } from '../../../model/timestamp.js';
import { elementsNamed, isElement, type XmlElement } from '../../../xml/element.js';
import { readXml, type XmlDocument } from '../../../xml/read.js';
import { gunzipIndex } from '../index/gzip.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';
import { unfetchablePart } from '../names.js';

const INDEX = 'db.xml.gz';
/** Elements of a record. Older clients fail if one of them is outside of a record (rules of clients, 10). */
const OF_RECORDS: ReadonlySet<string> = new Set([
  ...['description', 'author', 'platform', 'category', 'link', 'dependency', 'version', 'previous-version'],
]);
/** Elements that only the local database of a user has. */
const OF_USERS: ReadonlySet<string> = new Set(['update-site', 'disabled-update-site']);
/** How far a timestamp may be ahead of the clock, in seconds: an hour more than publications are (spec, section 6). */
const MAX_AHEAD_SECONDS = 15 * 60 * 60;

/** Checks whether clients read the index as it is meant. */
export function indexForClients(index: SiteIndex, file: Uint8Array | undefined): Check {
  const findings: Finding[] = withInner(index.unknown.map(({ element }) => element))
    .filter(({ name }) => OF_RECORDS.has(name))
    .map(({ name }) => ({
      path: INDEX,
      message: `<${name}> is outside of a record, and older clients fail at it`,
    }));
  const indentation = file && faultOfIndentation(readXml(gunzipIndex(file)));
  if (indentation !== undefined) findings.push({ path: INDEX, message: indentation });
  return judged(
    'index-for-clients',
    findings,
    (faults) => `Clients do not read the index as it is meant, for ${count(faults, 'reason')}.`,
  );
}

/**
 * Returns why clients take the indentation of an index for text, as a clause; `undefined` if they do not. Their parser
 * skips the white space only in elements that the document type declares to contain elements (spec, section 5).
 */
function faultOfIndentation({ documentType, root }: XmlDocument): string | undefined {
  if (!documentType) return 'it has no document type, so clients take the indentation for text';
  const records = elementsNamed(root, 'plugin');
  const indented = [root, ...records, ...records.flatMap((record) => elementsNamed(record, 'version'))]
    .filter(({ children }) => children.some(isElement) && children.some((child) => !isElement(child)))
    .map(({ name }) => name);
  const undeclared = [...new Set(indented)].filter((name) => !documentType.withoutText.has(name));
  return undeclared.length === 0
    ? undefined
    : `its document type does not declare what ${undeclared.map((name) => `<${name}>`).join(', ')} may contain, so clients take the indentation there for text`;
}

/** Returns all elements, including those inside others, in the order of the document. */
function withInner(elements: readonly XmlElement[]): readonly XmlElement[] {
  // The reader limits the depth, but not the number of children.
  return elements.flatMap((element) => [element, ...withInner(element.children.filter(isElement))]);
}

/** Checks whether the index is the local database of a user. */
export function localDatabase({ unknown }: SiteIndex): Check {
  const sites = unknown.filter(({ element }) => OF_USERS.has(element.name));
  const findings = sites.map(({ element }) => ({
    path: INDEX,
    message: `<${element.name}> names the site ${element.attributes.find(({ name }) => name === 'name')?.value ?? ''}`,
  }));
  return judged(
    'local-database',
    findings,
    (names) =>
      `It names ${count(names, 'update site')} that a user follows: it is the database of an installation.`,
  );
}

/** Checks the names of the files that clients are offered. */
export function fileNames({ records }: SiteIndex): Check {
  const findings = records.flatMap(({ filename, current }): Finding[] => {
    if (!current) return [];
    const part = unfetchablePart(filename);
    if (part !== undefined)
      return [{ path: filename, message: `"${part}" has another meaning in an address` }];
    const parsed = parseSitePath(filename);
    return 'reason' in parsed ? [{ path: filename, message: parsed.reason }] : [];
  });
  return judged(
    'names',
    findings,
    (files) => `Clients cannot request ${count(files, 'file')} by the name in the index.`,
  );
}

/** Checks that no two versions of a file have the same stored name, which ends in the timestamp. */
export function timestamps({ records }: SiteIndex): Check {
  const findings = records.flatMap((record) =>
    [...versionsByStoredPath(record).values()]
      .filter(({ checksums }) => checksums.size > 1)
      .map(({ timestamp, checksums }) => ({
        path: record.filename,
        message: `${count(checksums.size, 'version')} have the timestamp ${timestamp}`,
      })),
  );
  return judged(
    'timestamps',
    findings,
    (files) => `${count(files, 'timestamp belongs', 'timestamps belong')} to several versions of a file.`,
  );
}

interface SameName {
  readonly timestamp: Timestamp;
  readonly checksums: Set<string>;
}

/** Old sites have both `Jama.jar` and `Jama-1.0.2.jar` from one upload: one record, but different stored names. */
function versionsByStoredPath({ filename, current, previous }: PluginRecord): ReadonlyMap<string, SameName> {
  const names = new Map<string, SameName>();
  const versions = [...(current ? [{ ...current, filename }] : []), ...previous];
  for (const { filename: path, timestamp, checksum } of versions) {
    // Very old indexes have no timestamps.
    if (timestamp === 0) continue;
    const name = storedPath(path, timestamp);
    const known = names.get(name);
    if (known) known.checksums.add(checksum);
    else names.set(name, { timestamp, checksums: new Set([checksum]) });
  }
  return names;
}

/** Checks that no timestamp is further ahead of the clock than those of publications. */
export function futureTimestamps({ records }: SiteIndex, clock: Timestamp): Check {
  const latest = laterBy(clock, MAX_AHEAD_SECONDS);
  const findings = records.flatMap(({ filename, current }): Finding[] =>
    current && current.timestamp > latest
      ? [
          {
            path: filename,
            message:
              dateOf(current.timestamp) === undefined
                ? `its timestamp, ${current.timestamp}, is not a date`
                : `its timestamp is ${describeTimestamp(current.timestamp)}`,
          },
        ]
      : [],
  );
  return judged(
    'future-timestamps',
    findings,
    (files) => `${count(files, 'file has', 'files have')} a timestamp more than 15 hours ahead of the clock.`,
    'warning',
  );
}
