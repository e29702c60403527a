import { firstProblems } from '../../../model/first-problems.js';
import { nearMatches, suggestion } from '../../../model/near-matches.js';
import type { Problem } from '../../../model/problem.js';
import type { Timestamp } from '../../../model/timestamp.js';
import { checkFiles } from '../checks/files.js';
import { availabilityAfter } from '../dependencies/availability.js';
import { checkDependencies } from '../dependencies/checks.js';
import type { Completed, CompletionRequest, DependencySources } from '../../dependencies.js';
import type { JarAnalysis } from '../dependencies/analyze-jar.js';
import { findDependencies, type DependencyFindings } from '../dependencies/find.js';
import { isExcluded, listDependencies } from '../dependencies/list.js';
import { missingDependency } from '../dependencies/missing.js';
import { unversionedPath } from '../file-name.js';
import { editRecord } from '../index/edit-record.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { renderRecord } from '../index/write.js';
import { placementOf } from '../layout.js';
import type { Upstream } from '../upstream.js';
import { applyPlan } from './apply.js';
import { NO_METADATA, type ImageJChange, type ImageJPlan } from '../change.js';
import { createFileConfigs, type FileConfigs, type FileOverrides } from '../file-config.js';
import { checkNeededPayloads } from './missing-payloads.js';
import { inOrder } from './plan.js';

/** Inputs for completing a plan, with the dependencies that were found. */
export interface CompletionInput extends CompletionRequest<SiteIndex> {
  readonly findings: DependencyFindings;
}

/** Finds the dependencies of the files of a plan, and adds them and the configured metadata. */
export async function completeWithDependencies(
  plan: ImageJPlan,
  request: CompletionRequest<SiteIndex>,
  sources: DependencySources,
): Promise<Completed<ImageJPlan>> {
  // The analyzer is that of this format (readers.ts).
  const findings = await findDependencies(plan, request, sources as DependencySources<JarAnalysis>);
  return { plan: completePlan(plan, { ...request, findings }), notices: findings.notices };
}

/**
 * Adds to a plan the dependencies of its files (spec, sections 7 and 9.4), the configured metadata, and the problems
 * found with them.
 */
export function completePlan(plan: ImageJPlan, request: CompletionInput): ImageJPlan {
  const { index, upstream, findings, mode, config } = request;
  const configs = createFileConfigs(config);
  const configFile = config?.file ?? '';
  const available = availabilityAfter(index, plan.changes, upstream);
  let components: ReadonlySet<string> | undefined;
  const known = () => (components ??= knownComponents(index, upstream, plan));
  const problems: Problem[] = [
    ...missingProblems(request, configs),
    ...unmatchedProblems(plan, request, configs),
  ];

  const changes = plan.changes.map((change): ImageJChange => {
    if (change.checksum === undefined) return change;
    const overrides = configs.overridesFor(change.path);
    const recorded = startOf(change, index)?.current?.dependencies ?? [];
    const found = findings.needs.get(change.component) ?? [];
    const listed = list(change.path, recorded, mode !== 'none', found, overrides);
    return { ...change, edits: { ...overrides, dependencies: listed } };
  });
  const changed = new Set(changes.map(({ component }) => component));
  for (const record of index.records) {
    const component = unversionedPath(record.filename);
    const overrides = configs.overridesFor(record.filename);
    if (!record.current || !overrides || changed.has(component)) continue;
    const edits = {
      ...overrides,
      dependencies: list(record.filename, record.current.dependencies, false, [], overrides),
    };
    if (renderRecord(editRecord(record, edits)) === renderRecord(record)) continue;
    changes.push({
      kind: 'metadata',
      path: record.filename,
      reason: `${configFile} changes its metadata`,
      component,
      placement: placementOf(record.filename, record.executable),
      metadata: NO_METADATA,
      coordinate: undefined,
      inherits: [],
      edits,
    });
  }
  const isArtifact = new Set(plan.artifacts.map(({ path }) => unversionedPath(path)));
  const touched = changes.filter(({ kind, component }) => kind === 'metadata' && isArtifact.has(component));
  const completed: ImageJPlan = {
    ...plan,
    changes: inOrder(changes, index),
    unchanged: plan.unchanged - touched.length,
  };
  const after = applyPlan(index, completed);
  const checks = [
    ...checkFiles({ ...request, after, changes: completed.changes, configFile: config?.file }),
    ...checkDependencies(after, completed.changes, upstream, config?.file),
    ...checkNeededPayloads(completed, index, after),
  ];
  return { ...completed, problems: [...plan.problems, ...problems, ...checks] };

  function list(
    path: string,
    recorded: Parameters<typeof listDependencies>[0]['recorded'],
    refresh: boolean,
    found: readonly string[],
    overrides: FileOverrides | undefined,
  ) {
    const made = listDependencies({
      path,
      recorded,
      refresh,
      found,
      overrides,
      timestampFor,
      known,
      configFile,
    });
    // Not all at once: a call takes only some 100,000 arguments.
    for (const problem of made.problems) problems.push(problem);
    return made.dependencies;
  }

  function timestampFor(filename: string): Timestamp | undefined {
    const file = available.find(filename);
    return file && (file.timestamp ?? plan.timestamp);
  }
}

