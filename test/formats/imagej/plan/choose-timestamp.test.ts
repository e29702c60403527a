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

/** Publications in which every file has had a version before. */
const NOTHING_NEW: [string, Record<string, string>, Partial<PlanInput>][] = [
  ['a file is updated', { 'jars/lib-1.0.jar': NEW }, {}],
  ['a file is renamed', { 'jars/lib-1.1.jar': OLD }, {}],
  ['a file is restored', { 'macros/Gone.ijm': NEW }, {}],
  ['a file is restored whose versions are not dated', { 'macros/Undated.ijm': NEW }, {}],
  ['a file is removed', {}, { remove: ['jars/lib.jar'] }],
  ['a file replaces one of another site', { 'macros/Served.ijm': NEW }, { upstream, onShadow: 'force' }],
  ['another site has had the new file', { 'macros/Dropped.ijm': NEW }, { upstream }],
];

describe('a publication that adds a file without an earlier version', () => {
  test.each<[string, number | undefined, number]>([
    ['an hour ago', laterBy(NOW, -HOUR), laterBy(NOW, 13 * HOUR + 1)],
    ['just now', NOW, laterBy(NOW, LEAD)],
    ['ten minutes from now, because it may still be deployed', laterBy(NOW, 600), laterBy(NOW, 600 + LEAD)],
    ['14 hours ago', laterBy(NOW, -14 * HOUR), laterBy(NOW, 1)],
    ['14 hours and a second ago', laterBy(NOW, -LEAD), NOW],
    ['a year ago', 20251124120000, NOW],
    ['never', undefined, NOW],
  ])(
    'has a timestamp 14 hours and a second after the index that users have read: %s',
    (_when, lastSeen, timestamp) => {
      const planned = plan(ADD, { lastSeen });
      expect(planned).toMatchObject({ timestamp, problems: [] });
      expect(planned.payloads).toMatchObject([{ storedPath: `macros/New.ijm-${timestamp}` }]);
      // The whole publication has one timestamp.
      expect(plan({ ...ADD, 'jars/lib-1.0.jar': NEW }, { lastSeen }).timestamp).toBe(timestamp);
    },
  );

  test('includes a file whose record does not have any version', () => {
    expect(plan({ 'macros/Empty.ijm': NEW }, { lastSeen: NOW }).timestamp).toBe(laterBy(NOW, LEAD));
  });
});

test.each(NOTHING_NEW)('a publication has the current time as its timestamp if %s', (_what, paths, more) => {
  for (const lastSeen of [laterBy(NOW, 600), NOW, 20250101000000, undefined])
    expect(plan(paths, { ...more, lastSeen })).toMatchObject({ timestamp: NOW, notices: [] });
});

test('a timestamp is later than all earlier ones of its files, even if they are in the future', () => {
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

  test('is used unchanged, with a warning if users have read a later index and would not be offered a file', () => {
    const before = laterBy(NOW, -1);
    expect(plan(ADD, { isGiven, lastSeen: laterBy(NOW, 1) })).toMatchObject({
      timestamp: NOW,
      notices: [],
      problems: [{ severity: 'warning', code: 'timestamp-before-site', path: 'macros/New.ijm' }],
    });
    for (const lastSeen of [NOW, before, undefined])
      expect(plan(ADD, { isGiven, lastSeen })).toMatchObject({ timestamp: NOW, problems: [] });
  });

  test.each(NOTHING_NEW)('does not cause a warning if %s', (_what, paths, more) => {
    const lastSeen = laterBy(NOW, HOUR);
    expect(plan(paths, { ...more, isGiven, lastSeen })).toMatchObject({ timestamp: NOW, problems: [] });
  });

  test('is replaced if it is not later than the versions of the file', () => {
    expect(plan({ 'jars/lib-1.0.jar': NEW }, { isGiven, now: 20200101000000, clock: NOW })).toMatchObject({
      timestamp: 20260101000001,
      notices: [
        'The timestamp of this publication is 2026-01-01 00:00:01 UTC instead of 2020-01-01 00:00:00 UTC, because every version must be later than the previous one.',
      ],
    });
  });

  test('is mentioned if it is in the future', () => {
    const ahead = { isGiven, now: laterBy(NOW, 2 * HOUR), clock: NOW };
    expect(plan(ADD, ahead).notices).toEqual([
      'The timestamp of this publication is 2026-11-24 14:00:00 UTC, 2 hours ahead, as given by "timestamp" (--timestamp).',
    ]);
  });

  test('names only a few files in a message', () => {
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`macros/N${at}.ijm`, NEW]));
    expect(plan(many, { isGiven, lastSeen: laterBy(NOW, 1) }).problems[0]?.message).toMatch(
      /N0\.ijm, .*N4\.ijm and 3 more files\.$/,
    );
  });
});

