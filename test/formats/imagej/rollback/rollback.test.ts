import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { NO_METADATA, type ImageJChange, type ImageJPlan } from '../../../../src/formats/imagej/change.js';
import { unversionedPath } from '../../../../src/formats/imagej/file-name.js';
import { EMPTY_INDEX, type SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import { renderCheckedIndexXml } from '../../../../src/formats/imagej/index/write.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { applyPlan } from '../../../../src/formats/imagej/plan/apply.js';
import { publicationsOf, stateAfter } from '../../../../src/formats/imagej/rollback/moments.js';
import { ROLLBACK } from '../../../../src/formats/imagej/rollback/rollback.js';
import { imagejIndex } from '../../../support/imagej-site.js';

/** What a site offers: the content of each file. */
type State = Readonly<Record<string, string>>;

const FIRST = 20260101000000;
const stampOf = (at: number) => FIRST + at * 1_000_000;
const NOW = 20260601000000;
const MOMENT = { now: NOW, isGiven: false, clock: NOW, lastSeen: undefined };
const sumOf = (content: string) => createHash('sha1').update(content).digest('hex');

/** Publishes states one after the other. */
function publishAll(states: readonly State[]): { index: SiteIndex; indexes: readonly SiteIndex[] } {
  const indexes: SiteIndex[] = [];
  let index = EMPTY_INDEX;
  states.forEach((state, at) => {
    index = applyPlan(index, planFor(index, state, stampOf(at)));
    indexes.push(index);
  });
  return { index, indexes };
}

function planFor(index: SiteIndex, state: State, timestamp: number): ImageJPlan {
  const offered = offeredIn(index);
  const changes = [...new Set([...Object.keys(offered), ...Object.keys(state)])].flatMap(
    (path): ImageJChange[] => {
      const [before, after] = [offered[path], state[path]];
      if (before === (after && sumOf(after))) return [];
      const isKnown = index.records.some(({ filename }) => filename === path);
      const kind =
        after === undefined ? 'remove' : before !== undefined ? 'update' : isKnown ? 'revive' : 'add';
      return [
        {
          kind,
          path,
          reason: '',
          component: unversionedPath(path),
          placement: { executable: false, platforms: [] },
          metadata: NO_METADATA,
          coordinate: undefined,
          inherits: [],
          ...(after === undefined ? {} : { checksum: sumOf(after), size: after.length }),
        },
      ];
    },
  );
  return {
    timestamp,
    changes,
    unchanged: 0,
    skipped: [],
    payloads: [],
    problems: [],
    artifacts: [],
    missing: new Set(),
  };
}

/** Returns the checksum of each file that an index offers. */
function offeredIn({ records }: SiteIndex): Record<string, string> {
  return Object.fromEntries(
    records.flatMap(({ filename, current }) => (current ? [[filename, current.checksum]] : [])),
  );
}

function checksumsOf(state: State): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([path, content]) => [path, sumOf(content)]));
}

/** Every version that users may still have, as `checksum timestamp`. */
function versionsIn({ records }: SiteIndex): readonly string[] {
  return records.flatMap(({ current, previous }) =>
    [...(current ? [current] : []), ...previous].map(({ checksum, timestamp }) => `${checksum} ${timestamp}`),
  );
}

function goBack(now: SiteIndex, then: SiteIndex, isExact: boolean) {
  const plan = ROLLBACK.plan({ now, then, isExact, moment: MOMENT, siteUrl: undefined });
  const contents = new Map(
    plan.needed.map(({ storedPath, checksums: [checksum = ''] }) => [
      String(storedPath),
      { checksum, size: 1 },
    ]),
  );
  return { plan, after: ROLLBACK.apply(now, then, plan.timestamp, contents) };
}

const states = fc.array(
  fc.dictionary(
    fc.constantFrom('macros/a.ijm', 'macros/b.ijm', 'jars/c.jar'),
    fc.constantFrom('x', 'yy', 'zzz'),
    { maxKeys: 3 },
  ),
  { minLength: 1, maxLength: 6 },
);

test('a later index tells what was offered after each publication', () => {
  fc.assert(
    fc.property(states, (all) => {
      const { index } = publishAll(all);
      all.forEach((state, at) => {
        expect(offeredIn(stateAfter(index, stampOf(at)))).toEqual(checksumsOf(state));
      });
      expect(offeredIn(stateAfter(index, FIRST - 1))).toEqual({});
    }),
  );
});

