/**
 * Finds dependencies in class files: among the files of the run, on the site and the upstream sites, and in the local
 * Maven repository.
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
  /** Maps the unversioned path of a published jar to the sorted unversioned paths of the files that it needs. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly missing: readonly MissingJar[];
  /** Maps the unversioned path of a published jar to the referenced classes that were not found in any jar. */
  readonly open: ReadonlyMap<string, ReadonlySet<string>>;
  /** Analyses of the artifacts by unversioned path. Only those of published jars include references. */
  readonly analyses: ReadonlyMap<string, JarAnalysis>;
  /** Notices for the user, in full sentences. */
  readonly notices: readonly string[];
}

/**
 * Finds the dependencies of the jars of a publication (spec, section 7; differences 9.1 and 9.7).
 *
 * A class comes from the first source that has it: the artifacts of the run, and then the jars of the Maven repository
 * that the POM leads to, or that correspond to files which users can get. If no source has it, jars that the POM
 * declares and the repository lacks are matched by their names.
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

/** Adds a dependency on each artifact of the run that contains a referenced class. */
function linkArtifacts(
  tasks: readonly Task[],
  components: readonly string[],
  analyses: ReadonlyMap<string, JarAnalysis>,
): void {
  const providers = providersOf(components, (component) => analyses.get(component)?.classes ?? []);
  for (const task of tasks) {
    for (const name of task.open) {
      const found = providers.get(name);
      if (!found) continue;
      task.open.delete(name);
      for (const component of found)
        if (dependsOn(task.component, component, name)) task.needs.add(component);
    }
  }
}
