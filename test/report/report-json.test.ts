import fc from 'fast-check';
import { FIELDS } from '../../src/model/change-details.js';
import { CHANGE_KINDS } from '../../src/model/change.js';
import { FORMAT_NAMES } from '../../src/model/format-name.js';
import { OFFER_LOSSES } from '../../src/model/offer-table.js';
import { emptyOutcome, OUTCOME_KINDS, REFUSALS, type Outcome } from '../../src/model/outcome.js';
import type { Problem } from '../../src/model/problem.js';
import { UserError } from '../../src/model/user-error.js';
import { MAX_REPORT_BYTES, parseReport, renderReportFile, reportOf } from '../../src/report/report-json.js';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const number = fc.nat();
const details = fc.record({
  subject: maybe(text),
  versionBefore: maybe(text),
  versionAfter: maybe(text),
  sizeBefore: maybe(number),
  platforms: fc.array(text),
  fields: fc.array(fc.record({ field: fc.constantFrom(...FIELDS), before: maybe(text), after: maybe(text) })),
  dependents: fc.array(text),
});
const change = fc.record(
  {
    kind: fc.constantFrom(...CHANGE_KINDS),
    path: text,
    reason: text,
    previousPath: text,
    checksum: text,
    size: number,
    details,
  },
  { requiredKeys: ['kind', 'path', 'reason'] },
);
const texts = { message: text, path: text, hint: text };
const required: { requiredKeys: ['severity', 'code', 'message'] } = {
  requiredKeys: ['severity', 'code', 'message'],
};
const problem: fc.Arbitrary<Problem> = fc.oneof(
  fc.record(
    { severity: fc.constant('error'), code: fc.constantFrom('usage', 'missing-dependency'), ...texts },
    required,
  ),
  fc.record(
    { severity: fc.constant('warning'), code: fc.constantFrom('no-pom', 'missing-dependency'), ...texts },
    required,
  ),
);
const offered = fc.record({ versions: fc.array(text), isPartial: fc.boolean() });
const offers = fc.record({
  rows: fc.array(
    fc.record({
      plugin: text,
      ides: text,
      systems: fc.array(text),
      before: offered,
      after: offered,
      loss: maybe(fc.constantFrom(...OFFER_LOSSES)),
    }),
  ),
  more: number,
});
const outcome: fc.Arbitrary<Outcome> = fc.record({
  format: fc.constantFrom(...FORMAT_NAMES),
  changed: fc.boolean(),
  kind: fc.constantFrom(...OUTCOME_KINDS),
  refusal: maybe(fc.constantFrom(...REFUSALS)),
  isSetUp: maybe(fc.boolean()),
  timestamp: maybe(fc.constantFrom(20261120093212, 20000101000000)),
  commit: maybe(text),
  siteUrl: maybe(text),
  siteName: maybe(text),
  siteDescription: maybe(text),
  site: text,
  changes: fc.array(change),
  unchanged: number,
  skipped: fc.array(fc.record({ path: text, site: text })),
  problems: fc.array(problem),
  publishedFiles: fc.array(text),
  publishedBytes: number,
  restored: maybe(fc.array(text)),
  notices: maybe(fc.array(text)),
  siteSize: maybe(fc.record({ bytes: number, unmeasured: number, maxBytes: number })),
  offers: maybe(offers),
  diff: maybe(text),
});

test('reads a written report back unchanged', () => {
  fc.assert(
    fc.property(outcome, (written) => {
      expect(parseReport(renderReportFile(written), 'r.json')).toEqual(written);
    }),
  );
});

test('omits the fields of a format from the changes', () => {
  const [good] = fc.sample(outcome, { numRuns: 1, seed: 1 }) as [Outcome];
  const change = { kind: 'add' as const, path: 'jars/a.jar', reason: 'it is new', component: 'jars/a' };
  const { changes } = JSON.parse(renderReportFile({ ...good, changes: [change] })) as { changes: object[] };
  expect(changes).toEqual([{ kind: 'add', path: 'jars/a.jar', reason: 'it is new' }]);
});

