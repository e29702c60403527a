import type { MavenCoordinates } from '../model/maven.js';
import type { DeclaredDependency } from './pom.js';

type ExclusionList = DeclaredDependency['exclusions'];

/** All exclusions on the path to a dependency. Each step links to the previous ones, without copying lists. */
export interface Exclusions {
  readonly lists: readonly ExclusionList[];
  readonly before: Exclusions | undefined;
}

/** Whether an exclusion matches; `*` stands for any group or artifact. Takes one look-up per list and name. */
export function isExcluded(
  { groupId, artifactId }: Pick<MavenCoordinates, 'groupId' | 'artifactId'>,
  exclusions: Exclusions | undefined,
): boolean {
  const names = [`${groupId}:${artifactId}`, `*:${artifactId}`, `${groupId}:*`, '*:*'];
  for (let step = exclusions; step; step = step.before) {
    for (const list of step.lists) {
      if (list.length === 0) continue;
      const excluded = namesIn(list);
      if (names.some((name) => excluded.has(name))) return true;
    }
  }
  return false;
}

const cache = new WeakMap<ExclusionList, ReadonlySet<string>>();

function namesIn(list: ExclusionList): ReadonlySet<string> {
  let names = cache.get(list);
  if (!names) {
    names = new Set(list.map(({ groupId, artifactId }) => `${groupId}:${artifactId}`));
    cache.set(list, names);
  }
  return names;
}
