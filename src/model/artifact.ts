import type { SitePath } from './site-path.js';

/** A file of a build, on the way to the site. */
export interface Artifact {
  /** Where the file is on this machine. */
  readonly file: string;
  /** Where it goes on the site; undefined where that is to be found from the file itself. */
  readonly destination: SitePath | undefined;
  /** Why it is published, where it was not the user who named it. */
  readonly reason?: string;
  /** Size in bytes. */
  readonly size: number;
  /** When it was written last, in milliseconds since 1970. */
  readonly modified: number;
  /** Whether the file carries the execute bit. */
  readonly executable: boolean;
}

/** A file that a run found and does not publish, such as a by-product of the build. */
export interface LeftOutFile {
  /** Where it is on this machine. */
  readonly file: string;
  /** Where it would go on the site; undefined if nothing says so. */
  readonly destination: string | undefined;
}

/** What reading an artifact's bytes told; formats add to it. */
export interface Inspection {
  /** SHA-1 as the updater counts it, lower-case hex (spec, section 2). */
  readonly checksum: string;
  /** Size in bytes. */
  readonly size: number;
}

/** An artifact whose bytes were read. */
export interface InspectedArtifact<I extends Inspection = Inspection> {
  readonly artifact: Artifact;
  readonly inspection: I;
}

/** A jar whose classes are to be looked at. */
export interface JarToRead {
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Whether its classes are read too, and not only listed. */
  readonly withReferences: boolean;
}
