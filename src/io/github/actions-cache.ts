import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache';
import type { Log } from '../../app/ports/log.js';
import { messageOf } from '../../model/user-error.js';
import type { SharedCache } from '../web/index-cache.js';

/** Longest time that bringing something back may take, in milliseconds: downloading it anew takes less. */
const TIMEOUT_MS = 30_000;

/** The cache of GitHub Actions; undefined where there is none. */
export function createActionsCache(log: Log): SharedCache | undefined {
  if (!isFeatureAvailable()) return undefined;
  return {
    async restore(folder, keyPrefix) {
      try {
        // No entry has the first key: the newest one that begins like it is wanted.
        const key = await restoreCache([folder], keyPrefix, [keyPrefix], { segmentTimeoutInMs: TIMEOUT_MS });
        log.detail(key === undefined ? `No cache entry ${keyPrefix}*.` : `Restored the cache entry ${key}.`);
      } catch (error) {
        log.detail(`The cache could not be read: ${messageOf(error)}`);
      }
    },
    async keep(folder, key) {
      try {
        if ((await saveCache([folder], key)) >= 0) log.detail(`Kept the cache entry ${key}.`);
      } catch (error) {
        log.detail(`The cache could not be written: ${messageOf(error)}`);
      }
    },
  };
}
