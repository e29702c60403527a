import type { Change } from '../../../model/change.js';
import type { Plan } from '../../../model/plan.js';
import type { PublishedVersion, Repository } from '../index/repository.js';

/** A change of one version of a plugin. */
export interface JetBrainsChange extends Change {
  /** The version after the change. The archive of a withdrawn version stays until the next publication. */
  readonly published: PublishedVersion;
  /** The version that it replaces, or `undefined` for a new one. */
  readonly before: PublishedVersion | undefined;
}

export interface JetBrainsPlan extends Plan<JetBrainsChange> {
  readonly newestBranch: number;
}

/** Applies changes to versions. Versions that were withdrawn before are removed. */
export function versionsAfter(
  { versions }: Repository,
  changes: readonly JetBrainsChange[],
): readonly PublishedVersion[] {
  const replaced = new Map(changes.flatMap(({ before, published }) => (before ? [[before, published]] : [])));
  const kept = versions.flatMap((version) => {
    const replacement = replaced.get(version);
    return replacement ?? (version.state === 'withdrawn' ? [] : version);
  });
  return [...kept, ...changes.flatMap(({ before, published }) => (before ? [] : published))];
}