test('reads any text as a report, or refuses it without quoting it', () => {
  const spoiled = fc.tuple(outcome, fc.nat(), fc.jsonValue()).map(([good, at, value]) => {
    const report: Record<string, unknown> = JSON.parse(JSON.stringify(reportOf(good))) as never;
    const names = Object.keys(report);
    return JSON.stringify({ ...report, [names[at % names.length] as string]: value });
  });
  const anything = fc.oneof(fc.string(), fc.json(), spoiled);
  fc.assert(
    fc.property(anything, (input) => {
      try {
        parseReport(input, 'r.json');
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect((error as UserError).message).toMatch(
          /^r\.json is not a valid report: [\w.[\]]+ (?:should be [\w, ]+|is missing)\.$/,
        );
      }
    }),
  );
});

const HINT =
  'Pass the file that "report-file" wrote in the workflow of the pull request. Both workflows must use the same version of the action.';

function errorOf(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('There was no error.');
}

/** Returns the message about a report, without the name of the file. */
function messageAbout(input: string): string {
  const error = errorOf(() => parseReport(input, 'r.json'));
  expect(error).toMatchObject({ code: 'artifact', hint: HINT });
  return error.message.replace('r.json is not a valid report: ', '');
}

const EMPTY_REPORT = {
  version: 1,
  headline: 'Nothing to publish: the site is up to date.',
  format: 'imagej',
  changed: false,
  kind: 'publication',
  refusal: null,
  timestamp: null,
  commit: null,
  siteUrl: null,
  siteName: null,
  siteDescription: null,
  site: 'folder site',
  changes: [],
  unchanged: 0,
  left: [],
  problems: [],
  publishedFiles: [],
  publishedBytes: 0,
  siteSize: null,
  diff: null,
};

test('has the value null for what is unknown', () => {
  const empty = emptyOutcome('imagej', 'publication', 'folder site');
  expect(reportOf(empty)).toStrictEqual(EMPTY_REPORT);
  expect(
    reportOf({
      ...empty,
      refusal: 'errors',
      timestamp: 20261120093212,
      commit: 'c',
      siteUrl: 'u',
      siteName: 'n',
      siteDescription: 'd',
      siteSize: { bytes: 1, unmeasured: 2, maxBytes: 3 },
      diff: '',
      skipped: [{ path: 'a', site: 'b' }],
    }),
  ).toStrictEqual({
    ...EMPTY_REPORT,
    headline: 'Nothing was published: there are errors.',
    refusal: 'errors',
    timestamp: '20261120093212',
    commit: 'c',
    siteUrl: 'u',
    siteName: 'n',
    siteDescription: 'd',
    siteSize: { bytes: 1, unmeasured: 2, maxBytes: 3 },
    diff: '',
    left: [{ path: 'a', site: 'b' }],
  });
  expect(renderReportFile(empty)).toMatch(/^\{\n "version": 1,\n "headline": [^]*\n\}\n$/);
});

test('reads changes and problems without fields that are not known', () => {
  const change = { kind: 'remove', path: 'a', reason: 'r', size: null, details: null };
  const warning = { severity: 'warning', code: 'no-pom', message: 'm' };
  const read = parseReport(
    JSON.stringify({ ...EMPTY_REPORT, changes: [change], problems: [{ ...warning, path: null }], other: 1 }),
    'r',
  );
  expect(read.changes).toStrictEqual([{ kind: 'remove', path: 'a', reason: 'r' }]);
  expect(read.problems).toStrictEqual([warning]);
  expect(read).toEqual({
    ...emptyOutcome('imagej', 'publication', 'folder site'),
    changes: read.changes,
    problems: read.problems,
  });
});

const CHANGE = { kind: 'add', path: 'a', reason: 'r' };
const CHANGE_DETAILS = { platforms: [], fields: [], dependents: [] };
const FIELD_WORDS =
  'description, author, link, category, platform, executable, dependency, range, change-notes, signed';