test.each([
  ['as the history has it', true],
  ['as a later index tells it', false],
])('going back offers the state of then, %s, and loses no version', (_, isExact) => {
  fc.assert(
    fc.property(states, (all) => {
      const { index, indexes } = publishAll(all);
      all.forEach((state, at) => {
        const then = isExact ? indexes[at] : stateAfter(index, stampOf(at));
        const { plan, after } = goBack(index, then ?? EMPTY_INDEX, isExact);
        expect(offeredIn(after)).toEqual(checksumsOf(state));
        expect(versionsIn(after)).toEqual(expect.arrayContaining([...versionsIn(index)]));
        // What is stored again has a timestamp that no version has had.
        for (const { current } of after.records)
          if (current && !versionsIn(index).includes(`${current.checksum} ${current.timestamp}`))
            expect(current.timestamp).toBe(plan.timestamp);
        expect(offeredIn(parseIndexXml(Buffer.from(renderCheckedIndexXml(after))))).toEqual(offeredIn(after));
        // The rollback can be undone in the same way.
        const undone = goBack(after, index, true).after;
        expect(offeredIn(undone)).toEqual(offeredIn(index));
      });
    }),
  );
});

test('the publications are those of all versions, newest first', () => {
  const { index } = publishAll([{ 'macros/a.ijm': 'x' }, { 'macros/a.ijm': 'yy' }, {}]);
  expect(publicationsOf(index)).toEqual([stampOf(2), stampOf(1), stampOf(0)]);
});

test('going back to the state of now needs nothing', () => {
  const { index } = publishAll([{ 'macros/a.ijm': 'x' }, { 'macros/a.ijm': 'yy' }]);
  const { plan, after } = goBack(index, index, true);
  expect(plan).toMatchObject({ needed: [], notices: [], problems: [] });
  expect(renderCheckedIndexXml(after)).toBe(renderCheckedIndexXml(index));
});

test('users learn what changes back, what is removed and what does not come back by itself', () => {
  const { index } = publishAll([
    { 'macros/a.ijm': 'x', 'macros/b.ijm': 'x' },
    { 'macros/a.ijm': 'yy', 'jars/c.jar': 'x' },
  ]);
  const { plan } = goBack(index, stateAfter(index, FIRST), false);
  expect(plan.notices).toEqual([
    'For users who are up to date: 1 file changes back, 1 file is removed.',
    '1 file comes back, but not by itself where the updater has removed it: these users must choose it in the updater.',
    'Earlier descriptions, authors and dependencies are not known here: files that change back keep their current ones, and files that come back have none.',
  ]);
  expect(plan.needed.map(({ from, storedPath }) => [from, storedPath])).toEqual([
    [`macros/a.ijm-${FIRST}`, `macros/a.ijm-${NOW}`],
    [`macros/b.ijm-${FIRST}`, `macros/b.ijm-${NOW}`],
  ]);
});

