import type { AnyFormat, PlanRequest } from '../../formats/format.js';
import type { InspectedArtifact, Inspection, LeftOutFile } from '../../model/artifact.js';
import type { MavenRepository } from '../../model/maven.js';
import type { Plan } from '../../model/plan.js';
import { hasErrors, type Problem } from '../../model/problem.js';
import type { ArtifactFiles } from '../ports/files.js';
import type { Inspector } from '../ports/inspector.js';
import type { Log, Progress } from '../ports/log.js';
import type { SiteSnapshot } from '../ports/site-store.js';
import type { ReadUpstream } from '../upstream.js';
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

/** A plan, and whether it can be trusted: what could not be found or read would look like a removal. */
export interface Prepared {
  readonly plan: Plan;
  readonly isComplete: boolean;
  /** All that is wrong, the plan's own problems among it. */
  readonly problems: readonly Problem[];
}

/** What a plan depends on besides the files and the index: the moment, and the state of the site. */
export type PlanMoment = Pick<
  PlanRequest<unknown, Inspection>,
  'now' | 'isGiven' | 'clock' | 'lastSeen' | 'missing'
>;

/** Makes plans for a site whose index may change between two of them: artifacts are read once. */
export function createPlanner(
  settings: Settings,
  format: AnyFormat,
  collected: Collected,
  upstream: ReadUpstream,
  { files, inspector, maven, log, progress }: PreparationPorts,
): (index: unknown, site: SiteSnapshot, moment: PlanMoment) => Promise<Prepared> {
  const readArtifacts = createArtifactReader(format, inspector, progress);
  const checkTakeovers = createTakeoverCheck(format, settings.config?.config, log);
  const told = new Set<string>();

  return async (index, site, moment) => {
    const read = await readArtifacts(collected.artifacts, index, upstream.sites);
    const companions = companionsOf(index, read.inspected);
    const alsoRead = await readArtifacts(companions.artifacts, index, upstream.sites);
    const found = [
      ...(settings.config?.problems ?? []),
      ...collected.problems,
      ...upstream.problems,
      ...read.problems,
      ...companions.problems,
      ...alsoRead.problems,
    ];
    const leftOut = [...collected.leftOut, ...companions.leftOut];
    const plan = await planKeepingPresent(index, [...read.inspected, ...alsoRead.inspected], leftOut, moment);
    found.push(...(await checkTakeovers(plan, index, site)));
    // What depends on what cannot be told while something is missing.
    if (hasErrors(found)) return { plan, isComplete: false, problems: [...found, ...plan.problems] };
    const completed = await complete(plan, index);
    return {
      plan: completed.plan,
      isComplete: true,
      problems: [...found, ...completed.plan.problems, ...completed.problems],
    };
  };

  /**
   * A complete site keeps every file that the application folder has. Not all of it was found: folders that cannot hold
   * candidates are not looked into, and pipes or broken links are passed over.
   */
  async function planKeepingPresent(
    index: unknown,
    artifacts: readonly InspectedArtifact[],
    leftOut: readonly LeftOutFile[],
    moment: PlanMoment,
  ): Promise<Plan> {
    const plan = planWith(index, artifacts, leftOut, moment);
    const { appDir, completeSite } = settings;
    if (appDir === undefined || !completeSite) return plan;
    const going = plan.changes.filter(({ kind }) => kind === 'remove').map(({ path }) => path);
    const present = await files.present(appDir, going);
    if (present.length === 0) return plan;
    const passedOver = present.map((path) => ({ file: `${appDir}/${path}`, destination: path }));
    return planWith(index, artifacts, [...leftOut, ...passedOver], moment);
  }

  function planWith(
    index: unknown,
    artifacts: readonly InspectedArtifact[],
    leftOut: readonly LeftOutFile[],
    moment: PlanMoment,
  ): Plan {
    const { onShadow, completeSite, remove, allowMassRemoval, siteUrl, archiveUrl, keep, newestBranch } =
      settings;
    const siteName = settings.config?.config.name ?? settings.siteUrl ?? 'this site';
    const sites = upstream.sites;
    return format.plan({
      index,
      artifacts,
      upstream: sites,
      onShadow,
      siteName,
      completeSite,
      remove,
      leftOut,
      allowMassRemoval,
      ...moment,
      siteUrl,
      archiveUrl,
      keep,
      newestBranch,
    }) as Plan;
  }

  function companionsOf(index: unknown, inspected: readonly InspectedArtifact[]) {
    if (!format.dependencies || !settings.withDependencies)
      return { artifacts: [], leftOut: [], problems: [] };
    return format.dependencies.companionsOf({
      artifacts: inspected,
      named: new Set(collected.named),
      index,
      upstream: upstream.sites,
      repository: maven,
    });
  }

  async function complete(plan: Plan, index: unknown): Promise<{ plan: Plan; problems: readonly Problem[] }> {
    if (!format.dependencies) return { plan, problems: [] };
    const { dependencies: mode } = settings;
    const sources = createDependencySources(format, maven, inspector, progress);
    const findings = await format.dependencies.find(plan, { index, upstream: upstream.sites, mode }, sources);
    for (const notice of findings.notices) {
      if (!told.has(notice)) log.info(notice);
      told.add(notice);
    }
    const alsoNamed = settings.defaultFiles ? settings.files.map(({ pattern }) => pattern) : [];
    const completed = format.dependencies.complete(plan, {
      index,
      upstream: upstream.sites,
      findings,
      mode,
      config: settings.config?.config,
      java: settings.java,
      isRelease: settings.isRelease,
      alsoNamed,
    }) as Plan;
    return { plan: completed, problems: sources.problems };
  }
}
