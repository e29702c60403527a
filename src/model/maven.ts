/** What names an artifact in the world of Maven. */
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
  /** When it was written last, in milliseconds since 1970. */
  readonly modified: number;
}

/** A Maven repository on this machine, usually `~/.m2/repository`. Nothing is ever downloaded. */
export interface MavenRepository {
  /** For messages. */
  readonly location: string;
  /** The bytes of a POM; undefined where the repository lacks it. */
  readonly readPom: (coordinates: MavenCoordinates) => Uint8Array | undefined;
  /** The jar; undefined where the repository lacks it. */
  readonly findJar: (coordinates: MavenCoordinates) => RepositoryJar | undefined;
  /** The jars of artifacts of any group, in all their versions. */
  readonly jarsNamed: (artifactIds: ReadonlySet<string>) => readonly RepositoryJar[];
}

/** For messages: `org.example:lib:1.0`. */
export function describeCoordinates({ groupId, artifactId, version, classifier }: MavenCoordinates): string {
  return [groupId, artifactId, version, classifier].filter((part) => part !== '').join(':');
}

/** The file name that Maven gives the jar. */
export function jarNameOf({ artifactId, version, classifier }: MavenCoordinates): string {
  return `${artifactId}-${version}${classifier === '' ? '' : `-${classifier}`}.jar`;
}
