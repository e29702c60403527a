import type { Timestamp } from '../../../model/timestamp.js';
import { withAttributes } from '../index/merge.js';
import { declarationsIn } from '../index/names.js';
import type { PluginRecord, PreviousVersion, SiteIndex, Version } from '../index/site-index.js';

/** Returns the timestamps of all publications that an index records, newest first. */
export function publicationsOf({ records }: SiteIndex): readonly Timestamp[] {
  const stamps = new Set<Timestamp>();
  for (const { current, previous } of records) {
    if (current) stamps.add(current.timestamp);
    for (const { timestamp, timestampObsolete } of previous) {
      stamps.add(timestamp);
      stamps.add(timestampObsolete);
    }
  }
  // Very old indexes do not state when a version was obsolete.
  stamps.delete(0);
  return [...stamps].sort((a, b) => b - a);
}

/**
 * Returns what a site offered after a publication, according to a later index. Files that have changed since have the
 * metadata that they have now, and no size, which a later index does not state.
 */
export function stateAfter(index: SiteIndex, moment: Timestamp): SiteIndex {
  const records = index.records.filter((record) => firstStamp(record) <= moment);
  return { ...index, records: records.map((record) => recordAfter(record, moment)) };
}

/** Returns such a state without the versions that followed it, and without the current one among the previous ones. */
export function withoutLater(state: SiteIndex, moment: Timestamp): SiteIndex {
  const records = state.records.map((record) => {
    const { filename, current } = record;
    const previous = record.previous.filter(
      (version) =>
        version.timestamp <= moment &&
        (version.timestamp !== current?.timestamp || version.filename !== filename),
    );
    return previous.length === record.previous.length ? record : { ...record, previous };
  });
  return { ...state, records };
}

/** Returns when a file was published first. */
function firstStamp({ current, previous }: PluginRecord): Timestamp {
  return previous.reduce(
    (first, { timestamp }) => Math.min(first, timestamp),
    current?.timestamp ?? Number.POSITIVE_INFINITY,
  );
}

function recordAfter(record: PluginRecord, moment: Timestamp): PluginRecord {
  const { current, previous } = record;
  if (current && current.timestamp <= moment) return record;
  const offered = previous.reduce<PreviousVersion | undefined>(
    (newest, version) =>
      version.timestamp <= moment &&
      endOf(version, record) > moment &&
      version.timestamp >= (newest?.timestamp ?? 0)
        ? version
        : newest,
    undefined,
  );
  if (!offered) return { ...record, current: undefined };
  return { ...record, filename: offered.filename, current: versionOf(offered, current) };
}

/** Returns when a version ceased to be offered: that of the next version if the index does not state it. */
function endOf(
  { timestamp, timestampObsolete }: PreviousVersion,
  { current, previous }: PluginRecord,
): Timestamp {
  if (timestampObsolete > 0) return timestampObsolete;
  const later = [...previous.map((other) => other.timestamp), ...(current ? [current.timestamp] : [])].filter(
    (other) => other > timestamp,
  );
  return later.reduce((earliest, other) => Math.min(earliest, other), Number.POSITIVE_INFINITY);
}

/** @param metadata the version whose metadata the file has now, if it is offered */
function versionOf(
  { checksum, timestamp, attributes }: PreviousVersion,
  metadata: Version | undefined,
): Version {
  if (metadata?.checksum === checksum) return { ...metadata, timestamp };
  return {
    description: metadata?.description,
    dependencies: metadata?.dependencies ?? [],
    links: metadata?.links ?? [],
    authors: metadata?.authors ?? [],
    // The metadata may need prefixes that are declared beside it.
    attributes: withAttributes(attributes, [{ attributes: declarationsIn(metadata?.attributes ?? []) }]),
    unknown: metadata?.unknown ?? [],
    checksum,
    timestamp,
    filesize: undefined,
  };
}
