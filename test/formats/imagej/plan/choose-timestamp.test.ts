import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { EMPTY_INDEX, type SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import { applyPlan } from '../../../../src/formats/imagej/plan/apply.js';
import { type ImageJPlan } from '../../../../src/formats/imagej/change.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { laterBy } from '../../../../src/model/timestamp.js';
import { planFiles, type PlanInput } from '../../../support/scenario.js';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const NOW = 20261124120000;
const HOUR = 3600;
const LEAD = 14 * HOUR + 1;

function indexOf(records: string): SiteIndex {
  return parseIndexXml(Buffer.from(`<pluginRecords>${records}</pluginRecords>`));
}

const version = (timestamp: number) => `<version checksum="${OLD}" timestamp="${timestamp}" filesize="5"/>`;
const previous = (timestamp: number) =>
  `<previous-version checksum="${OLD}" timestamp="${timestamp}" timestamp-obsolete="0"/>`;
const SITE = indexOf(
  `<plugin filename="jars/lib-1.0.jar">${version(20260101000000)}</plugin>` +
    `<plugin filename="macros/Gone.ijm">${previous(20250101000000)}</plugin>` +
    `<plugin filename="macros/Ahead.ijm">${version(20261125030000)}</plugin>` +
    `<plugin filename="macros/Undated.ijm">${previous(0)}</plugin>` +
    '<plugin filename="macros/Empty.ijm"/>',
);
const UPSTREAM = indexOf(
  `<plugin filename="macros/Dropped.ijm">${previous(20240101000000)}</plugin>` +
    `<plugin filename="macros/Served.ijm">${version(20240101000000)}</plugin>`,
);

function plan(paths: Record<string, string>, more: Partial<PlanInput> = {}): ImageJPlan {
  const artifacts = Object.entries(paths).map(([path, checksum]) => ({
    artifact: { file: path, destination: path as SitePath, size: 5, modified: 0, executable: false },
    inspection: {
      checksum,
      size: 5,
      historicalChecksums: [],
      hasPluginsConfig: false,
      pom: undefined,
      ownPom: undefined,
    },
  }));
  return planFiles({ index: SITE, artifacts, now: NOW, ...more });
}

const ADD = { 'macros/New.ijm': NEW };
const upstream = [{ name: 'Fiji', location: 'https://update.fiji.sc/', index: UPSTREAM }];

/** Situations in which no file is added that has had no version before. */
const NOTHING_NEW: [string, Record<string, string>, Partial<PlanInput>][] = [
  ['a file is updated', { 'jars/lib-1.0.jar': NEW }, {}],
  ['a file is renamed', { 'jars/lib-1.1.jar': OLD }, {}],
  ['a file comes back', { 'macros/Gone.ijm': NEW }, {}],
  ['a file comes back whose versions are not dated', { 'macros/Undated.ijm': NEW }, {}],
  ['a file is removed', {}, { remove: ['jars/lib.jar'] }],
  [
    'a file takes the place of one of another site',
    { 'macros/Served.ijm': NEW },
    { upstream, onShadow: 'force' },
  ],
  ['a file is new that another site has had', { 'macros/Dropped.ijm': NEW }, { upstream }],
];

describe('a publication that adds a file without an earlier version', () => {
  test.each<[string, number | undefined, number]>([
    ['an hour ago', laterBy(NOW, -HOUR), laterBy(NOW, 13 * HOUR + 1)],
    ['just now', NOW, laterBy(NOW, LEAD)],
    ['ten minutes from now, since it may be on its way', laterBy(NOW, 600), laterBy(NOW, 600 + LEAD)],
    ['14 hours ago', laterBy(NOW, -14 * HOUR), laterBy(NOW, 1)],
    ['14 hours and a second ago', laterBy(NOW, -LEAD), NOW],
    ['a year ago', 20251124120000, NOW],
    ['never', undefined, NOW],
  ])('is stamped 14 hours and a second after what users have read: %s', (_when, lastSeen, timestamp) => {
    const planned = plan(ADD, { lastSeen });
    expect(planned).toMatchObject({ timestamp, problems: [] });
    expect(planned.payloads).toMatchObject([{ storedPath: `macros/New.ijm-${timestamp}` }]);
    // The whole publication has one stamp.
    expect(plan({ ...ADD, 'jars/lib-1.0.jar': NEW }, { lastSeen }).timestamp).toBe(timestamp);
  });

  test('is a record without any version on the site, too', () => {
    expect(plan({ 'macros/Empty.ijm': NEW }, { lastSeen: NOW }).timestamp).toBe(laterBy(NOW, LEAD));
  });
});

test.each(NOTHING_NEW)('a publication is stamped with the moment if %s', (_what, paths, more) => {
  for (const lastSeen of [laterBy(NOW, 600), NOW, 20250101000000, undefined])
    expect(plan(paths, { ...more, lastSeen })).toMatchObject({ timestamp: NOW, notices: [] });
});

test('every stamp is later than all that its file has had, also if that lies ahead', () => {
  expect(plan({ 'macros/Ahead.ijm': NEW }, { lastSeen: NOW }).timestamp).toBe(20261125030001);
  expect(plan({ ...ADD, 'macros/Ahead.ijm': NEW }, { lastSeen: NOW }).timestamp).toBe(20261125030001);
  expect(plan({ ...ADD, 'macros/Ahead.ijm': NEW }, { lastSeen: laterBy(NOW, 2 * HOUR) }).timestamp).toBe(
    laterBy(NOW, 16 * HOUR + 1),
  );
});

test('publications in a row within a second never use a stored name twice', () => {
  let index = EMPTY_INDEX;
  const stored = new Set<string>();
  for (const [at, file] of ['A', 'B', 'A', 'B', 'A', 'C'].entries()) {
    const planned = plan({ [`macros/${file}.ijm`]: String(at).repeat(40) }, { index, lastSeen: NOW });
    index = applyPlan(index, planned);
    for (const { storedPath } of planned.payloads) {
      expect(stored).not.toContain(storedPath);
      stored.add(storedPath);
    }
  }
  expect(stored.size).toBe(6);
});

describe('a timestamp that the user gave', () => {
  const isGiven = true;

  test('is taken as it is, with a warning if users have read a later index and would not be offered a file', () => {
    const before = laterBy(NOW, -1);
    expect(plan(ADD, { isGiven, lastSeen: laterBy(NOW, 1) })).toMatchObject({
      timestamp: NOW,
      notices: [],
      problems: [{ severity: 'warning', code: 'timestamp-before-site', path: 'macros/New.ijm' }],
    });
    for (const lastSeen of [NOW, before, undefined])
      expect(plan(ADD, { isGiven, lastSeen })).toMatchObject({ timestamp: NOW, problems: [] });
  });

  test.each(NOTHING_NEW)('is no reason for a warning if %s', (_what, paths, more) => {
    const lastSeen = laterBy(NOW, HOUR);
    expect(plan(paths, { ...more, isGiven, lastSeen })).toMatchObject({ timestamp: NOW, problems: [] });
  });

  test('still has to be later than what the file has had', () => {
    expect(plan({ 'jars/lib-1.0.jar': NEW }, { isGiven, now: 20200101000000, clock: NOW })).toMatchObject({
      timestamp: 20260101000001,
      notices: [
        'This publication is stamped 2026-01-01 00:00:01 UTC and not 2020-01-01 00:00:00 UTC, since every version must be later than the one before it.',
      ],
    });
  });

  test('is mentioned if it lies ahead', () => {
    const ahead = { isGiven, now: laterBy(NOW, 2 * HOUR), clock: NOW };
    expect(plan(ADD, ahead).notices).toEqual([
      'This publication is stamped 2026-11-24 14:00:00 UTC, 2 hours ahead, as "timestamp" (--timestamp) says.',
    ]);
  });

  test('names no more files than fit into a message', () => {
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`macros/N${at}.ijm`, NEW]));
    expect(plan(many, { isGiven, lastSeen: laterBy(NOW, 1) }).problems[0]?.message).toMatch(
      /N0\.ijm, .*N4\.ijm and 3 more files\.$/,
    );
  });
});