test.each<[string, object]>([
  ['version should be 1.', { version: 2 }],
  ['version should be 1.', { version: 0 }],
  ['version should be a number.', { version: '1' }],
  ['version is missing.', { version: undefined }],
  ['format should be one of the words imagej, jetbrains.', { format: 'x' }],
  ['format is missing.', { format: undefined }],
  ['changed should be true or false.', { changed: 1 }],
  ['kind should be one of the words publication, preview, comparison.', { kind: 'x' }],
  ['refusal should be one of the words errors, warnings.', { refusal: 'x' }],
  ['isUncertain should be true or false.', { isUncertain: 'x' }],
  ['isSetUp should be true or false.', { isSetUp: 'x' }],
  ['timestamp should be a text.', { timestamp: 20261120093212 }],
  ['timestamp should be a timestamp.', { timestamp: '20261320093212' }],
  ['commit should be a text.', { commit: 1 }],
  ['siteUrl should be a text.', { siteUrl: 1 }],
  ['siteName should be a text.', { siteName: [] }],
  ['siteDescription should be a text.', { siteDescription: {} }],
  ['site should be a text.', { site: null }],
  ['changes should be a list.', { changes: {} }],
  ['changes[1] should be an object.', { changes: [CHANGE, []] }],
  [
    'changes[0].kind should be one of the words add, update, rename, metadata, remove, revive.',
    { changes: [{ ...CHANGE, kind: 'x' }] },
  ],
  ['changes[0].path is missing.', { changes: [{ ...CHANGE, path: undefined }] }],
  ['changes[0].previousPath should be a text.', { changes: [{ ...CHANGE, previousPath: 1 }] }],
  ['changes[0].checksum should be a text.', { changes: [{ ...CHANGE, checksum: 1 }] }],
  ['changes[0].size should be a number.', { changes: [{ ...CHANGE, size: -1 }] }],
  ['changes[0].size should be a number.', { changes: [{ ...CHANGE, size: 0.5 }] }],
  ['changes[0].reason should be a text.', { changes: [{ ...CHANGE, reason: null }] }],
  ['changes[0].details should be an object.', { changes: [{ ...CHANGE, details: 'x' }] }],
  ['changes[0].details.fields is missing.', { changes: [{ ...CHANGE, details: { platforms: [] } }] }],
  [
    `changes[0].details.fields[0].field should be one of the words ${FIELD_WORDS}.`,
    { changes: [{ ...CHANGE, details: { ...CHANGE_DETAILS, fields: [{ field: 'x' }] } }] },
  ],
  [
    'changes[0].details.variant.after should be a text.',
    { changes: [{ ...CHANGE, details: { ...CHANGE_DETAILS, variant: { after: 1 } } }] },
  ],
  ['unchanged should be a number.', { unchanged: '1' }],
  ['left[0].site is missing.', { left: [{ path: 'a' }] }],
  [
    'problems[0].severity should be one of the words error, warning.',
    { problems: [{ severity: 'x', code: 'no-pom', message: 'm' }] },
  ],
  ['problems[0].code is missing.', { problems: [{ severity: 'error', message: 'm' }] }],
  [
    'problems[0] should be a problem of the catalogue.',
    { problems: [{ severity: 'error', code: 'x', message: 'm' }] },
  ],
  ['publishedFiles[0] should be a text.', { publishedFiles: [1] }],
  ['publishedBytes should be a number.', { publishedBytes: 2 ** 53 }],
  ['restored should be a list.', { restored: 'a' }],
  ['broughtUpToDate should be a list.', { broughtUpToDate: 'a' }],
  ['notices should be a list.', { notices: 'a' }],
  ['siteSize.maxBytes is missing.', { siteSize: { bytes: 1, unmeasured: 1 } }],
  ['offers.more is missing.', { offers: { rows: [] } }],
  ['offers.rows[0].plugin is missing.', { offers: { rows: [{}], more: 0 } }],
  ['diff should be a text.', { diff: 1 }],
])('refuses a report because %s', (message, fields) => {
  expect(messageAbout(JSON.stringify({ ...EMPTY_REPORT, ...fields }))).toBe(message);
});

