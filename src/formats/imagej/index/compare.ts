import type { ChangeDetails, Field, FieldChange } from '../../../model/change-details.js';
import { USUAL_REASONS, type Change, type ChangeKind } from '../../../model/change.js';
import { compareText } from '../../../model/site-path.js';
import { describeTimestamp } from '../../../model/timestamp.js';
import { unversionedPath, versionOf } from '../file-name.js';
import { recordsByComponent } from './record-map.js';
import type { Dependency, PluginRecord, SiteIndex, TextValue, Version } from './site-index.js';
import { renderRecord } from './write.js';

/** Returns the changes of files between two states of a site, in the order of the later one. */
export function compareIndexes(before: SiteIndex, after: SiteIndex): readonly Change[] {
  const changes = differingComponents(before, after).flatMap((component): Change[] => {
    const [old, now] = [recordsByComponent(before).get(component), recordsByComponent(after).get(component)];
    const found = kindOf(old, now);
    const path = (now ?? old)?.filename ?? component;
    if (!found) return [];
    const { checksum, filesize } = now?.current ?? {};
    return [
      {
        ...found,
        path,
        ...(old && old.filename !== path ? { previousPath: old.filename } : {}),
        ...(checksum === undefined || found.kind === 'metadata' ? {} : { checksum }),
        ...(filesize === undefined || found.kind === 'metadata' ? {} : { size: filesize }),
      },
    ];
  });
  return withDetails(changes, before, after);
}

function kindOf(
  before: PluginRecord | undefined,
  after: PluginRecord | undefined,
): { kind: ChangeKind; reason: string } | undefined {
  const [old, now] = [before?.current, after?.current];
  if (!after) return { kind: 'remove', reason: 'its record was deleted, with its history' };
  if (!before) {
    return now
      ? { kind: 'add', reason: USUAL_REASONS.addedSince }
      : { kind: 'metadata', reason: 'a record of an obsolete file was added' };
  }
  if (old && !now) return { kind: 'remove', reason: USUAL_REASONS.obsolete };
  if (!old && now) return { kind: 'revive', reason: 'it was obsolete and was restored' };
  if (old?.checksum !== now?.checksum) return { kind: 'update', reason: USUAL_REASONS.changed };
  if (before.filename !== after.filename) return { kind: 'rename', reason: USUAL_REASONS.renamed };
  return { kind: 'metadata', reason: metadataReason(before, after) };
}

function metadataReason(before: PluginRecord, after: PluginRecord): string {
  if (!isSameForUsers(before, after)) return USUAL_REASONS.metadata;
  return before.current?.timestamp === after.current?.timestamp
    ? 'only timestamps or earlier versions differ'
    : 'same content, new timestamp';
}

/** Whether two records differ only in timestamps and earlier versions: users who have the file notice nothing. */
function isSameForUsers(before: PluginRecord | undefined, after: PluginRecord): boolean {
  if (!before) return after.current === undefined;
  return renderRecord(asUsersSeeIt(before)) === renderRecord(asUsersSeeIt(after));
}

function asUsersSeeIt(record: PluginRecord): PluginRecord {
  const { current } = record;
  const dependencies = current?.dependencies.map((dependency) => ({ ...dependency, timestamp: 0 })) ?? [];
  return { ...record, current: current && { ...current, timestamp: 0, dependencies }, previous: [] };
}

/**
 * Returns the unversioned paths of files with different records: those of the later state in its order, then the
 * deleted ones.
 */
function differingComponents(before: SiteIndex, after: SiteIndex): readonly string[] {
  const [old, now] = [recordsByComponent(before), recordsByComponent(after)];
  const differing = [...now].filter(([component, record]) => {
    const other = old.get(component);
    return other !== record && (other === undefined || renderRecord(other) !== renderRecord(record));
  });
  return [
    ...differing.map(([component]) => component),
    ...[...old.keys()].filter((component) => !now.has(component)),
  ];
}

/** Adds what each change means for existing installations. */
export function withDetails<C extends Change>(
  changes: readonly C[],
  before: SiteIndex,
  after: SiteIndex,
): readonly C[] {
  const dependents = dependentsIn(before);
  return changes.map((change) => {
    const component = unversionedPath(change.path);
    const old = recordsByComponent(before).get(component);
    const now = recordsByComponent(after).get(component);
    const details: ChangeDetails = {
      versionBefore: versionIn(old),
      versionAfter: versionIn(now),
      sizeBefore: old?.current?.filesize,
      platforms: (now ?? old)?.platforms.map(({ text }) => text) ?? [],
      fields: now?.current ? fieldChanges(old, now, now.current) : [],
      ...(change.kind === 'metadata' && now && isSameForUsers(old, now) ? { isSameForUsers: true } : {}),
      dependents: change.kind === 'remove' ? (dependents.get(component) ?? []) : [],
    };
    return { ...change, details };
  });
}

function versionIn(record: PluginRecord | undefined): string | undefined {
  if (!record?.current) return undefined;
  return (
    versionOf(record.filename) ?? describeTimestamp(record.current.timestamp).slice(0, '2026-11-20'.length)
  );
}

function fieldChanges(
  old: PluginRecord | undefined,
  now: PluginRecord,
  current: Version,
): readonly FieldChange[] {
  const before = old?.current;
  const texts = (values: readonly TextValue[] | undefined) => values?.map(({ text }) => text) ?? [];
  const needed = (values: readonly Dependency[] | undefined) =>
    values?.map(({ filename, overrides }) => (overrides ? `${filename} (overridden)` : filename)) ?? [];
  const program = (record: PluginRecord | undefined) => (record?.executable ? ['yes'] : []);
  const [was, is] = [before?.description?.text, current.description?.text];
  return [
    ...(was === is ? [] : [{ field: 'description' as const, before: was, after: is }]),
    ...listChanges('author', texts(before?.authors), texts(current.authors)),
    ...listChanges('link', texts(before?.links), texts(current.links)),
    ...listChanges('category', texts(old?.categories), texts(now.categories)),
    ...listChanges('platform', texts(old?.platforms), texts(now.platforms)),
    ...listChanges('executable', program(old), program(now)),
    ...listChanges('dependency', needed(before?.dependencies), needed(current.dependencies)),
  ];
}

function listChanges(field: Field, before: readonly string[], after: readonly string[]): FieldChange[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...before.filter((text) => !is.has(text)).map((text) => ({ field, before: text, after: undefined })),
    ...after.filter((text) => !was.has(text)).map((text) => ({ field, before: undefined, after: text })),
  ];
}

/** Maps unversioned paths to the sorted paths of the current files that depend on them. */
function dependentsIn(index: SiteIndex): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const { filename, current } of index.records) {
    for (const dependency of current?.dependencies ?? []) {
      const component = unversionedPath(dependency.filename);
      const list = dependents.get(component);
      if (list) list.push(filename);
      else dependents.set(component, [filename]);
    }
  }
  for (const list of dependents.values()) list.sort(compareText);
  return dependents;
}
