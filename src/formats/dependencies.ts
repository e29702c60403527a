import type { Artifact, InspectedArtifact, Inspection, JarToRead, LeftOutFile } from '../model/artifact.js';
import type { DependencyMode } from '../model/dependency-mode.js';
import type { MavenRepository, RepositoryJar } from '../model/maven.js';
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteConfig } from '../model/site-config.js';
import type { UpstreamSite } from '../model/upstream.js';

/** The site that a plan is made for, and those that its users also follow. */
export interface SiteContext<Index> {
  readonly index: Index;
  readonly upstream: readonly UpstreamSite<Index>[];
}

/**
 * Where what is not yet known of dependencies comes from.
 *
 * @typeParam Analysis what the analyzer of the format returns: it comes from another thread, so only the format can say
 */
export interface DependencySources<Analysis = unknown> {
  readonly repository: MavenRepository;
  /** What the analyzer of the format returns, by file; jars that cannot be read are left out. */
  readonly analyze: (jars: readonly JarToRead[]) => Promise<ReadonlyMap<string, Analysis>>;
  /** The checksums of jars by the rule of the format, by file. */
  readonly checksums: (jars: readonly RepositoryJar[]) => Promise<ReadonlyMap<string, string>>;
}

/** Which jars are to be published along with others. */
export interface MissingJarsRequest<Index, I extends Inspection> extends SiteContext<Index> {
  /** Everything that is published anyway. */
  readonly artifacts: readonly InspectedArtifact<I>[];
  /** Those of them that the user named, rather than a folder that they are in. */
  readonly named: ReadonlySet<Artifact>;
  readonly repository: MavenRepository;
}

export interface MissingJars {
  readonly artifacts: readonly Artifact[];
  /** What others need and an upstream site serves: it is not published. */
  readonly leftOut: readonly LeftOutFile[];
  readonly problems: readonly Problem[];
}

/** What a plan is completed with. */
export interface CompletionRequest<Index> extends SiteContext<Index> {
  readonly mode: DependencyMode;
  readonly config: SiteConfig | undefined;
  /** The Java that users run; undefined if that is not known. */
  readonly java: number | undefined;
  /** Whether a release is published: the workflow runs for a tag. */
  readonly isRelease: boolean;
  /** Patterns that are published because nothing else was named. */
  readonly alsoNamed: readonly string[];
}

export interface Completed<P extends Plan> {
  /** With the dependencies of its files, and what is wrong with them. */
  readonly plan: P;
  /** What users may want to know of the search, in words. */
  readonly notices: readonly string[];
}

/** The part of a format that knows of dependencies between files. */
export interface DependencyRules<Index, I extends Inspection, P extends Plan> {
  /** The jars that others need, and that nobody serves. */
  readonly resolveMissingJars: (request: MissingJarsRequest<Index, I>) => MissingJars;
  /** Finds what the files of a plan need, and adds that to it. */
  readonly complete: (
    plan: P,
    request: CompletionRequest<Index>,
    sources: DependencySources,
  ) => Promise<Completed<P>>;
}