/**
 * Returns the record that a change starts from: that of the site, or else that of the upstream site which users get.
 */
function startOf({ component, inherits }: ImageJChange, index: SiteIndex): PluginRecord | undefined {
  return recordsByComponent(index).get(component) ?? inherits.find(({ current }) => current !== undefined);
}

/** Returns the problems of missing jars, except those that the configuration excludes. */
function missingProblems({ findings }: CompletionInput, configs: FileConfigs): readonly Problem[] {
  const problems = findings.missing.flatMap((missing) => {
    const component = `jars/${missing.declared.name}`;
    const neededBy = missing.neededBy.filter((path) => !isExcluded(component, configs.overridesFor(path)));
    return neededBy.length === 0 ? [] : [missingDependency({ ...missing, neededBy })];
  });
  return firstProblems(problems);
}

/**
 * Reports patterns of the configuration without a current file: they have no effect, and the name is probably mistaken.
 */
function unmatchedProblems(
  plan: ImageJPlan,
  { index, config }: CompletionInput,
  configs: FileConfigs,
): Problem[] {
  if (!config) return [];
  const published = plan.artifacts.map(({ path }) => path);
  const current = index.records.filter((record) => record.current).map(({ filename }) => filename);
  const all = [...published, ...index.records.map(({ filename }) => filename)];
  const obsolete = new Set(configs.unmatched([...published, ...current]));
  for (const pattern of configs.unmatched(all)) obsolete.delete(pattern);
  const nothing = configs.unmatched(all).map((pattern): Problem => {
    const near = suggestion(nearMatches(pattern, [...published, ...current].map(unversionedPath)));
    return {
      severity: 'error',
      code: 'config-matches-nothing',
      path: pattern,
      message: `${config.file} configures "${pattern}", but the site does not have such a file.`,
      hint: near || 'Write the path on the site, without version, or a glob such as "plugins/*.jar".',
    };
  });
  const past = [...obsolete].map((pattern): Problem => ({
    severity: 'warning',
    code: 'config-matches-obsolete',
    path: pattern,
    message: `${config.file} configures "${pattern}", which is obsolete.`,
    hint: 'Delete it there.',
  }));
  return [...nothing, ...past];
}

function knownComponents(index: SiteIndex, upstream: Upstream, plan: ImageJPlan): Set<string> {
  const records = [index, ...upstream.map((site) => site.index)].flatMap((one) => [
    ...recordsByComponent(one).keys(),
  ]);
  return new Set([...records, ...plan.changes.map(({ component }) => component)]);
}
