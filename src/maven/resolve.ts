/**
 * Reads POMs: puts one together from its parents, resolves its dependencies, and orders versions as Maven does. POMs come
 * through an argument, so that it touches no repository itself.
 *
 * @module
 */

import { describeCoordinates, type MavenCoordinates } from '../model/maven.js';
import { isExcluded, type Exclusions } from './exclusions.js';
import { keyOf, modelOf, type ModelDependency, type PomReader } from './model.js';
import type { MavenPom } from './pom.js';

/** Most artifacts in one tree. The whole of Fiji has some 1,000. */
const MAX_ARTIFACTS = 20_000;

/** An artifact that another one needs. */
export interface ResolvedDependency extends MavenCoordinates {
  /** `compile`, `runtime` or `provided`. */
  readonly scope: string;
  readonly type: string;
  /** Whether the artifact itself declares it and can do without it. */
  readonly optional: boolean;
}

/** The artifacts that one needs, nearest first. */
export interface Resolution {
  readonly dependencies: readonly ResolvedDependency[];
  /** POMs that were needed and are not there. */
  readonly missing: readonly string[];
}

interface Visit {
  readonly dependency: ModelDependency;
  readonly exclusions: Exclusions;
}

/**
 * Finds what an artifact needs, transitively, by the rules of Maven: of several versions the nearest counts, the first
 * of those as near; versions and scopes that the artifact manages win; exclusions are heeded; optional and provided
 * dependencies of dependencies are not followed.
 *
 * @param scopes the scopes of direct dependencies that are followed
 * @param isLeft dependencies that are told, but whose own needs are not followed
 */
export function resolveDependencies(
  pom: MavenPom,
  reader: PomReader,
  scopes: ReadonlySet<string>,
  isLeft: (dependency: ResolvedDependency) => boolean = () => false,
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
      if (isLeft(dependency)) {
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

/** What several need has the widest of the scopes in which they need it, unless the artifact itself says its scope. */
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

/** What a dependency itself needs; where it has moved, what its new place says. */
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
