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

/** A jar that an artifact declares to need, itself or by way of others. */
export interface DeclaredJar {
  readonly coordinates: MavenCoordinates;
  /** The name of the file without its version. */
  readonly name: string;
  /** Whether the artifact can do without it, or something else brings it along. */
  readonly isOptional: boolean;
  /** Undefined where the repository lacks it. */
  readonly jar: RepositoryJar | undefined;
}

/** What the POMs of artifacts tell of the jars that they need. */
export interface DeclaredJars {
  /** All of them, nearest first; empty where there is no POM. */
  needed(pom: PomBytes | undefined): readonly DeclaredJar[];
  /** Only those that the POM itself declares. */
  direct(pom: PomBytes | undefined): readonly DeclaredJar[];
}

const ALL_SCOPES: ReadonlySet<string> = new Set(['compile', 'runtime', 'provided']);
/** What Maven packs as a jar. */
const JAR_TYPES: ReadonlySet<string> = new Set(['jar', 'bundle', 'ejb', 'eclipse-plugin']);

export function createDeclaredJars(repository: MavenRepository): DeclaredJars {
  const reader = createPomReader(repository);
  const known = new WeakMap<Uint8Array, readonly DeclaredJar[]>();
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
      const before = known.get(bytes);
      if (before) return before;
      const jars = resolveDependencies(pom, reader, ALL_SCOPES).dependencies.flatMap(describe);
      known.set(bytes, jars);
      return jars;
    },
    direct(bytes) {
      const pom = readMavenPom(bytes);
      return pom ? directOf(pom, reader).flatMap(describe) : [];
    },
  };
}

/** The name without version that the jar of an artifact has, whatever its version, and where that is not known too. */
export function unversionedJarName(coordinates: MavenCoordinates): string {
  return unversionedPath(jarNameOf({ ...coordinates, version: '1.0' }));
}

function directOf(pom: MavenPom, reader: PomReader): readonly ModelDependency[] {
  return modelOf(pom, reader).dependencies.filter(({ scope }) => ALL_SCOPES.has(scope));
}

/** A POM that is none tells nothing; that it is none is told elsewhere. */
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
 * The jars of a repository that correspond to files which users can get, one for each: that of the same version, else
 * the newest in the order of Maven.
 *
 * @param except names without version of jars that are known already
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
    // Not those with a classifier: sources, tests, variants.
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
