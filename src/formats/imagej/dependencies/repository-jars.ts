import { createPomReader, modelOf, type ModelDependency, type PomReader } from '../../../maven/model.js';
import { parseMavenPom, type MavenPom } from '../../../maven/pom.js';
import { resolveDependencies } from '../../../maven/resolve.js';
import { compareMavenVersions } from '../../../maven/version.js';
import {
  jarNameOf,
  type MavenCoordinates,
  type MavenRepository,
  type RepositoryJar,
} from '../../../model/maven.js';
import { baseName, compareText } from '../../../model/site-path.js';
import { XmlError } from '../../../xml/error.js';
import type { PomBytes } from '../artifacts/inspect.js';
import { unversionedPath } from '../file-name.js';
import type { Availability } from './availability.js';

/** A jar that an artifact depends on according to its POM, directly or transitively. */
export interface DeclaredJar {
  readonly coordinates: MavenCoordinates;
  /** File name without version. */
  readonly name: string;
  /** Whether the dependency is optional, or provided by the environment. */
  readonly isOptional: boolean;
  /** `undefined` if the repository lacks it. */
  readonly jar: RepositoryJar | undefined;
}

/** Finds the jars that artifacts need according to their POMs. */
export interface DeclaredJars {
  /** Returns all of them, nearest first; empty without a POM. */
  needed(pom: PomBytes | undefined): readonly DeclaredJar[];
  /** Returns only those that the POM itself declares. */
  direct(pom: PomBytes | undefined): readonly DeclaredJar[];
}

const ALL_SCOPES: ReadonlySet<string> = new Set(['compile', 'runtime', 'provided']);
/** Types that Maven packs as jars. */
const JAR_TYPES: ReadonlySet<string> = new Set(['jar', 'bundle', 'ejb', 'eclipse-plugin']);

export function createDeclaredJars(repository: MavenRepository): DeclaredJars {
  const reader = createPomReader(repository);
  const cache = new WeakMap<Uint8Array, readonly DeclaredJar[]>();
  const describe = (dependency: Omit<ModelDependency, 'exclusions'>): DeclaredJar[] => {
    const { groupId, artifactId, version, classifier, scope, type, optional } = dependency;
    if (!JAR_TYPES.has(type)) return [];
    const coordinates = { groupId, artifactId, version, classifier };
    return [
      {
        coordinates,
        name: unversionedJarName(coordinates),
        isOptional: optional || scope === 'provided',
        jar: repository.findJar(coordinates),
      },
    ];
  };
  return {
    needed(bytes) {
      const pom = readMavenPom(bytes);
      if (!pom || !(bytes instanceof Uint8Array)) return [];
      const cached = cache.get(bytes);
      if (cached) return cached;
      const jars = resolveDependencies(pom, reader, ALL_SCOPES).dependencies.flatMap(describe);
      cache.set(bytes, jars);
      return jars;
    },
    direct(bytes) {
      const pom = readMavenPom(bytes);
      return pom ? directOf(pom, reader).flatMap(describe) : [];
    },
  };
}

/** Returns the unversioned name of the jar of an artifact, whose version may be unknown. */
export function unversionedJarName(coordinates: MavenCoordinates): string {
  return unversionedPath(jarNameOf({ ...coordinates, version: '1.0' }));
}

function directOf(pom: MavenPom, reader: PomReader): readonly ModelDependency[] {
  return modelOf(pom, reader).dependencies.filter(({ scope }) => ALL_SCOPES.has(scope));
}

/** Parses a POM; `undefined` if it was not read or is invalid. An invalid POM is reported elsewhere. */
export function readMavenPom(bytes: PomBytes | undefined): MavenPom | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  try {
    return parseMavenPom(bytes);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return undefined;
  }
}

/**
 * Returns one jar of the repository for each file that users can get: the same version, or else the newest in the order
 * of Maven.
 *
 * @param except unversioned names of jars that are already known
 */
export function correspondingJars(
  repository: MavenRepository,
  available: Availability,
  except: ReadonlySet<string>,
): readonly RepositoryJar[] {
  const artifactIds = new Set(
    [...available.jarNames].filter((name) => !except.has(name)).map((name) => name.slice(0, -'.jar'.length)),
  );
  const best = new Map<string, RepositoryJar>();
  for (const jar of repository.jarsNamed(artifactIds)) {
    // Skips jars with a classifier: sources, tests, variants.
    if (baseName(jar.file.replaceAll('\\', '/')) !== `${jar.artifactId}-${jar.version}.jar`) continue;
    const name = `${jar.artifactId}.jar`;
    const wanted = baseName(available.findJar(name)?.path ?? '');
    const other = best.get(name);
    const isExact = (one: RepositoryJar) => `${one.artifactId}-${one.version}.jar` === wanted;
    if (!other || isExact(jar) || (!isExact(other) && compareMavenVersions(jar.version, other.version) > 0))
      best.set(name, jar);
  }
  return [...best.values()].sort((a, b) => compareText(a.file, b.file));
}
