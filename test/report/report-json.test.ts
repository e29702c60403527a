import fc from 'fast-check';
import { FIELDS } from '../../src/model/change-details.js';
import { CHANGE_KINDS } from '../../src/model/change.js';
import { FORMAT_NAMES } from '../../src/model/format-name.js';
import { OFFER_LOSSES } from '../../src/model/offer-table.js';
import { OUTCOME_KINDS, REFUSALS, type Outcome } from '../../src/model/outcome.js';
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
  const tooMany = Array.from({ length: 200_000 }, (_, at) => ({
    kind: 'add' as const,
    path: `${at}`.repeat(20),
    reason: '',
  }));
  expect(() => renderReportFile({ ...base, changes: tooMany })).toThrow(/too large for another job/);
});
