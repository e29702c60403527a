import type { Artifact, InspectedArtifact, Inspection, JarToRead, LeftOutFile } from '../model/artifact.js';
import type { DependencyMode } from '../model/dependency-mode.js';
import type { MavenRepository, RepositoryJar } from '../model/maven.js';
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteConfig } from '../model/site-config.js';
import type { UpstreamSite } from '../model/upstream.js';

/** The site that a plan is for, and the sites that its users also follow. */
export interface SiteContext<Index> {
  readonly index: Index;
  readonly upstream: readonly UpstreamSite<Index>[];
}

/**
 * The sources of information about dependencies.
 *
 * @typeParam Analysis result of the format's analyzer. It comes from another thread, so only the format knows its type.
 */
export interface DependencySources<Analysis = unknown> {
  readonly repository: MavenRepository;
  /** Returns the results of the format's analyzer, by file. Omits unreadable jars. */
  readonly analyze: (jars: readonly JarToRead[]) => Promise<ReadonlyMap<string, Analysis>>;
  /** Returns the checksums of jars by the rule of the format, by file. */
  readonly checksums: (jars: readonly RepositoryJar[]) => Promise<ReadonlyMap<string, string>>;
}

/** A request for the missing dependencies of published jars. */
export interface MissingJarsRequest<Index, I extends Inspection> extends SiteContext<Index> {
  /** All artifacts that are published anyway. */
  readonly artifacts: readonly InspectedArtifact<I>[];
  /** The artifacts that the user named, as opposed to those found in a named folder. */
  readonly named: ReadonlySet<Artifact>;
  readonly repository: MavenRepository;
}

export interface MissingJars {
  readonly artifacts: readonly Artifact[];
  /** Dependencies that are skipped because an upstream site serves them. */
  readonly leftOut: readonly LeftOutFile[];
  readonly problems: readonly Problem[];
}

/** What is needed to add dependencies to a plan. */
export interface CompletionRequest<Index> extends SiteContext<Index> {
  readonly mode: DependencyMode;
  readonly config: SiteConfig | undefined;
  /** The Java version that users run; `undefined` if unknown. */
  readonly java: number | undefined;
  /** Whether the run publishes a release: the workflow runs for a tag. */
  readonly isRelease: boolean;
}

export interface Completed<P extends Plan> {
  /** The plan with the dependencies of its files, and their problems. */
  readonly plan: P;
  /** Notices about the search, for users. */
  readonly notices: readonly string[];
}

/** The part of a format that handles dependencies between files. */
export interface DependencyRules<Index, I extends Inspection, P extends Plan> {
  /** Returns the required jars that no site provides. */
  readonly resolveMissingJars: (request: MissingJarsRequest<Index, I>) => MissingJars;
  /** Detects the dependencies of a plan's files, and adds them to the plan. */
  readonly complete: (
    plan: P,
    request: CompletionRequest<Index>,
    sources: DependencySources,
  ) => Promise<Completed<P>>;
}
