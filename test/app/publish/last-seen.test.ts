import { lastSeenOf } from '../../../src/app/publish/last-seen.js';

const MINUTE = 60_000;
const NOW = new Date('2026-11-24T12:00:00Z');
const at = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE);

describe('when users may have read the index of a site last', () => {
  test.each<[string, number | undefined, readonly [number, number] | undefined, number | undefined]>([
    ['is not known if nothing is', undefined, undefined, undefined],
    ['is when it was deployed', -30, undefined, -30],
    ['is when it was written, and the time that deploying it may take', undefined, [-30, 10], -20],
    ['is the later of both', -15, [-30, 10], -15],
    ['is the later of both, the other way round', -45, [-30, 10], -20],
    ['may be while it is being deployed', -60, [-2, 10], 8],
    ['is not ahead if the server dates the index in the future', 600, [-30, 0], 0],
    ['is not ahead if a folder dates the index in the future', undefined, [600, 0], 0],
    ['counts a commit of the future as one of now', undefined, [600, 10], 10],
  ])('%s', (_what, deployed, change, expected) => {
    const seen = lastSeenOf(
      NOW,
      deployed === undefined ? undefined : at(deployed),
      change && { date: at(change[0]), deploymentMs: change[1] * MINUTE },
    );
    expect(seen).toEqual(expected === undefined ? undefined : at(expected));
  });
});
