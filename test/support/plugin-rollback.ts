import { compareRepositories } from '../../src/formats/jetbrains/compare/compare.js';
import { loadRepository } from '../../src/formats/jetbrains/index/load.js';
import { renderRepository } from '../../src/formats/jetbrains/index/render.js';
import { EMPTY_REPOSITORY, type Repository } from '../../src/formats/jetbrains/index/repository.js';
import { ROLLBACK } from '../../src/formats/jetbrains/rollback/rollback.js';
import { publish, type PluginPlanInput } from './plan-plugins.js';

const NOW = 20261120093212;

/** A state of a site: the files of its index, and the checksums of its archives by path. */
export interface PluginSite {
  readonly index: Repository;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly archives: ReadonlyMap<string, string>;
}

export const EMPTY_SITE: PluginSite = { index: EMPTY_REPOSITORY, files: new Map(), archives: new Map() };

/** Publishes to a site. Returns the same site if nothing changes, or `undefined` if the publication is refused. */
export function publishTo(site: PluginSite, request: PluginPlanInput): PluginSite | undefined {
  const { plan, index, files } = publish(site.index, request);
  if (plan.problems.some(({ severity }) => severity === 'error')) return undefined;
  if (plan.changes.length === 0) return site;
  const archives = new Map(site.archives);
  for (const removed of plan.removals ?? []) archives.delete(removed);
  for (const { storedPath, checksum } of plan.payloads) archives.set(storedPath, checksum);
  return { index, files, archives };
}

/** Plans the return to an earlier state, and applies it to the index. */
export function planReturn(now: Repository, then: Repository, siteUrl?: string) {
  const moment = { now: NOW, isGiven: false, clock: NOW, lastSeen: undefined };
  const plan = ROLLBACK.plan({ now, then, isExact: true, moment, siteUrl });
  const after = ROLLBACK.apply(now, then, plan.timestamp, new Map());
  const files = new Map<string, Uint8Array>(renderRepository(after).map(({ path, bytes }) => [path, bytes]));
  return { plan, after, files, changes: compareRepositories(now, after) };
}

/**
 * Returns to an earlier state as the use case does: an archive that the site does not have comes from that state.
 *
 * @throws if the site or that state has another archive than is needed
 */
export function returnTo(site: PluginSite, then: PluginSite): PluginSite {
  const { plan, files, changes } = planReturn(site.index, loadRepository(then.files));
  if (changes.length === 0) return site;
  const archives = new Map(site.archives);
  for (const { from, storedPath, checksums } of plan.needed) {
    const checksum = archives.get(storedPath) ?? then.archives.get(from);
    expect(checksums).toEqual([checksum]);
    archives.set(storedPath, checksum ?? '');
  }
  return { index: loadRepository(files), files, archives };
}
