import type { MissingJars } from '../../formats/dependencies.js';
import type { PlanMoment } from '../../model/plan-moment.js';
import type { Format, PlanRequest } from '../../formats/format.js';
import type { InspectedArtifact, Inspection, LeftOutFile } from '../../model/artifact.js';
import type { MavenRepository } from '../../model/maven.js';
import type { Plan } from '../../model/plan.js';
import { hasErrors, type Problem } from '../../model/problem.js';
import type { ArtifactFiles } from '../ports/files.js';
import type { Inspector } from '../ports/inspector.js';
import type { Log, Progress } from '../ports/log.js';
import type { SiteSnapshot } from '../ports/site-store.js';
import type { ReadUpstream } from '../upstream.js';
import { planUnused } from '../used-timestamps.js';
import type { Collected } from './collect.js';
import { createDependencySources } from './dependencies.js';
import { createArtifactReader } from './inspect.js';
import type { Settings } from './settings.js';
import { createTakeoverCheck } from './takeovers.js';

export interface PreparationPorts {
  readonly files: ArtifactFiles;
  readonly inspector: Inspector;
  readonly maven: MavenRepository;
  readonly log: Log;
  readonly progress: Progress;
}

/** A plan, and whether it is complete: a file that could not be found or read would look like a removal. */
export interface Prepared<P extends Plan> {
  readonly plan: P;
  readonly isComplete: boolean;
  /** All problems, including those of the plan. */
  readonly problems: readonly Problem[];
}

/** The state of the site on which a plan depends. */
export interface SiteMoment<Index> extends PlanMoment {
  readonly index: Index;
  readonly snapshot: SiteSnapshot;
  /** Stored paths of payloads that the index names but the site lacks. */
  readonly missing: ReadonlySet<string>;
}

/** Creates a function that plans a publication for the current state of a site. Artifacts are read only once. */
export function createPlanner<Index, I extends Inspection, P extends Plan, O>(
  settings: Settings,
  format: Format<Index, I, P, O>,
  options: O,
  collected: Collected,
  upstream: ReadUpstream<Index>,
  { files, inspector, maven, log, progress }: PreparationPorts,
): (site: SiteMoment<Index>) => Promise<Prepared<P>> {
  const readArtifacts = createArtifactReader(format, inspector, progress);
  const checkTakeovers = createTakeoverCheck(format.takeovers, settings.config?.config, log);
  const seen = new Set<string>();

  return async (site) => {
    const { index, snapshot } = site;
    const read = await readArtifacts(collected.artifacts, index, upstream.sites);
    const missingJars = missingJarsOf(index, read.inspected);
    const alsoRead = await readArtifacts(missingJars.artifacts, index, upstream.sites);
    const found = [
      ...(settings.config?.problems ?? []),
      ...collected.problems,
      ...upstream.problems,
      ...read.problems,
      ...missingJars.problems,
      ...alsoRead.problems,
    ];
    const leftOut = [...collected.leftOut, ...missingJars.leftOut];
    const inspected = [...read.inspected, ...alsoRead.inspected];
    const plan = await planUnused(format, snapshot, [index], site, ({ used }) =>
      planKeepingPresent({ ...site, used }, inspected, leftOut),
    );
    found.push(...(await checkTakeovers(plan, index, snapshot)));
    // Dependencies cannot be determined while files are missing.
    if (hasErrors(found)) return { plan, isComplete: false, problems: [...found, ...plan.problems] };
    const completed = await complete(plan, index);
    return {
      plan: completed.plan,
      isComplete: true,
      problems: [...found, ...completed.plan.problems, ...completed.problems],
    };
  };

  /**
   * A complete site keeps every file of the application folder, even if it was not found: untracked folders are not
   * searched, and pipes and broken links are ignored.
   */
  async function planKeepingPresent(
    site: SiteMoment<Index>,
    artifacts: readonly InspectedArtifact<I>[],
    leftOut: readonly LeftOutFile[],
  ): Promise<P> {
    const plan = format.plan(requestFor(site, artifacts, leftOut));
    const { appDir, completeSite } = settings;
    if (appDir === undefined || !completeSite) return plan;
    const removed = plan.changes.filter(({ kind }) => kind === 'remove').map(({ path }) => path);
    const present = await files.present(appDir, removed);
    if (present.length === 0) return plan;
    const ignored = present.map((path) => ({ file: `${appDir}/${path}`, destination: path }));
    return format.plan(requestFor(site, artifacts, [...leftOut, ...ignored]));
  }

  function requestFor(
    { index, now, isGiven, clock, lastSeen, used, missing }: SiteMoment<Index>,
    artifacts: readonly InspectedArtifact<I>[],
    leftOut: readonly LeftOutFile[],
  ): PlanRequest<Index, I, O> {
    const { defaultFiles, remove, siteUrl, config } = settings;
    return {
      index,
      artifacts,
      defaultFiles,
      upstream: upstream.sites,
      siteName: config?.config.name ?? siteUrl ?? 'this site',
      remove,
      completeSite: settings.completeSite ? { leftOut } : undefined,
      missing,
      siteUrl,
      now,
      isGiven,
      clock,
      lastSeen,
      used,
      options,
    };
  }

  function missingJarsOf(index: Index, inspected: readonly InspectedArtifact<I>[]): MissingJars {
    if (!format.dependencies || !settings.withDependencies)
      return { artifacts: [], leftOut: [], problems: [] };
    return format.dependencies.resolveMissingJars({
      artifacts: inspected,
      named: new Set(collected.named),
      index,
      upstream: upstream.sites,
      repository: maven,
    });
  }

  async function complete(plan: P, index: Index): Promise<{ plan: P; problems: readonly Problem[] }> {
    if (!format.dependencies) return { plan, problems: [] };
    const sources = createDependencySources(format.name, maven, inspector, progress);
    const completed = await format.dependencies.complete(
      plan,
      {
        index,
        upstream: upstream.sites,
        mode: settings.dependencies,
        config: settings.config?.config,
        java: settings.java,
        isRelease: settings.isRelease,
      },
      sources,
    );
    for (const notice of completed.notices) {
      if (!seen.has(notice)) log.info(notice);
      seen.add(notice);
    }
    return { plan: completed.plan, problems: sources.problems };
  }
}