test('what has a stamp that no index can follow is refused', () => {
  const last = Number.MAX_SAFE_INTEGER;
  const file = { 'macros/Last.ijm': NEW };
  const fault = [{ code: 'timestamp-too-late', path: 'macros/Last.ijm' }];
  const own = indexOf(`<plugin filename="macros/Last.ijm">${version(last - 1)}</plugin>`);
  expect(plan(file, { index: own }).problems).toMatchObject(fault);
  // An upstream site would draw the stamps of this one along.
  const theirs = indexOf(`<plugin filename="macros/Last.ijm">${previous(99999999999999)}</plugin>`);
  const site = { name: 'Odd', location: 'https://odd.org/', index: theirs };
  expect(plan(file, { upstream: [site] }).problems).toMatchObject(fault);
});

test('after the last second of the year 9999, stamps are counted up and not started anew', () => {
  const index = indexOf(`<plugin filename="macros/Last.ijm">${version(99991231235959)}</plugin>`);
  const { timestamp, notices } = plan({ 'macros/Last.ijm': NEW }, { index, lastSeen: 99991231235959 });
  expect(timestamp).toBe(99991231235960);
  expect(notices).toEqual([
    'This publication is stamped 99991231235960, which is not a date, since every version must be later than the one before it.',
  ]);
  expect(laterBy(99991231235959, LEAD)).toBe(99991231235959 + LEAD);
});

describe('a stamp that lies ahead is explained', () => {
  test.each<[number, string]>([
    [0, '2026-11-25 02:00:01 UTC, 14 hours ahead'],
    [-12.5 * HOUR, '2026-11-24 13:30:01 UTC, 2 hours ahead'],
    [-13 * HOUR, '2026-11-24 13:00:01 UTC, 60 minutes ahead'],
    [-14 * HOUR + 59, '2026-11-24 12:01:00 UTC, 60 seconds ahead'],
    [-14 * HOUR, '2026-11-24 12:00:01 UTC, 1 second ahead'],
  ])('when users have read the index %d seconds from now', (seconds, words) => {
    expect(plan(ADD, { lastSeen: laterBy(NOW, seconds) }).notices).toEqual([
      `This publication is stamped ${words}, so that ImageJ offers its new files to users in every time zone.`,
    ]);
  });

  test('with another reason if the version before lies ahead', () => {
    expect(plan({ 'macros/Ahead.ijm': NEW }).notices).toEqual([
      'This publication is stamped 2026-11-25 03:00:01 UTC, 15 hours ahead, since every version must be later than the one before it.',
    ]);
  });

  test('and nothing is said if nothing is published', () => {
    expect(plan({ 'jars/lib-1.0.jar': OLD }, { lastSeen: NOW }).notices).toEqual([]);
  });
});
