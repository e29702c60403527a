import type { Timestamp } from '../../../model/timestamp.js';
import { withCoordinate } from '../artifacts/coordinate.js';
import { unversionedPath } from '../file-name.js';
import { asText, editRecord } from '../index/edit-record.js';
import { asPrevious, mergeSameFiles, withoutCurrent, withPrevious } from '../index/merge.js';
import { declarationsIn, withoutPrefixes } from '../index/names.js';
import { EMPTY_INDEX, type PluginRecord, type SiteIndex, type Version } from '../index/site-index.js';
import type { ImageJChange, ImageJPlan, Metadata } from '../change.js';

/**
 * Applies a plan to the index that it was made for. Keeps the objects of unaffected records, and never drops a previous
 * version (spec, section 6).
 */
export function applyPlan(index: SiteIndex, plan: ImageJPlan): SiteIndex {
  const changes = new Map(plan.changes.map((change) => [change.component, change]));
  const records = index.records.map((record) => {
    const component = unversionedPath(record.filename);
    const change = changes.get(component);
    changes.delete(component);
    return change ? edited(changeRecord(record, change, plan.timestamp), change) : record;
  });
  // The remaining changes are new files, in the order of the plan.
  for (const change of changes.values()) records.push(edited(firstRecord(change, plan.timestamp), change));
  return { ...index, records };
}

function edited(record: PluginRecord, { edits }: ImageJChange): PluginRecord {
  return edits ? editRecord(record, edits) : record;
}

/**
 * Returns the record of a file that is new on the site. It continues the records of upstream sites (spec, section 8).
 */
function firstRecord(change: ImageJChange, timestamp: Timestamp): PluginRecord {
  const [upstream] = mergeSameFiles({
    ...EMPTY_INDEX,
    records: change.inherits.map(withoutPrefixes),
  }).records;
  return upstream
    ? changeRecord(upstream, { ...change, inherits: [] }, timestamp)
    : newRecord(change, timestamp);
}

function newRecord(change: ImageJChange, timestamp: Timestamp): PluginRecord {
  return {
    filename: change.path,
    executable: change.placement.executable,
    platforms: change.placement.platforms.map(asText),
    categories: [],
    current: newVersion(change, timestamp),
    previous: [],
    attributes: [],
    unknown: [],
  };
}

function changeRecord(before: PluginRecord, change: ImageJChange, timestamp: Timestamp): PluginRecord {
  const record = withCoordinate(before, change.coordinate);
  const { current } = record;
  if (change.kind === 'metadata') return record;
  if (change.kind === 'remove') return withoutCurrent(record, timestamp);
  if (current === undefined) {
    const inherited = change.inherits
      .map(withoutPrefixes)
      .flatMap((other) => [
        ...other.previous,
        ...(other.current ? [asPrevious(other.current, other.filename, timestamp)] : []),
      ]);
    return {
      ...record,
      filename: change.path,
      current: newVersion(change, timestamp),
      previous: withPrevious(record.previous, inherited),
    };
  }
  // After a rename, users should still have the old content, so it is not obsolete.
  const timestampObsolete = change.kind === 'rename' ? 0 : timestamp;
  return {
    ...record,
    filename: change.path,
    // Metadata of the file stays. Attributes that describe one build are removed with that build.
    current: withMetadata(
      { ...current, ...contentOf(change, timestamp), attributes: declarationsIn(current.attributes) },
      change.metadata,
    ),
    previous: withPrevious(record.previous, [asPrevious(current, record.filename, timestampObsolete)]),
  };
}

function newVersion(change: ImageJChange, timestamp: Timestamp): Version {
  const version: Version = {
    ...contentOf(change, timestamp),
    description: undefined,
    dependencies: [],
    links: [],
    authors: [],
    attributes: [],
    unknown: [],
  };
  return withMetadata(version, change.metadata);
}

/** Adds the metadata of the POM to a version. Authors are never removed (spec, section 6). */
function withMetadata(version: Version, { description, authors }: Metadata): Version {
  const known = new Set(version.authors.map(({ text }) => text));
  const added = [...new Set(authors)].filter((author) => !known.has(author)).map(asText);
  return {
    ...version,
    description:
      description === undefined
        ? version.description
        : { ...asText(''), ...version.description, text: description },
    authors: [...version.authors, ...added],
  };
}

function contentOf(change: ImageJChange, timestamp: Timestamp) {
  const { checksum, size } = change;
  if (checksum === undefined || size === undefined)
    throw new Error(`The change of ${change.path} has no content.`);
  return { checksum, timestamp, filesize: size };
}
