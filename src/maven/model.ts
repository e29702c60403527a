import { describeCoordinates, type MavenCoordinates, type MavenRepository } from '../model/maven.js';
import { XmlError } from '../xml/error.js';
import { parseMavenPom, type DeclaredDependency, type MavenPom } from './pom.js';
import {
  createGrowth,
  interpolation,
  MAX_MODEL_GROWTH,
  MAX_RUN_GROWTH,
  type Fill,
  type Growth,
} from './properties.js';

/** Maximum number of parents of a POM. */
const MAX_PARENTS = 32;

/** A dependency, completed from its POM, the parents and the managed versions. */
export interface ModelDependency extends MavenCoordinates {
  /** `compile`, `runtime`, `provided`, `test`, `system` or `import`. */
  readonly scope: string;
  readonly type: string;
  readonly optional: boolean;
  readonly exclusions: DeclaredDependency['exclusions'];
}

/** A POM merged with its parents and imports. */
export interface MavenModel {
  readonly dependencies: readonly ModelDependency[];
  /** By {@link keyOf}. */
  readonly managed: ReadonlyMap<string, ModelDependency>;
  /** Required POMs that the repository lacks, such as `org.example:parent:1`. */
  readonly missing: readonly string[];
}

/** Reads the POMs of a repository, each of them once. */
export interface PomReader {
  /** Limits how many characters properties may still add to the values of all models. */
  readonly growth: Growth;
  /** Returns a POM; `undefined` if the repository lacks it, or if it is invalid. */
  pom(coordinates: MavenCoordinates): MavenPom | undefined;
  /** Returns a POM with its parents and imports. */
  model(coordinates: MavenCoordinates): MavenModel | undefined;
}

/** Returns the key of a dependency. A tree contains only one dependency for each key. */
export function keyOf({
  groupId,
  artifactId,
  type,
  classifier,
}: Pick<DeclaredDependency, 'groupId' | 'artifactId' | 'type' | 'classifier'>): string {
  return `${groupId}:${artifactId}:${type}:${classifier}`;
}

export function createPomReader(repository: MavenRepository): PomReader {
  const poms = new Map<string, MavenPom | undefined>();
  // A model is `undefined` while it is being made, so that one that needs itself does not get it.
  const models = new Map<string, MavenModel | undefined>();
  const reader: PomReader = {
    growth: createGrowth(MAX_RUN_GROWTH),
    pom(coordinates) {
      const key = describeCoordinates({ ...coordinates, classifier: '' });
      if (!poms.has(key)) poms.set(key, readPom(repository.readPom(coordinates)));
      return poms.get(key);
    },
    model(coordinates) {
      const key = describeCoordinates({ ...coordinates, classifier: '' });
      if (!models.has(key)) {
        models.set(key, undefined);
        const pom = reader.pom(coordinates);
        models.set(key, pom && modelOf(pom, reader));
      }
      return models.get(key);
    },
  };
  return reader;
}

function readPom(bytes: Uint8Array | undefined): MavenPom | undefined {
  if (bytes === undefined) return undefined;
  try {
    return parseMavenPom(bytes);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return undefined;
  }
}

/**
 * Merges a POM with its parents and the lists of versions that it imports, like a small version of Maven's model
 * builder.
 */
export function modelOf(pom: MavenPom, reader: PomReader): MavenModel {
  const missing = new Set<string>();
  const chain = withParents(pom, reader, missing);
  const fill = interpolation(chain, createGrowth(MAX_MODEL_GROWTH, reader.growth));
  const declared = (of: (pom: MavenPom) => readonly DeclaredDependency[]) =>
    oneOfEach(chain.map((one) => of(one).map((dependency) => filled(dependency, fill))));

  const managed = new Map<string, ModelDependency>();
  const add = (dependency: ModelDependency) => {
    const key = keyOf(dependency);
    if (!managed.has(key)) managed.set(key, dependency);
  };
  const lists = declared((one) => one.managed);
  for (const dependency of lists) if (dependency.scope !== 'import') add(dependency);
  for (const list of lists.filter(({ scope, type }) => scope === 'import' && type === 'pom')) {
    const imported = reader.model(list);
    if (!imported) missing.add(describeCoordinates(list));
    for (const dependency of imported?.managed.values() ?? []) add(dependency);
    for (const name of imported?.missing ?? []) missing.add(name);
  }
  const dependencies = declared((one) => one.dependencies).map((dependency) =>
    managedBy(managed, dependency),
  );
  return {
    dependencies: dependencies.map((dependency) => ({ ...dependency, scope: dependency.scope || 'compile' })),
    managed,
    missing: [...missing],
  };
}

/** Completes a dependency from the managed one. */
function managedBy(
  managed: ReadonlyMap<string, ModelDependency>,
  dependency: ModelDependency,
): ModelDependency {
  const rule = managed.get(keyOf(dependency));
  if (!rule) return dependency;
  return {
    ...dependency,
    version: dependency.version || rule.version,
    scope: dependency.scope || rule.scope,
    exclusions: [...dependency.exclusions, ...rule.exclusions],
  };
}

/** Returns the POM itself, then its parent, and so on. */
function withParents(pom: MavenPom, reader: PomReader, missing: Set<string>): MavenPom[] {
  const chain = [pom];
  const seen = new Set<string>();
  for (let { parent } = pom; parent && chain.length <= MAX_PARENTS;) {
    const name = describeCoordinates(parent);
    const next = seen.has(name) ? undefined : reader.pom(parent);
    seen.add(name);
    if (!next) {
      missing.add(name);
      break;
    }
    chain.push(next);
    parent = next.parent;
  }
  return chain;
}

/** Keeps one dependency for each key. A POM wins over its parent, and the last one in a POM over the others. */
function oneOfEach(declarations: readonly (readonly ModelDependency[])[]): ModelDependency[] {
  const all = new Map<string, ModelDependency>();
  for (const dependencies of declarations) {
    const own = new Map(
      dependencies.map((dependency) => [
        `${keyOf(dependency)}:${dependency.scope === 'import' ? dependency.version : ''}`,
        dependency,
      ]),
    );
    for (const [key, dependency] of own) if (!all.has(key)) all.set(key, dependency);
  }
  return [...all.values()];
}

function filled(dependency: DeclaredDependency, fill: Fill): ModelDependency {
  const { exclusions } = dependency;
  return {
    groupId: fill(dependency.groupId),
    artifactId: fill(dependency.artifactId),
    version: exactVersion(fill(dependency.version)),
    classifier: fill(dependency.classifier),
    scope: fill(dependency.scope),
    type: fill(dependency.type),
    optional: fill(dependency.optional) === 'true',
    exclusions: exclusions.map(({ groupId, artifactId }) => ({
      groupId: fill(groupId),
      artifactId: fill(artifactId),
    })),
  };
}

/**
 * Returns the version in `[1.2]`, which is fixed. Other ranges stay as they are, and repositories do not contain them.
 */
function exactVersion(version: string): string {
  return /^\[([^,[\]()]+)\]$/.exec(version)?.[1]?.trim() ?? version;
}
