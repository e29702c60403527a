import { unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';

/**
 * Returns the files that come back by themselves: an updater installs again what an installed file needs, and what that
 * needs in turn (measured with the official updater).
 *
 * @returns their unversioned paths
 */
export function comingByThemselves(now: SiteIndex, then: SiteIndex): ReadonlySet<string> {
  const [present, earlier] = [recordsByComponent(now), recordsByComponent(then)];
  const isInstalled = (component: string) => present.get(component)?.current !== undefined;
  const coming = new Set<string>();
  const waiting = [...earlier].filter(([component]) => isInstalled(component)).map(([, record]) => record);
  for (let record = waiting.pop(); record; record = waiting.pop()) {
    for (const dependency of record.current?.dependencies ?? []) {
      const component = unversionedPath(dependency.filename);
      const needed = earlier.get(component);
      if (dependency.overrides || !needed?.current || isInstalled(component) || coming.has(component))
        continue;
      if (!isOnAllPlatformsOf(record, needed)) continue;
      coming.add(component);
      waiting.push(needed);
    }
  }
  return coming;
}

/** Whether a file is installed on all platforms of another one. Without platforms, a file is for all of them. */
function isOnAllPlatformsOf({ platforms }: PluginRecord, other: PluginRecord): boolean {
  if (platforms.length === 0) return true;
  const own = new Set(platforms.map(({ text }) => text));
  return other.platforms.length > 0 && other.platforms.every(({ text }) => own.has(text));
}