test.each([
  ['', 'it should be JSON.'],
  ['{', 'it should be JSON.'],
  ['[]', 'it should be an object.'],
  ['null', 'it should be an object.'],
  ['{}', 'version is missing.'],
])('refuses %j, which is not a report', (input, message) => {
  expect(messageAbout(input)).toBe(message);
});

test('refuses a problem with an unknown code or a wrong severity', () => {
  const good = fc.sample(outcome, { numRuns: 1, seed: 1 })[0] as Outcome;
  const withProblem = (severity: string, code: string) =>
    JSON.stringify({ ...reportOf(good), problems: [{ severity, code, message: 'm' }] });
  // A maintainer may have set the severity of a warning.
  for (const severity of ['warning', 'error'])
    expect(parseReport(withProblem(severity, 'no-pom'), 'r').problems).toHaveLength(1);
  for (const [severity, code] of [
    ['warning', 'usage'],
    ['error', 'toString'],
    ['error', '![x](https://example.org)'],
  ] as const)
    expect(() => parseReport(withProblem(severity, code), 'r')).toThrow(
      /should be a problem of the catalogue/,
    );
});

test('cuts the diff of a report that is too large, then omits the details of the files', () => {
  const base = parseReport(renderReportFile(fc.sample(outcome, { numRuns: 1, seed: 1 })[0] as Outcome), 'r');
  const details = {
    versionBefore: undefined,
    versionAfter: '1',
    sizeBefore: 1,
    platforms: [],
    dependents: [],
  };
  const changes = Array.from({ length: 20_000 }, (_, at) => ({
    kind: 'update' as const,
    path: `jars/${at}.jar`,
    reason: 'r',
    size: 2,
    details: {
      ...details,
      fields: [{ field: 'description' as const, before: undefined, after: 'd'.repeat(1000) }],
    },
  }));
  const file = renderReportFile({ ...base, diff: 'x'.repeat(2_000_000), changes });
  expect(Buffer.byteLength(file)).toBeLessThanOrEqual(MAX_REPORT_BYTES);
  const read = parseReport(file, 'r');
  expect(read.changes).toHaveLength(20_000);
  expect(read.changes[0]?.details).toEqual({ ...details, fields: [] });
  expect(read.diff).toHaveLength(1024 * 1024);
  const empty = emptyOutcome('imagej', 'publication', 'folder site');
  const tooMany = Array.from({ length: 200_000 }, (_, at) => ({
    kind: 'add' as const,
    path: `${at}`.repeat(20),
    reason: '',
  }));
  expect(errorOf(() => renderReportFile({ ...empty, changes: tooMany }))).toMatchObject({
    code: 'limit',
    message: 'The report is too large for another job: Nothing to publish: the site is up to date.',
    hint: 'The maximum is 16777216 bytes. Publish fewer files at a time, or omit "report-file".',
  });
});

test('keeps a diff of up to 1,048,576 characters, and as many bytes as another job reads', () => {
  const empty = emptyOutcome('imagej', 'publication', 'folder site');
  const ofLength = (length: number) => {
    const text = renderReportFile({ ...empty, diff: 'x'.repeat(length) });
    return parseReport(text, 'r').diff?.length;
  };
  expect([ofLength(1024 * 1024), ofLength(1024 * 1024 + 1)]).toEqual([1024 * 1024, 1024 * 1024]);
  const rest = renderReportFile({ ...empty, publishedFiles: [''] }).length;
  const withFile = (length: number) => renderReportFile({ ...empty, publishedFiles: ['x'.repeat(length)] });
  expect(withFile(MAX_REPORT_BYTES - rest)).toHaveLength(MAX_REPORT_BYTES);
  // Without the names of the payloads, which no output shows.
  expect(JSON.parse(withFile(MAX_REPORT_BYTES - rest + 1))).toEqual(EMPTY_REPORT);
});
