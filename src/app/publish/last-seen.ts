import type { IndexFormat } from '../../formats/format.js';
import { timestampOf, type Timestamp } from '../../model/timestamp.js';
import type { LastChange, SiteSnapshot } from '../ports/site-store.js';
import type { PublishedDates } from '../ports/web-servers.js';
import type { Settings } from './settings.js';

/**
 * When users may have read the index of the site last: nothing that they are to be offered may be stamped before
 * (spec, section 6). Dates in the future count as now: else each publication would push the next one further ahead.
 *
 * @param deployed the date that the web server gives the index
 * @param change when what the site has now was written, and how long after that it may have been deployed
 * @returns undefined if nothing is known
 */
export function lastSeenOf(
  now: Date,
  deployed: Date | undefined,
  change: LastChange | undefined,
): Date | undefined {
  const upToNow = (date: Date) => Math.min(date.getTime(), now.getTime());
  const moments = [
    ...(deployed ? [upToNow(deployed)] : []),
    ...(change ? [upToNow(change.date) + change.deploymentMs] : []),
  ];
  return moments.length === 0 ? undefined : new Date(Math.max(...moments));
}

/**
 * Asks the web server of the site at once, while other things are done, and tells later when users may have read a state
 * of the site last. For formats whose clients do not compare stamps with that it is not looked at.
 */
export function watchDeployment(
  { siteUrl }: Pick<Settings, 'siteUrl'>,
  {
    clientsCompareStamps,
    indexPaths: [indexPath],
  }: Pick<IndexFormat<unknown>, 'indexPaths'> & { readonly clientsCompareStamps?: true },
  dates: PublishedDates,
): (snapshot: SiteSnapshot, now: Date) => Promise<Timestamp | undefined> {
  const asked =
    clientsCompareStamps && siteUrl !== undefined ? dates.lastModified(siteUrl + indexPath) : undefined;
  return async (snapshot, now) => {
    if (!clientsCompareStamps) return undefined;
    const lastSeen = lastSeenOf(now, await asked, await snapshot.history?.lastChange(indexPath));
    return lastSeen && timestampOf(lastSeen);
  };
}
