import type { DependencyMode } from '../model/dependency-mode.js';
import type { Problem } from '../model/problem.js';
import type { Dependency, PluginRecord, SiteIndex } from '../model/site-index.js';
import type { Timestamp } from '../model/timestamp.js';
import { availabilityAfter } from './availability.js';
import type { DependencyFindings } from './dependencies.js';
import { unversionedPath } from './file-name.js';
import { missingDependency } from './missing-dependency.js';
import type { ImageJChange, ImageJPlan } from './plan.js';
import { recordsByComponent } from './record-map.js';
import type { Upstream } from './upstream.js';

/** What the plan is completed with. */
export interface CompletionRequest {
  readonly index: SiteIndex;
  readonly upstream: Upstream;
  readonly findings: DependencyFindings;
  readonly mode: DependencyMode;
  /** Patterns that are published because nothing else was named. */
  readonly alsoNamed: readonly string[];
}

/** Adds to a plan what its files need (spec, sections 7 and 9.4), and what is wrong with that. */
export function completePlan(plan: ImageJPlan, request: CompletionRequest): ImageJPlan {
  const { index, upstream, findings, mode, alsoNamed } = request;
  const available = availabilityAfter(index, plan.changes, upstream);
  const problems: Problem[] = findings.missing.map((missing) => missingDependency(missing, alsoNamed));
  const changes = plan.changes.map((change): ImageJChange => {
    if (change.checksum === undefined || mode === 'none') return change;
    const recorded = startOf(change, index)?.current?.dependencies ?? [];
    const dependencies: Dependency[] = [];
    for (const dependency of recorded) {
      const stamp = stampOf(dependency.filename);
      // What a file overrides it does not need.
      if (stamp === undefined && !dependency.overrides)
        problems.push(dropped(change.path, dependency.filename));
      else dependencies.push({ ...dependency, timestamp: stamp ?? dependency.timestamp });
    }
    const known = new Set(dependencies.map(({ filename }) => unversionedPath(filename)));
    for (const filename of findings.needs.get(change.component) ?? []) {
      const timestamp = stampOf(filename);
      if (known.has(filename) || timestamp === undefined) continue;
      dependencies.push({ filename, timestamp, overrides: false, attributes: [], unknown: [] });
    }
    return { ...change, dependencies };
  });
  return { ...plan, changes, problems: [...plan.problems, ...problems] };

  /** The timestamp of the version that users get; undefined where they get none (spec, section 9.4). */
  function stampOf(filename: string): Timestamp | undefined {
    const file = available.find(unversionedPath(filename));
    return file && (file.timestamp ?? plan.timestamp);
  }
}

/** The record that a change starts from: the site's own, else that of the upstream site which users get. */
function startOf({ component, inherits }: ImageJChange, index: SiteIndex): PluginRecord | undefined {
  return recordsByComponent(index).get(component) ?? inherits.find(({ current }) => current !== undefined);
}

function dropped(path: string, filename: string): Problem {
  return {
    severity: 'warning',
    code: 'dropped-dependency',
    path,
    message: `${path} was recorded to depend on ${filename}, which neither this site nor an upstream site serves any more; the dependency was dropped.`,
    hint: 'Test that the plugin works without it. If it is on another site, name that with "upstream" (--upstream).',
  };
}
