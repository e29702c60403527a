import type { PomBytes } from '../artifacts/inspect.js';
import type { DeclaredJar } from './repository-jars.js';

/** A jar that a published file needs, and that no site serves. */
export interface MissingJar {
  readonly declared: DeclaredJar;
  /** Paths of the files that need it. */
  readonly neededBy: readonly string[];
  /** A class of the jar that they reference; `undefined` if only a POM declares the jar. */
  readonly className: string | undefined;
}

/** A file with the files that it needs, and the referenced classes that are still open: not found in any jar. */
export interface UnresolvedFile {
  /** Unversioned path. */
  readonly component: string;
  readonly path: string;
  /** Unversioned paths. */
  readonly needs: Set<string>;
  readonly open: Set<string>;
}

/** A jar whose dependencies are searched. */
export interface Task extends UnresolvedFile {
  readonly pom: PomBytes | undefined;
}
