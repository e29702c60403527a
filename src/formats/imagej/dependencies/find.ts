/**
 * Which files need which others, found from the class files: among the files of the run, on the site and the upstream
 * sites, and in the local Maven repository.
 *
 * @module
 */

import type { DependencyMode } from '../../../model/dependency-mode.js';
import { baseName, compareText } from '../../../model/site-path.js';
import type { DependencySources, SiteContext } from '../../dependencies.js';
import { unversionedPath } from '../file-name.js';
import type { SiteIndex } from '../index/site-index.js';
import type { ImageJPlan } from '../change.js';
import type { JarAnalysis } from './analyze-jar.js';
import { availabilityAfter } from './availability.js';
import { dependsOn, isProvider } from './rules.js';
import { createDependencySearch, providersOf } from './search.js';
import type { MissingJar, Task } from './task.js';

export interface DependencyFindings {
  /** By the unversioned path of a published jar: the unversioned paths of the files it needs, sorted. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly missing: readonly MissingJar[];
  /** By the unversioned path of a published jar: the classes it names that no jar looked into holds. */
  readonly open: ReadonlyMap<string, ReadonlySet<string>>;
  /** By unversioned path: what the artifacts hold. Those that are published were read, the others listed. */
  readonly analyses: ReadonlyMap<string, JarAnalysis>;
  /** What users may want to know, in words. */
  readonly notices: readonly string[];
}

/**
 * Finds what the jars of a publication need (spec, section 7; differences 9.1 and 9.7).
 *
 * A class comes from the first of these that have it: the artifacts at hand; the jars of the Maven repository that the
 * jar's POM leads to, or that correspond to files which users can get. Where a class is in none of them, the jars that
 * the POM declares and the repository lacks count by their names.
 */
export async function findDependencies(
  plan: ImageJPlan,
  { index, upstream, mode }: SiteContext<SiteIndex> & { readonly mode: DependencyMode },
  sources: DependencySources<JarAnalysis>,
): Promise<DependencyFindings> {
  const published = new Set(
    plan.changes.filter(({ checksum }) => checksum !== undefined).map(({ component }) => component),
  );
  const jars = plan.artifacts
    .map((placed) => ({ ...placed, component: unversionedPath(placed.path) }))
    .filter(({ component, path }) => path.endsWith('.jar') && (isProvider(path) || published.has(component)));
  const toPublish = jars.filter(({ component }) => published.has(component));
  if (toPublish.length === 0)
    return { needs: new Map(), missing: [], open: new Map(), analyses: new Map(), notices: [] };

  const read = await sources.analyze(
    jars.map(({ artifact: { file, size }, component }) => ({
      file,
      size,
      withReferences: published.has(component),
    })),
  );
  const analyses = new Map<string, JarAnalysis>();
  for (const { component, artifact } of jars) {
    const analysis = read.get(artifact.file);
    if (analysis) analyses.set(component, analysis);
  }
  const tasks = toPublish.map(({ component, path, inspection }): Task => {
    const { references = [], missingCommands = [] } = analyses.get(component) ?? {};
    const open = new Set([...references, ...missingCommands]);
    return { component, path, pom: inspection.ownPom, needs: new Set(), open };
  });
  const available = availabilityAfter(index, plan.changes, upstream);
  const search = createDependencySearch(available, sources);
  const providers = jars.filter(({ path }) => isProvider(path)).map(({ component }) => component);
  linkArtifacts(tasks, providers, analyses);
  if (mode === 'auto') {
    await search.byCode(tasks, providers.map(baseName));
  } else if (mode === 'pom') {
    for (const task of tasks) {
      task.needs.clear();
      search.byPom(task);
    }
  }
  return {
    needs:
      mode === 'none'
        ? new Map()
        : new Map(tasks.map(({ component, needs }) => [component, [...needs].sort(compareText)])),
    missing: search.missing(),
    open: new Map(tasks.map(({ component, open }) => [component, open])),
    analyses,
    notices: await search.notices(),
  };
}

/** Every artifact at hand that holds a class is needed by those that name it. */
function linkArtifacts(
  tasks: readonly Task[],
  components: readonly string[],
  analyses: ReadonlyMap<string, JarAnalysis>,
): void {
  const holders = providersOf(components, (component) => analyses.get(component)?.classes ?? []);
  for (const task of tasks) {
    for (const name of task.open) {
      const found = holders.get(name);
      if (!found) continue;
      task.open.delete(name);
      for (const component of found)
        if (dependsOn(task.component, component, name)) task.needs.add(component);
    }
  }
}
