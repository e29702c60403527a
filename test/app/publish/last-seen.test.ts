import { lastSeenOf, watchDeployment } from '../../../src/app/publish/last-seen.js';
import { sitePath } from '../../../src/model/site-path.js';
import { memorySite } from '../../support/memory-site.js';

const MINUTE = 60_000;
const NOW = new Date('2026-11-24T12:00:00Z');
const at = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE);

describe('the last time at which users may have read the index of a site', () => {
  test.each<[string, number | undefined, readonly [number, number] | undefined, number | undefined]>([
    ['is not known if no date is known', undefined, undefined, undefined],
    ['is the date of the deployment', -30, undefined, -30],
    ['is the date of the change plus the time of the deployment', undefined, [-30, 10], -20],
    ['is the later of both', -15, [-30, 10], -15],
    ['is the later of both, the other way round', -45, [-30, 10], -20],
    ['may be in the future during the deployment', -60, [-2, 10], 8],
    ['is not in the future because of the date on the server', 600, [-30, 0], 0],
    ['is not in the future because of the date in a folder', undefined, [600, 0], 0],
    ['counts the date of a commit in the future as now', undefined, [600, 10], 10],
  ])('%s', (_what, deployed, change, expected) => {
    const seen = lastSeenOf(
      NOW,
      deployed === undefined ? undefined : at(deployed),
      change && { date: at(change[0]), deploymentMs: change[1] * MINUTE },
    );
    expect(seen).toEqual(expected === undefined ? undefined : at(expected));
  });
});

describe('watching a site', () => {
  const history = { lastChange: () => Promise.resolve({ date: at(-30), deploymentMs: 10 * MINUTE }) };
  /** Watches a site that was deployed five minutes ago. */
  async function watched(clientsCompareStamps: boolean, siteUrl: string | undefined, snapshot = { history }) {
    const requested: string[] = [];
    const dates = { lastModified: (url: string) => (requested.push(url), Promise.resolve(at(-5))) };
    const format = {
      indexPaths: [sitePath('db.xml.gz')],
      ...(clientsCompareStamps ? { clientsCompareStamps } : {}),
    } as const;
    const lastSeen = await watchDeployment({ siteUrl }, format, dates)(memorySite({}, snapshot), NOW);
    return { lastSeen, requested };
  }

  test('asks its web server and its history', async () => {
    expect(await watched(true, 'https://lab.org/')).toEqual({
      lastSeen: 20261124115500,
      requested: ['https://lab.org/db.xml.gz'],
    });
  });

  test('uses only the history if its address is not known', async () => {
    expect(await watched(true, undefined)).toEqual({ lastSeen: 20261124114000, requested: [] });
  });

  test('finds nothing without an address and a history', async () => {
    expect(await watched(true, undefined, {} as never)).toEqual({ lastSeen: undefined, requested: [] });
  });

  test('does nothing if clients do not compare timestamps', async () => {
    expect(await watched(false, 'https://lab.org/')).toEqual({ lastSeen: undefined, requested: [] });
  });
});
