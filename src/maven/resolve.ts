/**
 * Resolves the dependencies in POMs, and compares versions as Maven does. POMs come from an argument, so that this
 * folder does not access a repository itself.
 *
 * @module
 */

import { describeCoordinates, type MavenCoordinates } from '../model/maven.js';
import { isExcluded, type Exclusions } from './exclusions.js';
import { keyOf, modelOf, type ModelDependency, type PomReader } from './model.js';
import type { MavenPom } from './pom.js';

/** Maximum number of artifacts in one tree. The whole of Fiji has some 1,000. */
const MAX_ARTIFACTS = 20_000;

/** An artifact that another one needs. */
export interface ResolvedDependency extends MavenCoordinates {
  /** `compile`, `runtime` or `provided`. */
  readonly scope: string;
  readonly type: string;
  /** Whether the root artifact declares it as optional. */
  readonly optional: boolean;
}

/** The dependencies of an artifact, nearest first. */
export interface Resolution {
  readonly dependencies: readonly ResolvedDependency[];
  /** Required POMs that the repository lacks. */
  readonly missing: readonly string[];
}

interface Visit {
  readonly dependency: ModelDependency;
  readonly exclusions: Exclusions;
}

/**
 * Resolves the dependencies of an artifact, transitively, by the rules of Maven. Of several versions, the nearest wins,
 * and of equally near ones the first. Managed versions and scopes of the artifact win. Exclusions apply. Optional and
 * provided dependencies of dependencies are ignored.
 *
 * @param scopes scopes of direct dependencies that are followed
 * @param isLeaf dependencies that are returned, but not followed
 */
export function resolveDependencies(
  pom: MavenPom,
  reader: PomReader,
  scopes: ReadonlySet<string>,
  isLeaf: (dependency: ResolvedDependency) => boolean = () => false,
): Resolution {
  const root = modelOf(pom, reader);
  const missing = new Set(root.missing);
  const found = new Map<string, ResolvedDependency>();
  const needs: Need[] = [];
  let level: Visit[] = root.dependencies
    .filter(({ scope }) => scopes.has(scope))
    .map((dependency) => ({
      dependency,
      exclusions: { lists: [dependency.exclusions], before: undefined },
    }));
  const direct = new Set(level.map(({ dependency }) => keyOf(dependency)));
  while (level.length > 0) {
    const next: Visit[] = [];
    for (const { dependency, exclusions } of level) {
      const key = keyOf(dependency);
      if (found.has(key) || found.size >= MAX_ARTIFACTS) continue;
      const { scope, type, optional } = dependency;
      if (isLeaf(dependency)) {
        found.set(key, dependency);
        continue;
      }
      const { coordinates, children, lacks } = follow(dependency, reader);
      for (const name of lacks) missing.add(name);
      found.set(key, { ...coordinates, scope, type, optional });
      for (const child of children) {
        const visit = transitive(child, scope, exclusions, root.managed);
        if (!visit) continue;
        next.push(visit);
        needs.push({
          from: key,
          to: keyOf(child),
          scope: root.managed.get(keyOf(child))?.scope || child.scope,
        });
      }
    }
    level = next;
  }
  widenScopes(found, needs, direct);
  return { dependencies: [...found.values()], missing: [...missing] };
}

interface Need {
  readonly from: string;
  readonly to: string;
  readonly scope: string;
}

const WIDTHS = ['provided', 'runtime', 'compile'];

/** Gives each dependency the widest scope in which it is needed, unless the artifact itself declares its scope. */
function widenScopes(
  found: Map<string, ResolvedDependency>,
  needs: readonly Need[],
  direct: ReadonlySet<string>,
): void {
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const { from, to, scope } of needs) {
      const [parent, child] = [found.get(from), found.get(to)];
      if (!parent || !child || direct.has(to)) continue;
      const wanted = parent.scope === 'compile' ? scope : parent.scope;
      if (WIDTHS.indexOf(wanted) <= WIDTHS.indexOf(child.scope)) continue;
      found.set(to, { ...child, scope: wanted });
      isChanged = true;
    }
  }
}

/** Returns the dependencies of a dependency, after following its relocation. */
function follow(
  dependency: ModelDependency,
  reader: PomReader,
): { coordinates: MavenCoordinates; children: readonly ModelDependency[]; lacks: readonly string[] } {
  const { groupId, artifactId, version, classifier } = dependency;
  let coordinates: MavenCoordinates = { groupId, artifactId, version, classifier };
  const target = reader.pom(coordinates)?.relocation;
  if (target) {
    coordinates = {
      groupId: target.groupId || groupId,
      artifactId: target.artifactId || artifactId,
      version: target.version || version,
      classifier,
    };
  }
  const model = reader.model(coordinates);
  if (!model) return { coordinates, children: [], lacks: [describeCoordinates(coordinates)] };
  return { coordinates, children: model.dependencies, lacks: model.missing };
}

function transitive(
  child: ModelDependency,
  parentScope: string,
  exclusions: Exclusions,
  managed: ReadonlyMap<string, ModelDependency>,
): Visit | undefined {
  const rule = managed.get(keyOf(child));
  const scope = rule?.scope || child.scope;
  if (child.optional || (scope !== 'compile' && scope !== 'runtime')) return undefined;
  if (isExcluded(child, exclusions)) return undefined;
  const dependency = {
    ...child,
    version: rule?.version || child.version,
    scope: parentScope === 'compile' ? scope : parentScope,
  };
  const lists = [child.exclusions, ...(rule ? [rule.exclusions] : [])].filter(({ length }) => length > 0);
  return { dependency, exclusions: lists.length === 0 ? exclusions : { lists, before: exclusions } };
}