describe('a file that comes back', () => {
  const BY_HAND = (files: string) =>
    `${files} back, but not by itself where the updater has removed it: these users must choose it in the updater.`;
  const TOOL = { 'plugins/tool.jar': { needs: ['jars/lib.jar'] } };
  const [LIB, DEEP] = [{ 'jars/lib.jar': { needs: ['jars/deep.jar'] } }, { 'jars/deep.jar': {} }];
  const gone = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, { obsolete: true }]));
  const noticesOf = (now: Parameters<typeof imagejIndex>[0], then: Parameters<typeof imagejIndex>[0]) =>
    goBack(imagejIndex(now), imagejIndex(then), true).plan.notices;

  test.each([
    ['is unchanged', {}],
    ['changes back', { 'plugins/tool.jar': { checksum: 'b'.repeat(40) } }],
  ])('is installed again by the updater if a file that users have needs it, and that one %s', (_, now) => {
    expect(
      noticesOf({ ...TOOL, ...now, ...gone('jars/lib.jar', 'jars/deep.jar') }, { ...TOOL, ...LIB, ...DEEP }),
    ).toEqual([
      `For users who are up to date: ${'plugins/tool.jar' in now ? '1 file changes back, ' : ''}2 needed files come back.`,
    ]);
  });

  test('must be chosen if the file that needs it comes back too', () => {
    const all = { ...TOOL, ...LIB, ...DEEP };
    expect(noticesOf(gone(...Object.keys(all)), all)).toEqual([BY_HAND('3 files come')]);
  });

  test('must be chosen if only a file that is removed needs it', () => {
    const other = { 'plugins/new.jar': { needs: ['jars/deep.jar'] } };
    expect(noticesOf({ ...other, ...gone('jars/deep.jar') }, DEEP)).toEqual([
      'For users who are up to date: 1 file is removed.',
      BY_HAND('1 file comes'),
    ]);
  });

  test('must be chosen if the dependency is an overridden one', () => {
    const tool = { 'plugins/tool.jar': { overrides: ['jars/deep.jar'] } };
    expect(noticesOf({ ...tool, ...gone('jars/deep.jar') }, { ...tool, ...DEEP })).toEqual([
      BY_HAND('1 file comes'),
    ]);
  });

  test.each([
    ['on all platforms if the one that needs it is not there', ['win64'], [], false],
    ['on another platform', ['win64'], ['linux64', 'win64'], false],
    ['on the platforms of the one that needs it', ['win64', 'linux64'], ['win64'], true],
    ['on one platform of all', [], ['win64'], true],
  ])('counts %s', (_, needing, needed, isByItself) => {
    const tool = { 'plugins/tool.jar': { needs: ['jars/deep.jar'], platforms: needing } };
    const then = { ...tool, 'jars/deep.jar': { platforms: needed } };
    expect(noticesOf({ ...tool, ...gone('jars/deep.jar') }, then)).toEqual([
      isByItself ? 'For users who are up to date: 1 needed file comes back.' : BY_HAND('1 file comes'),
    ]);
  });

  test('is found in a circle of dependencies', () => {
    const now = { ...TOOL, ...gone('jars/lib.jar', 'jars/deep.jar') };
    const then = { ...TOOL, ...LIB, 'jars/deep.jar': { needs: ['jars/lib-1.0.jar', 'jars/deep.jar'] } };
    expect(noticesOf(now, then)).toEqual(['For users who are up to date: 2 needed files come back.']);
  });
});

const withNeeds = (timestamp: number, description: string) =>
  parseIndexXml(
    Buffer.from(
      `<pluginRecords><plugin filename="plugins/a.jar"><version checksum="${sumOf(String(timestamp))}" timestamp="${timestamp}" filesize="1"><description>${description}</description><dependency filename="jars/b.jar" timestamp="${timestamp}"/></version></plugin><plugin filename="jars/b.jar"><version checksum="${sumOf('b')}" timestamp="${stampOf(1)}" filesize="1"/></plugin></pluginRecords>`,
    ),
  );

test('metadata of then come back, with the timestamps that dependencies have now', () => {
  const [then, now] = [withNeeds(stampOf(0), 'Then'), withNeeds(stampOf(2), 'Now')];
  const { plan, after } = goBack(now, then, true);
  expect(plan.needed).toHaveLength(1);
  expect(after.records[0]?.current).toMatchObject({
    description: { text: 'Then' },
    timestamp: NOW,
    dependencies: [{ filename: 'jars/b.jar', timestamp: stampOf(1) }],
  });
});

test('metadata that changed alone come back without a new version', () => {
  const [then, now] = [withNeeds(stampOf(0), 'Then'), withNeeds(stampOf(0), 'Now')];
  const { plan, after } = goBack(now, then, true);
  expect(plan.needed).toEqual([]);
  expect(after.records[0]?.current).toMatchObject({ description: { text: 'Then' }, timestamp: stampOf(0) });
});

const [A1, A2] = [sumOf('a1'), sumOf('a2')];
const previousA = (checksum: string, at: number, until: number) =>
  `<previous-version timestamp="${at}" timestamp-obsolete="${until}" checksum="${checksum}" filename="macros/a.ijm"/>`;
const parse = (text: string) => parseIndexXml(Buffer.from(text));
/** The records of an index, without indentation. */
const recordsOf = (index: SiteIndex) =>
  renderCheckedIndexXml(index)
    .replace(/^[^]*\]>\n/, '')
    .replace(/\n */g, '');

