import { count, listNames } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import {
  dateOf,
  describeTimestamp,
  laterBy,
  nextTimestamp,
  type Timestamp,
} from '../../../model/timestamp.js';
import type { PlanMoment } from '../../../model/plan-moment.js';
import type { RecordMap } from '../index/record-map.js';
import type { ImageJChange } from '../change.js';

/**
 * Minimum number of seconds between the index that users have read and the timestamp of a new file. An updater offers a
 * file that its user does not have only if all its timestamps are later than the `Last-Modified` of that index in the
 * user's time zone. The easternmost one is UTC+14 (spec, section 6).
 */
const LEAD_SECONDS = 14 * 60 * 60 + 1;
/** Maximum number of files that a message names. */
const MAX_NAMES = 5;

/** The part of a change on which the timestamp depends. */
type StampedChange = Pick<ImageJChange, 'component' | 'inherits' | 'path'> & {
  readonly checksum?: string | undefined;
};

export interface TimestampChoice {
  readonly timestamp: Timestamp;
  /** Why it is not the time of the publication, in full sentences. */
  readonly notices: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Chooses the timestamp of a publication (spec, section 6). It is late enough that users in every time zone are offered
 * new files, later than every timestamp of the affected records, and not one that a lost state of the index has used, so
 * that stored names never collide.
 */
export function chooseTimestamp(
  changes: readonly StampedChange[],
  records: RecordMap,
  request: PlanMoment,
): TimestampChoice {
  const { now, isGiven, lastSeen, used } = request;
  const timestamps = changes.map((change) => newestTimestamp(change, records));
  const added = changes.filter(({ checksum }, at) => checksum !== undefined && timestamps[at] === undefined);
  const isNew = added.length > 0 && lastSeen !== undefined;
  const wanted = isNew && !isGiven ? Math.max(now, laterBy(lastSeen, LEAD_SECONDS)) : now;
  const newest = timestamps.reduce<number>((latest, stamp) => Math.max(latest, stamp ?? 0), 0);
  const earliest = wanted > newest ? wanted : nextTimestamp(newest);
  const isBeyond = earliest > wanted && !isPossible(earliest, changes, records);
  const timestamp = firstUnused(earliest, used);
  const isTooEarly = isNew && isGiven && timestamp < lastSeen;
  return {
    timestamp,
    notices: explain(timestamp, request, timestamp === wanted),
    problems: [
      ...(isBeyond ? [beyondTimestamps(changes.filter((_, at) => timestamps[at] === newest))] : []),
      ...(isTooEarly ? [beforeSite(timestamp, lastSeen, added)] : []),
    ],
  };
}

function firstUnused(earliest: Timestamp, used: PlanMoment['used']): Timestamp {
  let timestamp = earliest;
  while (used?.has(timestamp)) timestamp = nextTimestamp(timestamp);
  return timestamp;
}

/**
 * Whether a timestamp can be written. One that is not a date is counted up only as far as the site's own index
 * requires.
 */
function isPossible(timestamp: Timestamp, changes: readonly StampedChange[], records: RecordMap): boolean {
  if (dateOf(timestamp) !== undefined) return true;
  const own = changes.map((change) => newestTimestamp({ ...change, inherits: [] }, records) ?? 0);
  return timestamp < Number.MAX_SAFE_INTEGER && own.some((stamp) => nextTimestamp(stamp) === timestamp);
}

/**
 * Returns the newest known timestamp of a file, upstream sites included; `undefined` if it has not had a version yet.
 */
function newestTimestamp(
  { component, inherits }: Pick<ImageJChange, 'component' | 'inherits'>,
  records: RecordMap,
): Timestamp | undefined {
  let newest: Timestamp | undefined;
  for (const record of [records.get(component), ...inherits]) {
    if (record?.current) newest = Math.max(newest ?? 0, record.current.timestamp);
    for (const { timestamp, timestampObsolete } of record?.previous ?? [])
      newest = Math.max(newest ?? 0, timestamp, timestampObsolete);
  }
  return newest;
}

function explain(timestamp: Timestamp, { now, isGiven, clock }: PlanMoment, isWanted: boolean): string[] {
  const intro = `The timestamp of this publication is ${describeTimestamp(timestamp)}`;
  const order = 'because every version must be later than the previous one';
  if (isGiven && !isWanted) return [`${intro} instead of ${describeTimestamp(now)}, ${order}.`];
  const date = dateOf(timestamp);
  if (date === undefined) return timestamp > clock ? [`${intro}, which is not a date, ${order}.`] : [];
  const seconds = (date.getTime() - (dateOf(clock)?.getTime() ?? 0)) / 1000;
  if (!(seconds > 0)) return [];
  const given = isGiven ? 'as given by "timestamp" (--timestamp)' : undefined;
  const newFiles = isWanted ? 'so that ImageJ offers its new files to users in every time zone' : order;
  return [`${intro}, ${duration(seconds)} ahead, ${given ?? newFiles}.`];
}

function duration(seconds: number): string {
  if (seconds < 90) return count(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? count(minutes, 'minute') : count(Math.round(seconds / 3600), 'hour');
}

function beyondTimestamps(changes: readonly StampedChange[]): Problem {
  const names = changes.map(({ path }) => path);
  const [path] = names;
  return {
    severity: 'error',
    code: 'timestamp-too-late',
    ...(path === undefined ? {} : { path }),
    message: `An index contains versions of ${listNames(names, MAX_NAMES, 'file')} with a timestamp that is not a date, so a later one cannot be written.`,
    hint: 'Leave the file out, or publish it under another name. The index belongs to this site or to an upstream site, and its maintainers must correct it.',
  };
}

function beforeSite(timestamp: Timestamp, lastSeen: Timestamp, added: readonly StampedChange[]): Problem {
  const [first] = added;
  const names = added.map(({ path }) => path);
  return {
    severity: 'warning',
    code: 'timestamp-before-site',
    ...(first ? { path: first.path } : {}),
    message: `The timestamp ${describeTimestamp(timestamp)} is earlier than the index that users may have read (${describeTimestamp(lastSeen)}). ImageJ does not offer these users ${listNames(names, MAX_NAMES, 'file')}.`,
    hint: 'Omit "timestamp" (--timestamp). The publication then gets a timestamp that is late enough for all users.',
  };
}
