import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache';
import type { Log } from '../../app/ports/log.js';
import { messageOf } from '../../model/user-error.js';
import type { SharedCache } from '../web/index-cache.js';

/** Timeout for restoring an entry, in milliseconds: a new download takes less. */
const TIMEOUT_MS = 30_000;

/** Creates the cache of GitHub Actions; `undefined` if it is not available. */
export function createActionsCache(log: Log): SharedCache | undefined {
  if (!isFeatureAvailable()) return undefined;
  return {
    async restore(folder, keyPrefix) {
      try {
        // No entry has exactly this key, so that the newest entry with this prefix is restored.
        const key = await restoreCache([folder], keyPrefix, [keyPrefix], { segmentTimeoutInMs: TIMEOUT_MS });
        log.detail(key === undefined ? `No cache entry ${keyPrefix}*.` : `Restored the cache entry ${key}.`);
      } catch (error) {
        log.detail(`The cache could not be read: ${messageOf(error)}`);
      }
    },
    async keep(folder, key) {
      try {
        if ((await saveCache([folder], key)) >= 0) log.detail(`Saved the cache entry ${key}.`);
      } catch (error) {
        log.detail(`The cache could not be written: ${messageOf(error)}`);
      }
    },
  };
}
