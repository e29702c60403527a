import type { JarToRead } from '../../../model/artifact.js';
import type { MavenRepository, RepositoryJar } from '../../../model/maven.js';
import type { PomBytes } from '../artifacts/inspect.js';
import type { JarAnalysis } from './analyze-jar.js';
import type { DeclaredJar } from './repository-jars.js';

/** Where what is not yet known comes from. */
export interface DependencySources {
  readonly repository: MavenRepository;
  /** By file; jars that cannot be read are left out. */
  analyze(jars: readonly JarToRead[]): Promise<ReadonlyMap<string, JarAnalysis>>;
  /** The checksums of jars as the updater counts them, by file. */
  checksums(jars: readonly RepositoryJar[]): Promise<ReadonlyMap<string, string>>;
}

/** A jar that a published file needs, and that users will not get from anywhere. */
export interface MissingJar {
  readonly declared: DeclaredJar;
  /** Paths of the files that need it. */
  readonly neededBy: readonly string[];
  /** A class of it that they name; undefined where only a POM tells. */
  readonly className: string | undefined;
}

/** A file that names classes: which files it needs, and for which classes none was found so far. */
export interface Open {
  /** Unversioned path. */
  readonly component: string;
  readonly path: string;
  /** Unversioned paths. */
  readonly needs: Set<string>;
  readonly open: Set<string>;
}

/** A jar whose dependencies are wanted. */
export interface Task extends Open {
  readonly pom: PomBytes | undefined;
}
