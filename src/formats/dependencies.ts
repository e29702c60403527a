import type { Artifact, InspectedArtifact, Inspection, JarToRead, LeftOutFile } from '../model/artifact.js';
import type { Change } from '../model/change.js';
import type { DependencyMode } from '../model/dependency-mode.js';
import type { MavenRepository, RepositoryJar } from '../model/maven.js';
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SiteConfig } from '../model/site-config.js';
import type { UpstreamSite } from '../model/upstream.js';

/** The site that a plan is made for, and those that its users also follow. */
export interface Surroundings<Index> {
  readonly index: Index;
  readonly upstream: readonly UpstreamSite<Index>[];
}

/** Where what is not yet known of dependencies comes from. */
export interface DependencySources {
  readonly repository: MavenRepository;
  /** What the format's own analysis tells, by file; jars that cannot be read are left out. */
  readonly analyze: (jars: readonly JarToRead[]) => Promise<ReadonlyMap<string, unknown>>;
  /** The checksums of jars, by file. */
  readonly checksums: (jars: readonly RepositoryJar[]) => Promise<ReadonlyMap<string, string>>;
}

/** What was found out; the format knows more about it. */
export interface Findings {
  /** What users may want to know, in words. */
  readonly notices: readonly string[];
}

/** The part of a format that knows of dependencies between files. */
export interface DependencyFormat<Index, I extends Inspection, C extends Change, F extends Findings> {
  /** The jars that others need, and that nobody serves. */
  companionsOf(
    request: Surroundings<Index> & {
      /** Everything that is published anyway. */
      readonly artifacts: readonly InspectedArtifact<I>[];
      /** Those of them that the user named, rather than a folder that they are in. */
      readonly named: ReadonlySet<Artifact>;
      readonly repository: MavenRepository;
    },
  ): {
    readonly artifacts: readonly Artifact[];
    /** What others need and an upstream site serves: it is not published. */
    readonly leftOut: readonly LeftOutFile[];
    readonly problems: readonly Problem[];
  };

  find(
    plan: Plan<C>,
    request: Surroundings<Index> & { readonly mode: DependencyMode },
    sources: DependencySources,
  ): Promise<F>;

  /** @returns the plan with the dependencies of its files, and what is wrong with them */
  complete(
    plan: Plan<C>,
    request: Surroundings<Index> & {
      readonly findings: F;
      readonly mode: DependencyMode;
      readonly config: SiteConfig | undefined;
      /** The Java that users run; undefined where that is not known. */
      readonly java: number | undefined;
      /** Whether a release is published. */
      readonly isRelease: boolean;
      /** Patterns that are published because nothing else was named. */
      readonly alsoNamed: readonly string[];
    },
  ): Plan<C>;
}
