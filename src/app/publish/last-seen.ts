import type { IndexFormat } from '../../formats/format.js';
import { timestampOf, type Timestamp } from '../../model/timestamp.js';
import type { LastChange, SiteSnapshot } from '../ports/site-store.js';
import type { PublishedDates } from '../ports/web-servers.js';
import type { Settings } from './settings.js';

/**
 * Returns the last time at which users may have read the index of the site. New versions must not have an earlier
 * timestamp (spec, section 6). Dates in the future count as now; otherwise each publication would push the next one
 * further ahead.
 *
 * @param deployed the date of the index on the web server
 * @param change the last change of the site
 * @returns `undefined` if nothing is known
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
 * Starts a request to the web server of the site, and returns a function that determines when users may last have
 * read the site. Does nothing for formats whose clients do not compare timestamps.
 */
export function watchDeployment(
  { siteUrl }: Pick<Settings, 'siteUrl'>,
  {
    clientsCompareStamps,
    indexPaths: [indexPath],
  }: Pick<IndexFormat<unknown>, 'indexPaths'> & { readonly clientsCompareStamps?: true },
  dates: PublishedDates,
): (snapshot: SiteSnapshot, now: Date) => Promise<Timestamp | undefined> {
  const requested =
    clientsCompareStamps && siteUrl !== undefined ? dates.lastModified(siteUrl + indexPath) : undefined;
  return async (snapshot, now) => {
    if (!clientsCompareStamps) return undefined;
    const lastSeen = lastSeenOf(now, await requested, await snapshot.history?.lastChange(indexPath));
    return lastSeen && timestampOf(lastSeen);
  };
}
