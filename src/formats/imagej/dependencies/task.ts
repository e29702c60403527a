import type { PomBytes } from '../artifacts/inspect.js';
import type { DeclaredJar } from './repository-jars.js';

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
