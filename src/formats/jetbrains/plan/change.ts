import type { Change } from '../../../model/change.js';
import type { Plan } from '../../../model/plan.js';
import type { PublishedVersion, Repository } from '../index/repository.js';

/** A change of one version of a plugin. */
export interface JetBrainsChange extends Change {
  /** What the site has of the version afterwards; where it is withdrawn, its archive stays until the next publication. */
  readonly published: PublishedVersion;
  /** What it takes the place of; undefined where the version is new. */
  readonly before: PublishedVersion | undefined;
}

export interface JetBrainsPlan extends Plan<JetBrainsChange> {
  readonly newestBranch: number;
}

/** The versions with the changes carried out; those that were withdrawn before are forgotten. */
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
