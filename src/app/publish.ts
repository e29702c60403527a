import { count, describeBytes } from '../model/describe.js';
import type { Outcome, Plan, Refusal, SiteSize } from '../model/plan.js';
import { hasErrors, type Problem } from '../model/problem.js';
import { timestampOf } from '../model/timestamp.js';
import { UserError } from '../model/user-error.js';
import { checkBudget } from './budget.js';
import { collectArtifacts } from './collect.js';
import { commitMessage } from './commit-message.js';
import type { AnyFormat, IndexFiles } from './format.js';
import { watchDeployment } from './last-seen.js';
import { checkMissing, missingPayloads } from './missing-payloads.js';
import { obstacleProblems } from './obstacles.js';
import { otherSiteProblems } from './other-sites.js';
import type {
  Log,
  PublishedDates,
  Runtime,
  SiteBudget,
  SiteSnapshot,
  SiteStore,
  SiteUsage,
  UpstreamIndexes,
} from './ports.js';
import { createPlanner, type PreparationPorts } from './prepare.js';
import { formatNamed } from './registry.js';
import type { Settings } from './settings.js';
import { readUpstream } from './upstream.js';
import { verifyPayloads } from './verify-payloads.js';

/** How often a publication is planned again because somebody else was faster. */
const MAX_ATTEMPTS = 25;
/** The first wait after a lost race, and the longest, in milliseconds. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 8000;

export interface PublishPorts extends PreparationPorts {
  readonly store: SiteStore;
  readonly upstream: UpstreamIndexes;
  readonly dates: PublishedDates;
  readonly runtime: Runtime;
}

/**
 * Publishes, or only looks at what publishing would do: collects the artifacts, reads them and the index of the site,
 * plans, and carries the plan out in one step. If another publisher has changed the site in the meantime, it plans
 * again from the new state.
 *
 * @returns what came of it; where its problems include errors, nothing was written
 * @throws {UserError} where the artifacts or the site cannot be read, or the site cannot be written
 */
export async function publish(settings: Settings, ports: PublishPorts): Promise<Outcome> {
  const { store, runtime, log } = ports;
  const format = formatNamed(settings.format);
  const lastSeenIn = watchDeployment(settings, format, ports.dates);
  const [collected, upstream] = await Promise.all([
    collectArtifacts(settings, format, ports.files, log),
    readUpstream(settings.upstream, format, ports.upstream, log),
  ]);
  let elsewhere: readonly Problem[] | undefined;
  const planFor = createPlanner(settings, format, collected, upstream, ports);

  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    log.detail(`Reading ${store.description}.`);
    const snapshot = await store.open(!settings.preview);
    if (snapshot.isNew)
      log.info(`There is nothing in ${store.description} yet: this is the first publication.`);
    const files = await readIndexFiles(store, snapshot, format);
    elsewhere ??= files.has(format.indexPaths[0])
      ? []
      : await otherSiteProblems(snapshot, store.description, format.indexPaths[0]);
    const index: unknown = format.parseIndex(files);
    const missing = await missingPayloads(snapshot, format.payloadsOf(index));
    const now = runtime.now();
    const prepared = await planFor(index, snapshot, {
      now: settings.timestamp ?? timestampOf(now),
      isGiven: settings.timestamp !== undefined,
      clock: timestampOf(now),
      // What is not there yet, users cannot have read.
      lastSeen: files.has(format.indexPaths[0]) ? await lastSeenIn(snapshot, now) : undefined,
      missing,
    });
    const plan: Plan = prepared.isComplete
      ? prepared.plan
      : { ...prepared.plan, changes: [], left: [], payloads: [], restored: [], notices: [] };
    const size = await sizeOf(store, snapshot, plan, () => format.storedSizes(index));
    const after: unknown = plan.changes.length === 0 ? index : format.apply(index, plan);
    const problems = [
      ...prepared.problems,
      ...elsewhere,
      ...checkMissing(missing, format.payloadsOf(after), plan),
      ...(await obstacleProblems(snapshot, plan)),
      ...droppedFiles(snapshot, plan),
      ...budgetProblems(store, size, plan),
    ];
    const outcome = outcomeOf(settings, store, plan, problems, {
      changes: format.explain(plan.changes, index, after),
      offers: format.compareOffers?.(index, after),
      siteSize: store.budget && size && siteSizeOf(size, store.budget, plan),
      diff: settings.wantsDiff ? format.diff(index, after) : undefined,
    });
    if (settings.preview || !outcome.changed) return outcome;

    // Payloads that are stored again under their old names are in the index already: it stays as it is.
    const indexFiles = plan.changes.length === 0 ? [] : format.renderIndex(after);
    const what = `${count(plan.payloads.length, 'file')} (${describeBytes(outcome.publishedBytes)})`;
    log.info(`Writing ${what}${indexFiles.length === 0 ? '' : ' and the index'} to ${store.description}.`);
    const result = await store.publish(snapshot, {
      payloads: plan.payloads,
      restored: plan.restored ?? [],
      verify: (copies) => verifyPayloads(copies, settings.format, ports.inspector, ports.progress),
      removals: plan.removals ?? [],
      indexFiles,
      message: settings.message ?? commitMessage(plan.changes, plan.restored),
      date: runtime.now(),
    });
    if (result.status === 'published') return { ...outcome, commit: result.commit };
    await waitAfterLostRace(attempt, runtime, log);
  }
  throw new UserError(
    'race',
    `Others changed ${store.description} ${MAX_ATTEMPTS} times while this was being published.`,
    {
      hint: 'Nothing was published. Run again, or give the workflow a "concurrency" group so that its runs wait for each other.',
    },
  );
}