test('unknown attributes and elements of both moments are kept, and those of then count', () => {
  const then = parse(
    `<pluginRecords xmlns:q="urn:q" id="1"><plugin filename="macros/a.ijm" coordinate="org.lab:a" q:lost="1"><version checksum="${A1}" timestamp="${FIRST}" filesize="2" build="7"><description q:lang="en">Then</description><both/><q:then/></version><mark/></plugin></pluginRecords>`,
  );
  const now = parse(
    `<pluginRecords id="2"><plugin filename="macros/a.ijm" coordinate="org.other:a" later="1"><version checksum="${A2}" timestamp="${stampOf(1)}" filesize="2" build="8"><description>Now</description><both/><now/></version>${previousA(A1, FIRST, stampOf(1))}</plugin></pluginRecords>`,
  );
  expect(recordsOf(goBack(now, then, true).after)).toBe(
    `<pluginRecords id="2" xmlns:q="urn:q"><plugin filename="macros/a.ijm" coordinate="org.lab:a" later="1" q:lost="1"><version checksum="${A1}" timestamp="${NOW}" filesize="1" build="7"><description q:lang="en">Then</description><both/><q:then/></version><mark/>` +
      `${previousA(A1, FIRST, stampOf(1))}<previous-version timestamp="${stampOf(1)}" timestamp-obsolete="${NOW}" checksum="${A2}" filename="macros/a.ijm" build="8"><now/></previous-version></plugin></pluginRecords>`,
  );
});

test('unknown attributes and elements are kept if only metadata changes', () => {
  const at = (attributes: string, version: string, elements: string) =>
    parse(
      `<pluginRecords><plugin filename="macros/a.ijm"${attributes}><version checksum="${A1}" timestamp="${FIRST}" filesize="2"${version}>${elements}</version></plugin></pluginRecords>`,
    );
  const then = at(' x="then" y="1"', ' v="then"', '<author>Then</author><odd/><then/>');
  const now = at(' z="1" x="now"', ' v="now" w="1"', '<author>Now</author><odd/><now/>');
  expect(recordsOf(goBack(now, then, true).after)).toBe(
    recordsOf(at(' z="1" x="then" y="1"', ' v="then" w="1"', '<author>Then</author><odd/><now/><then/>')),
  );
});

test('what a later index tells keeps the attributes of a version, and the unknown elements of now', () => {
  const now = parse(
    `<pluginRecords><plugin filename="macros/a.ijm"><version checksum="${A2}" timestamp="${stampOf(1)}" filesize="2" build="8" xmlns:q="urn:q"><description q:lang="en">Now</description><odd/></version><previous-version timestamp="${FIRST}" timestamp-obsolete="${stampOf(1)}" checksum="${A1}" filename="macros/a.ijm" build="7"/></plugin></pluginRecords>`,
  );
  const { after } = goBack(now, stateAfter(now, FIRST), false);
  expect(recordsOf(after)).toContain(
    `<version checksum="${A1}" timestamp="${NOW}" filesize="1" build="7" xmlns:q="urn:q"><description q:lang="en">Now</description><odd/></version>`,
  );
});

test('versions that the index has lost come back, and the new timestamp is later than theirs', () => {
  const late = stampOf(3);
  const then = parse(
    `<pluginRecords><plugin filename="macros/a.ijm"><version checksum="${A2}" timestamp="${NOW + 5}" filesize="2"/>${previousA(A1, late, NOW + 5)}</plugin></pluginRecords>`,
  );
  const { plan, after } = goBack(EMPTY_INDEX, then, true);
  expect(plan.timestamp).toBe(NOW + 6);
  expect(recordsOf(after)).toBe(
    `<pluginRecords><plugin filename="macros/a.ijm"><version checksum="${A2}" timestamp="${NOW + 6}" filesize="1"/>${previousA(A1, late, NOW + 5)}${previousA(A2, NOW + 5, 0)}</plugin></pluginRecords>`,
  );
});

test('going back twice changes nothing the second time, also with dependencies', () => {
  const at = (a: string, b: string, timestamp: number, previous: string) =>
    parse(
      `<pluginRecords><plugin filename="macros/a.ijm"><version checksum="${sumOf(a)}" timestamp="${timestamp}" filesize="1"/>${previous}</plugin><plugin filename="plugins/b.jar"><version checksum="${sumOf(b)}" timestamp="${timestamp}" filesize="1"><dependency filename="macros/a.ijm" timestamp="${timestamp}"/></version></plugin></pluginRecords>`,
    );
  const then = at('a1', 'b1', FIRST, '');
  const once = goBack(at('a2', 'b2', stampOf(1), previousA(A1, FIRST, stampOf(1))), then, true).after;
  expect(recordsOf(once)).toContain(`<dependency filename="macros/a.ijm" timestamp="${NOW}"/>`);
  expect(recordsOf(goBack(once, then, true).after)).toBe(recordsOf(once));
});

