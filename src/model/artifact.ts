import type { SitePath } from './site-path.js';

/** A file of a build that a run may publish. */
export interface Artifact {
  /** Path on this machine. */
  readonly file: string;
  /** Path on the site; `undefined` if the format derives it from the file. */
  readonly destination: SitePath | undefined;
  /** Why it is published, if the user did not name it. */
  readonly reason?: string;
  /** Size in bytes. */
  readonly size: number;
  /** Time of the last modification, in milliseconds since 1970. */
  readonly modified: number;
  /** Whether the execute bit is set. */
  readonly executable: boolean;
}

/** A file that a run finds but does not publish, such as a by-product of the build. */
export interface LeftOutFile {
  /** Path on this machine. */
  readonly file: string;
  /** Path that it would have on the site; `undefined` if that is unknown. */
  readonly destination: string | undefined;
}

/** The result of inspecting an artifact. Formats extend it. */
export interface Inspection {
  /** SHA-1 as the updater computes it, in lower-case hex (spec, section 2). */
  readonly checksum: string;
  /** Size in bytes. */
  readonly size: number;
}

/** An artifact with the result of its inspection. */
export interface InspectedArtifact<I extends Inspection = Inspection> {
  readonly artifact: Artifact;
  readonly inspection: I;
}

/** What reading a payload has shown. Formats extend it. Plain data: it comes from another thread. */
export interface PayloadFacts {
  readonly checksum: string;
  /** Whether the checksum is one of those in the index, or one that older clients would compute for it. */
  readonly isMatch: boolean;
}

/** A jar whose classes are to be listed. */
export interface JarToRead {
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Whether the classes are also read for references. */
  readonly withReferences: boolean;
}
