/**
 * Restores what a site offered earlier by a new publication: old content gets a new timestamp, files that were added
 * since become obsolete, and files that were removed since come back. The index never loses a version.
 *
 * @module
 */

import type { Problem } from '../../../model/problem.js';
import { parseSitePath } from '../../../model/site-path.js';
import type { Timestamp } from '../../../model/timestamp.js';
import type {
  NeededPayload,
  RestoredContent,
  RollbackPlan,
  RollbackRequest,
  RollbackRules,
} from '../../rollback.js';
import { unversionedPath } from '../file-name.js';
import { withAttributes, withoutCurrent } from '../index/merge.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';
import { chooseTimestamp } from '../plan/choose-timestamp.js';
import { comingByThemselves } from './needed.js';
import { noticesOf } from './notices.js';
import { publicationsOf, stateAfter, withoutLater } from './moments.js';
import { restore, stampIn, withMetadataOf, withStamps, withVersionsOf, type Restored } from './records.js';

/** Restores earlier states of ImageJ update sites. */
export const ROLLBACK: RollbackRules<SiteIndex> = {
  moments: { publicationsOf, stateAfter, withoutLater },
  plan: planRollback,
  apply: applyRollback,
};

function planRollback({ now, then, isExact, moment }: RollbackRequest<SiteIndex>): RollbackPlan {
  const restored = restoredIn(now, then);
  const removed = removedIn(now, then);
  const changes = [
    ...restored.map(({ component, then, version }) => ({
      component,
      path: then.filename,
      checksum: version.checksum,
      // The index may have lost earlier versions, whose stored files may still be there.
      inherits: [then],
    })),
    ...removed.map(({ filename }) => ({
      component: unversionedPath(filename),
      path: filename,
      inherits: [],
    })),
  ];
  const { timestamp, notices, problems } = chooseTimestamp(changes, recordsByComponent(now), moment);
  const unsafe: Problem[] = [];
  const needed = restored.flatMap(({ then: { filename }, version }): NeededPayload[] => {
    const parsed = parseSitePath(filename);
    if ('path' in parsed) {
      const { path } = parsed;
      const from = storedPath(path, version.timestamp);
      const checksums = [version.checksum];
      return [{ from, storedPath: storedPath(path, timestamp), path, checksums, size: undefined }];
    }
    unsafe.push({
      severity: 'error',
      code: 'bad-path',
      path: filename,
      message: `${filename} was offered then, and cannot be published: ${parsed.reason}.`,
      hint: 'Choose another moment, or publish the file under another name.',
    });
    return [];
  });
  return {
    timestamp,
    needed,
    notices: [
      ...noticesOf(restored, removed, comingByThemselves(now, then), isExact),
      ...(changes.length > 0 ? notices : []),
    ],
    problems: [...unsafe, ...problems],
  };
}

function restoredIn(now: SiteIndex, then: SiteIndex): readonly Restored[] {
  return then.records.flatMap((record): Restored[] => {
    const { current: version, filename } = record;
    if (!version) return [];
    const component = unversionedPath(filename);
    const present = recordsByComponent(now).get(component);
    const isSame = present?.current?.checksum === version.checksum && present.filename === filename;
    return isSame ? [] : [{ component, then: record, version, isRevived: present?.current === undefined }];
  });
}

function removedIn(now: SiteIndex, then: SiteIndex): readonly PluginRecord[] {
  const before = recordsByComponent(then);
  return now.records.filter(
    ({ filename, current }) => current && before.get(unversionedPath(filename))?.current === undefined,
  );
}

function applyRollback(
  now: SiteIndex,
  then: SiteIndex,
  timestamp: Timestamp,
  contents: ReadonlyMap<string, RestoredContent>,
): SiteIndex {
  const before = recordsByComponent(then);
  const restored = new Map(restoredIn(now, then).map((file) => [file.component, file]));
  const stampOf = (component: string) =>
    restored.has(component) ? timestamp : recordsByComponent(now).get(component)?.current?.timestamp;
  const restoredRecord = (record: PluginRecord, file: Restored) =>
    withStamps(restore(record, file, timestamp, contents), stampOf);
  const records = now.records.map((record) => {
    const component = unversionedPath(record.filename);
    const file = restored.get(component);
    if (file) return restoredRecord(record, file);
    const earlier = before.get(component);
    if (!earlier) return withoutCurrent(record, timestamp);
    if (!earlier.current) return withVersionsOf(withoutCurrent(record, timestamp), earlier);
    return withStamps(
      withVersionsOf(withMetadataOf(record, earlier), earlier),
      // The timestamps of dependencies are not part of the earlier metadata.
      (needed) => stampIn(record, needed) ?? stampOf(needed),
    );
  });
  // Records that the index has lost.
  for (const [component, lost] of before) {
    if (recordsByComponent(now).has(component)) continue;
    const record = { ...lost, current: undefined };
    const file = restored.get(component);
    records.push(file ? restoredRecord(record, file) : record);
  }
  // What comes back may need prefixes that only the earlier index declares.
  return { ...now, attributes: withAttributes(now.attributes, [then]), records };
}
