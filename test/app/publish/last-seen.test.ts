import { lastSeenOf } from '../../../src/app/publish/last-seen.js';

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