test('a dependency that comes back alone has the timestamp that its file has now', () => {
  const at = (needs: string) =>
    parse(
      `<pluginRecords><plugin filename="jars/a.jar"><version checksum="${A1}" timestamp="${stampOf(2)}" filesize="1"/></plugin><plugin filename="plugins/b.jar"><version checksum="${A2}" timestamp="${FIRST}" filesize="1">${needs}</version></plugin></pluginRecords>`,
    );
  const then = at(`<dependency filename="jars/a.jar" timestamp="${FIRST}"/>`);
  expect(goBack(at(''), then, true).after.records[1]?.current?.dependencies).toMatchObject([
    { filename: 'jars/a.jar', timestamp: stampOf(2) },
  ]);
});

test('a renamed jar gets its earlier name back, and users keep the content', () => {
  const at = (version: string, timestamp: number, previous: string) =>
    parse(
      `<pluginRecords><plugin filename="jars/tool-${version}.jar" executable="true"><platform>linux64</platform><category>c</category><version checksum="${A1}" timestamp="${timestamp}" filesize="1"/>${previous}</plugin></pluginRecords>`,
    );
  const previous = `<previous-version timestamp="${FIRST}" timestamp-obsolete="0" checksum="${A1}" filename="jars/tool-1.0.jar"/>`;
  const { plan, after } = goBack(at('1.1', stampOf(1), previous), at('1.0', FIRST, ''), true);
  expect(plan.needed).toMatchObject([
    { from: `jars/tool-1.0.jar-${FIRST}`, storedPath: `jars/tool-1.0.jar-${NOW}` },
  ]);
  expect(recordsOf(after)).toBe(
    recordsOf(
      at(
        '1.0',
        NOW,
        `${previous}<previous-version timestamp="${stampOf(1)}" timestamp-obsolete="0" checksum="${A1}" filename="jars/tool-1.1.jar"/>`,
      ),
    ),
  );
});

test('executables and platforms of then come back, and a name that cannot be stored is refused', () => {
  const at = (name: string, checksum: string, record: string) =>
    parse(
      `<pluginRecords><plugin filename="${name}"${record}<version checksum="${checksum}" timestamp="${FIRST}" filesize="1"/></plugin></pluginRecords>`,
    );
  const then = at('macros/a.ijm', A1, ' executable="true"><platform>win64</platform>');
  expect(recordsOf(goBack(at('macros/a.ijm', A1, '>'), then, true).after)).toBe(recordsOf(then));
  const { plan } = goBack(EMPTY_INDEX, at('../a.ijm', A1, '>'), true);
  expect(plan.problems).toMatchObject([{ severity: 'error', code: 'bad-path', path: '../a.ijm' }]);
  expect(plan.needed).toEqual([]);
});

describe('versions that the index has lost, and that then listed, are listed again', () => {
  const file = (inside: string, name = 'macros/a.ijm') => `<plugin filename="${name}">${inside}</plugin>`;
  const current = (checksum: string, at: number) =>
    `<version checksum="${checksum}" timestamp="${at}" filesize="1"/>`;
  const site = (...records: string[]) => parse(`<pluginRecords>${records.join('')}</pluginRecords>`);
  const OTHER = file(current(A1, FIRST), 'macros/b.ijm');

  test.each([
    [
      'of a file with the same content',
      file(current(A1, FIRST)),
      file(current(A1, FIRST) + previousA(A2, 5, FIRST)),
      file(current(A1, FIRST) + previousA(A2, 5, FIRST)),
    ],
    [
      'with the same content and another timestamp',
      file(current(A1, FIRST)),
      file(current(A1, stampOf(1)) + previousA(A1, FIRST, stampOf(1))),
      file(current(A1, FIRST) + previousA(A1, stampOf(1), 0)),
    ],
    [
      'of an obsolete file',
      file(previousA(A1, 5, FIRST)),
      file(previousA(A2, 3, 5)),
      file(previousA(A1, 5, FIRST) + previousA(A2, 3, 5)),
    ],
    ['of an obsolete file without a record', '', file(previousA(A2, 3, 5)), file(previousA(A2, 3, 5))],
  ])('%s', (_, now, then, expected) => {
    const { plan, after } = goBack(site(OTHER, now), site(then, OTHER), true);
    expect(plan.needed).toEqual([]);
    expect(recordsOf(after)).toBe(recordsOf(site(OTHER, expected)));
  });
});
