import { listNames } from '../../../model/humanize.js';
import type { OtherSize } from '../../../model/plan.js';
import type { Problem } from '../../../model/problem.js';
import { parseSitePath, type SitePath } from '../../../model/site-path.js';
import { isCurrent } from '../artifacts/inspect.js';
import { unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';
import type { PlacedArtifact } from '../placement/place.js';
import type { ImageJPlan } from '../change.js';

/** Maximum number of files that a message names. */
const MAX_NAMES = 5;

/**
 * Checks whether an unchanged artifact can replace a payload that the site lacks.
 *
 * @param missing stored paths of payloads that the index lists and the site lacks
 * @returns the stored path of the payload if the artifact can replace it; both sizes if they differ, because clients
 *   also compare sizes; `undefined` if the site has the payload
 */
export function replacementFor(
  record: PluginRecord | undefined,
  { artifact, inspection }: PlacedArtifact,
  missing: ReadonlySet<string>,
): SitePath | OtherSize | undefined {
  if (!record?.current || missing.size === 0 || !isCurrent(record, inspection)) return undefined;
  const { filesize: wanted, timestamp } = record.current;
  const named = parseSitePath(record.filename);
  // An unsafe path is never written, even if the index contains it.
  if ('reason' in named) return undefined;
  const stored = storedPath(named.path, timestamp);
  if (!missing.has(stored)) return undefined;
  const { size } = inspection;
  return wanted === undefined || size === wanted
    ? stored
    : { storedPath: stored, file: artifact.file, size, wanted };
}

/**
 * Finds files that, because of this publication, depend on a payload that the site lacks, directly or transitively. A
 * client that cannot download one file aborts the whole update.
 *
 * @param before the index that the plan was made for
 * @param after the index after the publication
 */
export function checkNeededPayloads(
  plan: ImageJPlan,
  before: SiteIndex,
  after: SiteIndex,
): readonly Problem[] {
  const lacking = lackingFiles(plan, after);
  if (lacking.size === 0) return [];
  const [old, now] = [recordsByComponent(before), recordsByComponent(after)];
  return plan.changes.flatMap(({ component, path }) => {
    const known = new Set(needsOf(old.get(component)));
    const needed = needsOf(now.get(component)).filter((name) => !known.has(name));
    const payloads = new Set(needed.flatMap((name) => lacking.get(name) ?? []));
    return payloads.size === 0 ? [] : [needsMissing(path, [...payloads])];
  });
}

/** Maps every file that cannot be installed to the stored path of a missing payload: its own, or one that it needs. */
function lackingFiles({ missing, payloads }: ImageJPlan, after: SiteIndex): ReadonlyMap<string, string> {
  const lacking = new Map<string, string>();
  if (missing.size === 0) return lacking;
  const written = new Set<string>(payloads.map((payload) => payload.storedPath));
  const dependents = new Map<string, string[]>();
  for (const record of after.records) {
    const component = unversionedPath(record.filename);
    const stored = record.current && storedPath(record.filename, record.current.timestamp);
    if (stored !== undefined && missing.has(stored) && !written.has(stored)) lacking.set(component, stored);
    for (const name of needsOf(record)) {
      const list = dependents.get(name);
      if (list) list.push(component);
      else dependents.set(name, [component]);
    }
  }
  // Iterating over a map includes the entries that are added meanwhile.
  for (const [component, stored] of lacking) {
    for (const dependent of dependents.get(component) ?? [])
      if (!lacking.has(dependent)) lacking.set(dependent, stored);
  }
  return lacking;
}

function needsOf(record: PluginRecord | undefined): readonly string[] {
  return (record?.current?.dependencies ?? [])
    .filter(({ overrides }) => !overrides)
    .map(({ filename }) => unversionedPath(filename));
}

function needsMissing(path: string, payloads: readonly string[]): Problem {
  return {
    severity: 'error',
    code: 'missing-payload',
    path,
    message: `${path} needs ${listNames(payloads, MAX_NAMES, 'file')}, which the index lists but the site does not have. Users could not install it.`,
    hint: 'Publish the original files in this run, byte for byte, or new versions of them.',
  };
}