/**
 * The files of the index; none where there is no site yet. A site that has lost its index is no new one: going
 * on would lose the history of every file.
 */
async function readIndexFiles(
  store: SiteStore,
  snapshot: SiteSnapshot,
  format: AnyFormat,
): Promise<IndexFiles> {
  const [main] = format.indexPaths;
  const files = new Map<string, Uint8Array>();
  for (const path of format.indexPaths) {
    const bytes = await snapshot.readFile(path);
    if (bytes !== undefined) files.set(path, bytes);
  }
  if (files.has(main) || snapshot.isNew || !store.isAtomic) return files;
  const paths = await snapshot.listFiles();
  // Another site in a folder below has its own payloads.
  const sites = paths.flatMap((path) => (path.endsWith(`/${main}`) ? [path.slice(0, -main.length)] : []));
  const orphan = paths.find(
    (path) => format.isStoredPath(path) && !sites.some((folder) => path.startsWith(folder)),
  );
  if (orphan === undefined) return files;
  throw new UserError(
    'index',
    `${main} is missing, but ${store.description} holds payloads such as ${orphan}.`,
    {
      hint: 'Nothing was changed. Restore the index from the history of the branch; for a new site, choose another branch or directory.',
    },
  );
}

/** Payloads that GitHub Pages would not serve, because it hands the branch to Jekyll first. */
function droppedFiles(snapshot: SiteSnapshot, plan: Plan): readonly Problem[] {
  if (!snapshot.dropsUnderscores) return [];
  return plan.payloads
    .filter(({ storedPath }) => /(^|\/)_/.test(storedPath))
    .map(({ storedPath }) => ({
      severity: 'warning',
      code: 'dropped-by-jekyll',
      path: storedPath,
      message: `${storedPath} will not be served: GitHub Pages runs Jekyll on the branch, which drops names that begin with "_".`,
      hint: 'Put an empty file ".nojekyll" at the root of the branch.',
    }));
}

/** What the site holds now; undefined where that does not matter. */
async function sizeOf(
  store: SiteStore,
  snapshot: SiteSnapshot,
  plan: Plan,
  stated: () => ReadonlyMap<string, number>,
): Promise<SiteUsage | undefined> {
  return store.budget && snapshot.usage && plan.payloads.length > 0 ? snapshot.usage(stated()) : undefined;
}

function budgetProblems(store: SiteStore, size: SiteUsage | undefined, plan: Plan): readonly Problem[] {
  return size ? checkBudget(store.budget, size, plan.payloads) : [];
}

function siteSizeOf({ bytes, unmeasured }: SiteUsage, budget: SiteBudget, { payloads }: Plan): SiteSize {
  const added = payloads.reduce((sum, { size }) => sum + size, 0);
  return { bytes: bytes + added, unmeasured, maxBytes: budget.maxSiteBytes };
}

function refusalOf(problems: readonly Problem[], { failOn }: Settings): Refusal | undefined {
  if (hasErrors(problems)) return 'errors';
  return failOn === 'warning' && problems.length > 0 ? 'warnings' : undefined;
}

function outcomeOf(
  settings: Settings,
  store: SiteStore,
  plan: Plan,
  problems: readonly Problem[],
  report: Pick<Outcome, 'changes' | 'offers' | 'siteSize' | 'diff'>,
): Outcome {
  const refusal = refusalOf(problems, settings);
  const { restored = [], notices = [] } = plan;
  const changed = plan.changes.length + restored.length > 0 && !refusal;
  return {
    format: settings.format,
    changed,
    kind: settings.preview ? 'preview' : 'publication',
    refusal,
    timestamp: changed && plan.changes.length > 0 ? plan.timestamp : undefined,
    commit: undefined,
    siteUrl: settings.siteUrl,
    siteName: settings.config?.config.name,
    siteDescription: settings.config?.config.description,
    site: store.description,
    unchanged: plan.unchanged,
    left: plan.left,
    problems,
    publishedFiles: changed ? plan.payloads.map(({ storedPath }) => storedPath) : [],
    publishedBytes: changed ? plan.payloads.reduce((sum, { size }) => sum + size, 0) : 0,
    ...(changed && restored.length > 0 ? { restored } : {}),
    ...(notices.length > 0 ? { notices } : {}),
    ...report,
  };
}

/** Waits longer each time, and never just as long as the others that lost. */
async function waitAfterLostRace(attempt: number, runtime: Runtime, log: Log): Promise<void> {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  const wait = Math.round(longest * (0.25 + 0.75 * runtime.random()));
  log.info(`Somebody else has published in the meantime; planning again in ${(wait / 1000).toFixed(1)} s.`);
  await runtime.sleep(wait);
}
