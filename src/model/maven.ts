/** Coordinates of a Maven artifact. */
export interface MavenCoordinates {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  /** Empty for the main artifact. */
  readonly classifier: string;
}

/** A jar in a Maven repository on this machine. */
export interface RepositoryJar {
  readonly artifactId: string;
  readonly version: string;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Time of the last modification, in milliseconds since 1970. */
  readonly modified: number;
}

/** A Maven repository on this machine, usually `~/.m2/repository`. Nothing is ever downloaded. */
export interface MavenRepository {
  /** The folder, for messages. */
  readonly location: string;
  /** Returns the bytes of a POM; `undefined` if the repository does not contain it. */
  readonly readPom: (coordinates: MavenCoordinates) => Uint8Array | undefined;
  /** Returns the jar; `undefined` if the repository does not contain it. */
  readonly findJar: (coordinates: MavenCoordinates) => RepositoryJar | undefined;
  /** Returns the jars of artifacts of any group, in all versions. */
  readonly jarsNamed: (artifactIds: ReadonlySet<string>) => readonly RepositoryJar[];
}

/** Formats coordinates for messages: `org.example:lib:1.0`. */
export function describeCoordinates({ groupId, artifactId, version, classifier }: MavenCoordinates): string {
  return [groupId, artifactId, version, classifier].filter((part) => part !== '').join(':');
}

/** Returns the file name that Maven gives the jar. */
export function jarNameOf({ artifactId, version, classifier }: MavenCoordinates): string {
  return `${artifactId}-${version}${classifier === '' ? '' : `-${classifier}`}.jar`;
}