test('refuses a file whose timestamp cannot be exceeded', () => {
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

test('counts timestamps up after the last second of the year 9999', () => {
  const index = indexOf(`<plugin filename="macros/Last.ijm">${version(99991231235959)}</plugin>`);
  const { timestamp, notices } = plan({ 'macros/Last.ijm': NEW }, { index, lastSeen: 99991231235959 });
  expect(timestamp).toBe(99991231235960);
  expect(notices).toEqual([
    'The timestamp of this publication is 99991231235960, which is not a date, because every version must be later than the previous one.',
  ]);
  expect(laterBy(99991231235959, LEAD)).toBe(99991231235959 + LEAD);
});

test('a timestamp that cannot be exceeded is explained', () => {
  const files = Array.from({ length: 7 }, (_, at) => `macros/L${at}.ijm`);
  const index = indexOf(
    files.map((file) => `<plugin filename="${file}">${version(Number.MAX_SAFE_INTEGER)}</plugin>`).join(''),
  );
  const { problems } = plan(Object.fromEntries(files.map((file) => [file, NEW])), { index });
  expect(problems).toEqual([
    {
      severity: 'error',
      code: 'timestamp-too-late',
      path: 'macros/L0.ijm',
      message:
        'An index contains versions of macros/L0.ijm, macros/L1.ijm, macros/L2.ijm, macros/L3.ijm, macros/L4.ijm and 2 more files with a timestamp that is not a date, so a later one cannot be written.',
      hint: 'Leave the file out, or publish it under another name. The index belongs to this site or to an upstream site, and its maintainers must correct it.',
    },
  ]);
});

test('only the files with the timestamp that cannot be exceeded are named', () => {
  const index = indexOf(
    `<plugin filename="macros/A.ijm">${version(20200101000000)}</plugin>` +
      `<plugin filename="macros/Last.ijm">${version(Number.MAX_SAFE_INTEGER)}</plugin>`,
  );
  const { problems } = plan({ 'macros/A.ijm': NEW, 'macros/Last.ijm': NEW }, { index });
  expect(problems).toMatchObject([
    {
      path: 'macros/Last.ijm',
      message: expect.stringContaining('versions of macros/Last.ijm with') as string,
    },
  ]);
});

test('a given timestamp before that of the site is explained', () => {
  const lastSeen = laterBy(NOW, 3600);
  const messageFor = (count: number) => {
    const files = Array.from({ length: count }, (_, at) => [`macros/N${at}.ijm`, NEW]);
    return plan(Object.fromEntries(files) as Record<string, string>, { isGiven: true, lastSeen }).problems;
  };
  expect(messageFor(1)).toEqual([
    {
      severity: 'warning',
      code: 'timestamp-before-site',
      path: 'macros/N0.ijm',
      message:
        'The timestamp 2026-11-24 12:00:00 UTC is earlier than the index that users may have read (2026-11-24 13:00:00 UTC). ImageJ does not offer these users macros/N0.ijm.',
      hint: 'Omit "timestamp" (--timestamp). The publication then gets a timestamp that is late enough for all users.',
    },
  ]);
  expect(messageFor(5)[0]?.message).toMatch(/N3\.ijm, macros\/N4\.ijm\.$/);
  expect(messageFor(6)[0]?.message).toMatch(/N4\.ijm and 1 more file\.$/);
});

describe('a timestamp that earlier states of the site have used', () => {
  const used = new Set([20261124120000, 20261125030001, 20261125030002, 20261125030004]);

  test('is skipped, with the same reason as after a version in the future', () => {
    const planned = plan({ 'macros/Ahead.ijm': NEW }, { used });
    expect(planned).toMatchObject({ timestamp: 20261125030003, problems: [] });
    expect(planned.payloads).toMatchObject([{ storedPath: 'macros/Ahead.ijm-20261125030003' }]);
    expect(planned.notices).toEqual([
      'The timestamp of this publication is 2026-11-25 03:00:03 UTC, 15 hours ahead, because every version must be later than the previous one.',
    ]);
  });

  test('is skipped if it is that of the clock or of the user', () => {
    expect(plan(ADD, { used }).timestamp).toBe(20261124120001);
    const given = plan(ADD, { used, isGiven: true });
    expect(given).toMatchObject({ timestamp: 20261124120001, problems: [] });
    expect(given.notices).toEqual([
      'The timestamp of this publication is 2026-11-24 12:00:01 UTC instead of 2026-11-24 12:00:00 UTC, because every version must be later than the previous one.',
    ]);
  });

  test('does not matter if another one is chosen', () => {
    expect(plan({ 'macros/Ahead.ijm': NEW }, { used: new Set([20261125030002]) }).timestamp).toBe(
      20261125030001,
    );
  });
});

describe('a timestamp in the future is explained', () => {
  test.each<[number, string]>([
    [0, '2026-11-25 02:00:01 UTC, 14 hours ahead'],
    [-12.5 * HOUR, '2026-11-24 13:30:01 UTC, 2 hours ahead'],
    [-13 * HOUR, '2026-11-24 13:00:01 UTC, 60 minutes ahead'],
    [-14 * HOUR + 59, '2026-11-24 12:01:00 UTC, 60 seconds ahead'],
    [-14 * HOUR, '2026-11-24 12:00:01 UTC, 1 second ahead'],
  ])('when users have read the index %d seconds from now', (seconds, words) => {
    expect(plan(ADD, { lastSeen: laterBy(NOW, seconds) }).notices).toEqual([
      `The timestamp of this publication is ${words}, so that ImageJ offers its new files to users in every time zone.`,
    ]);
  });

  test('with another reason if the previous version is in the future', () => {
    expect(plan({ 'macros/Ahead.ijm': NEW }).notices).toEqual([
      'The timestamp of this publication is 2026-11-25 03:00:01 UTC, 15 hours ahead, because every version must be later than the previous one.',
    ]);
  });

  test('but not if nothing is published', () => {
    expect(plan({ 'jars/lib-1.0.jar': OLD }, { lastSeen: NOW }).notices).toEqual([]);
  });
});
