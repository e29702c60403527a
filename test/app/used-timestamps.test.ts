import type { SitePast } from '../../src/app/ports/site-source.js';
import { planUnused } from '../../src/app/used-timestamps.js';
import { format } from '../../src/formats/imagej/format.js';
import { format as plugins } from '../../src/formats/jetbrains/format.js';
import { EMPTY_REPOSITORY } from '../../src/formats/jetbrains/index/repository.js';
import type { PlanMoment } from '../../src/model/plan-moment.js';
import { imagejIndex } from '../support/imagej-site.js';
import { bytesOf, keeping } from '../support/kept-site.js';

const NOW = 20261124120000;
const [AHEAD, NEXT, THIRD] = [20261125020041, 20261125020042, 20261125020043];
const MOMENT: PlanMoment = { now: NOW, isGiven: false, clock: NOW, lastSeen: undefined };

const stampedAt = (timestamp: number) => ({ 'macros/a.ijm': { timestamp } });
const lostAt = (timestamp: number) => keeping(bytesOf(stampedAt(timestamp)), bytesOf(stampedAt(AHEAD)));

/** Plans with the first of these timestamps that is not known as used, and records what is known each time. */
function planning(past: SitePast | undefined, timestamps: readonly number[], versions = [AHEAD]) {
  const known: (readonly number[] | undefined)[] = [];
  const indexes = versions.map((stamp) => imagejIndex(stampedAt(stamp)));
  const plan = planUnused(format, past ? { past } : {}, indexes, MOMENT, ({ used }) => {
    known.push(used && [...used].sort((a, b) => a - b));
    return { timestamp: timestamps.find((stamp) => !used?.has(stamp)) ?? 0 };
  });
  return { plan, known };
}

test('a timestamp that a lost version has is not used again', async () => {
  const { plan, known } = planning(lostAt(NEXT).site.past, [NEXT, THIRD]);
  expect(await plan).toEqual({ timestamp: THIRD });
  expect(known).toEqual([undefined, [AHEAD, NEXT]]);
});

test('numbers that are not dates do not count as used', async () => {
  const { site } = keeping(bytesOf(stampedAt(99999999999999)), bytesOf(stampedAt(NEXT)), bytesOf({}));
  const { plan, known } = planning(site.past, [NEXT, THIRD]);
  expect(await plan).toEqual({ timestamp: THIRD });
  expect(known).toEqual([undefined, [NEXT]]);
});

test('the plan stays if no earlier state has its timestamp', async () => {
  const { site, batches } = lostAt(THIRD);
  const { plan, known } = planning(site.past, [NEXT]);
  expect(await plan).toEqual({ timestamp: NEXT });
  expect(known).toEqual([undefined]);
  expect(batches).toEqual([2]);
});

test('also the version of an earlier index may be the one before', async () => {
  const { plan } = planning(lostAt(NEXT).site.past, [NEXT, THIRD], [20260101000000, AHEAD]);
  expect(await plan).toEqual({ timestamp: THIRD });
});

test('at most 25 states are read', async () => {
  const later = Array.from({ length: 25 }, () => bytesOf(stampedAt(AHEAD)));
  const { site, batches } = keeping(bytesOf(stampedAt(NEXT)), ...later);
  expect(await planning(site.past, [NEXT, THIRD]).plan).toEqual({ timestamp: NEXT });
  expect(batches).toEqual([25]);
});

test.each([
  ['is that of the clock', NOW, 20261124115959],
  ['is not one second after a version', NEXT, 20260101000000],
])('earlier states are not read if the timestamp %s', async (_, timestamp, version) => {
  const { site, batches } = lostAt(timestamp);
  const { plan, known } = planning(site.past, [timestamp], [version]);
  expect(await plan).toEqual({ timestamp });
  expect(known).toHaveLength(1);
  expect(batches).toEqual([]);
});

test('a place that does not keep earlier states gets the first plan', async () => {
  const { plan, known } = planning(undefined, [NEXT]);
  expect(await plan).toEqual({ timestamp: NEXT });
  expect(known).toHaveLength(1);
});

test('a format whose index does not record publications gets the first plan', async () => {
  const { site, batches } = lostAt(NEXT);
  const plan = await planUnused(plugins, site, [EMPTY_REPOSITORY], MOMENT, () => ({ timestamp: NEXT }));
  expect(plan).toEqual({ timestamp: NEXT });
  expect(batches).toEqual([]);
});
