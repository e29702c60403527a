import { count } from '../../../model/humanize.js';
import type { PluginRecord } from '../index/site-index.js';
import type { Restored } from './records.js';

/**
 * Returns what a rollback means for users, one sentence each.
 *
 * @param byThemselves unversioned paths of the files that updaters install again by themselves
 * @param isExact whether the earlier metadata are known
 */
export function noticesOf(
  restored: readonly Restored[],
  removed: readonly PluginRecord[],
  byThemselves: ReadonlySet<string>,
  isExact: boolean,
): readonly string[] {
  const revived = restored.filter(({ isRevived }) => isRevived);
  const needed = revived.filter(({ component }) => byThemselves.has(component)).length;
  const back = restored.length - revived.length;
  const byHand = revived.length - needed;
  const parts = [
    ...(back > 0 ? [`${count(back, 'file changes', 'files change')} back`] : []),
    ...(removed.length > 0 ? [`${count(removed.length, 'file is', 'files are')} removed`] : []),
    ...(needed > 0 ? [`${count(needed, 'needed file comes', 'needed files come')} back`] : []),
  ];
  return [
    ...(parts.length > 0 ? [`For users who are up to date: ${parts.join(', ')}.`] : []),
    ...(byHand > 0
      ? [
          `${count(byHand, 'file comes', 'files come')} back, but not by itself where the updater has removed it: these users must choose it in the updater.`,
        ]
      : []),
    ...(isExact || restored.length === 0
      ? []
      : [
          'Earlier descriptions, authors and dependencies are not known here: files that change back keep their current ones, and files that come back have none.',
        ]),
  ];
}
