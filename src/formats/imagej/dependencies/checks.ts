import { listNames } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import { DEFAULT_CONFIG } from '../../../model/site-config.js';
import { unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import type { ImageJChange } from '../change.js';
import { servedUpstream, upstreamFiles, type Upstream } from '../upstream.js';

/** Maximum number of files that a message names. */
const MAX_NAMES = 5;

/**
 * Checks the dependencies of the site after the publication.
 *
 * @param after the index after the publication
 * @param configFile name of the configuration, for messages
 */
export function checkDependencies(
  after: SiteIndex,
  changes: readonly ImageJChange[],
  upstream: Upstream,
  configFile = DEFAULT_CONFIG,
): readonly Problem[] {
  return [...unavailable(after, changes, upstream, configFile), ...circular(after, changes)];
}

/** Finds dependencies that users cannot get. */
function unavailable(
  after: SiteIndex,
  changes: readonly ImageJChange[],
  upstream: Upstream,
  configFile: string,
): Problem[] {
  const records = recordsByComponent(after);
  const removed = new Set(changes.filter(({ kind }) => kind === 'remove').map(({ component }) => component));
  const dependents = new Map<string, string[]>();
  for (const { filename, current } of after.records) {
    for (const dependency of current?.dependencies ?? []) {
      const name = unversionedPath(dependency.filename);
      const isThere =
        records.get(name)?.current !== undefined || servedUpstream(name, upstream) !== undefined;
      // A file that is unknown here may come from another site.
      const isKnown = records.has(name) || upstreamFiles(name, upstream).length > 0;
      if (isThere || !isKnown || dependency.overrides) continue;
      const list = dependents.get(name);
      if (list) list.push(filename);
      else dependents.set(name, [filename]);
    }
  }
  return [...dependents].map(([name, files]) =>
    removed.has(name)
      ? removedDependency(records.get(name)?.filename ?? name, files, configFile)
      : obsolete(name, files, configFile),
  );
}

function removedDependency(path: string, files: readonly string[], configFile: string): Problem {
  return {
    severity: 'error',
    code: 'removed-dependency',
    path,
    message: `${path} is about to be removed, but ${listNames(files, MAX_NAMES)} ${files.length === 1 ? 'depends' : 'depend'} on it.`,
    hint: `Keep it, or also remove the files that depend on it. If it is not needed any more, delete the dependency with "dependencies: remove" in ${configFile}.`,
  };
}

function obsolete(name: string, files: readonly string[], configFile: string): Problem {
  return {
    severity: 'warning',
    code: 'obsolete-dependency',
    path: files[0] ?? name,
    message: `${listNames(files, MAX_NAMES)} ${files.length === 1 ? 'depends' : 'depend'} on ${name}, which is obsolete: users do not get it.`,
    hint: `Publish it again, or delete the dependency with "dependencies: remove" in ${configFile}.`,
  };
}

/** Finds circular dependencies that include a file of this publication, each of them once. */
function circular(after: SiteIndex, changes: readonly ImageJChange[]): Problem[] {
  const needs = new Map(after.records.map((record) => [unversionedPath(record.filename), needsOf(record)]));
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { component, kind, path } of changes) {
    const circle = kind === 'remove' ? undefined : shortestCircle(component, needs);
    const key = circle && [...circle].sort().join('\n');
    if (!circle || key === undefined || seen.has(key)) continue;
    seen.add(key);
    problems.push({
      severity: 'warning',
      code: 'circular-dependency',
      path,
      message: `Files depend on each other in a circle: ${[...circle, component].join(' → ')}.`,
      hint: 'Updaters can install these files only together. To separate them, move the shared code to another file.',
    });
  }
  return problems;
}

function needsOf({ current }: PluginRecord): readonly string[] {
  return (current?.dependencies ?? [])
    .filter(({ overrides }) => !overrides)
    .map(({ filename }) => unversionedPath(filename));
}

/** Returns the shortest chain of dependencies from a file back to itself; `undefined` if there is none. */
function shortestCircle(
  start: string,
  needs: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const at of queue) {
    for (const next of needs.get(at) ?? []) {
      if (next === start) {
        const circle = [at];
        for (let step = at; step !== start; circle.unshift(step)) step = cameFrom.get(step) ?? start;
        return circle;
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return undefined;
}
