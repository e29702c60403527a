import type { Change } from '../../src/model/change.js';
import { emptyOutcome, type Outcome } from '../../src/model/outcome.js';
import type { Problem } from '../../src/model/problem.js';
import { subjectOf, verdictOf } from '../../src/report/verdict.js';

const outcome = (more: Partial<Outcome>): Outcome => ({
  ...emptyOutcome('imagej', 'publication', 'folder site'),
  ...more,
});
const change = (path: string, subject?: string): Change => ({
  kind: 'update',
  path,
  reason: 'r',
  ...(subject === undefined
    ? {}
    : {
        details: {
          subject,
          versionBefore: undefined,
          versionAfter: undefined,
          sizeBefore: undefined,
          platforms: [],
          fields: [],
          dependents: [],
        },
      }),
});
const BASE = change('same', 'x');
const SAME: Change = {
  ...BASE,
  ...(BASE.details ? { details: { ...BASE.details, isSameForUsers: true } } : {}),
};
const ERROR: Problem = { severity: 'error', code: 'usage', message: 'm' };
const WARNING: Problem = { severity: 'warning', code: 'no-pom', message: 'm' };
const CHANGED = { changed: true, changes: [change('a'), change('b')], publishedBytes: 3_400_000 };

describe('the text of a verdict', () => {
  test.each<[string, Partial<Outcome>]>([
    ['no changes', {}],
    ['no changes', { kind: 'preview' }],
    ['no differences', { kind: 'comparison' }],
    ['already exists', { isMove: true }],
    ['already exists', { isSetUp: true }],
    ['2 files changed, users download 3.4 MB', CHANGED],
    ['2 files change, users download 3.4 MB', { ...CHANGED, kind: 'preview' }],
    ['2 files differ', { ...CHANGED, kind: 'comparison', publishedBytes: 0 }],
    ['1 file changes', { changed: true, kind: 'preview', changes: [change('a')] }],
    ['1 file differs', { changed: true, kind: 'comparison', changes: [change('a')] }],
    [
      '1 plugin changed',
      { changed: true, format: 'jetbrains', changes: [change('a', 'org.a'), change('b', 'org.a')] },
    ],
    ['no differences for users', { changed: true, kind: 'comparison', changes: [SAME] }],
    ['1 file differs', { changed: true, kind: 'comparison', changes: [SAME, change('a')] }],
    ['1 missing payload stored again', { changed: true, restored: ['a'] }],
    ['1 missing payload stored again', { changed: true, kind: 'preview', restored: ['a'] }],
    ['a site that offers 0 files imported', { changed: true, isMove: true }],
    ['an empty site would be set up', { changed: true, isSetUp: true, kind: 'preview' }],
    ['the publication may be incomplete', { isUncertain: true, refusal: 'errors' }],
    ['not published, 2 problems to fix', { refusal: 'errors', problems: [ERROR, ERROR, WARNING] }],
    ['not imported, 1 problem to fix', { refusal: 'errors', problems: [ERROR], isMove: true }],
    [
      '1 problem to fix before this can be published',
      { refusal: 'errors', problems: [ERROR], kind: 'preview', changes: [change('a')] },
    ],
    [
      '1 warning to fix before this can be set up',
      { refusal: 'warnings', problems: [WARNING], kind: 'preview', isSetUp: true },
    ],
  ])('is %j', (text, more) => {
    expect(verdictOf(outcome(more)).text).toBe(text);
  });
});

describe('the level of a verdict', () => {
  const row = {
    plugin: 'a',
    ides: '2024.2',
    systems: [],
    before: { versions: [], isPartial: false },
    after: { versions: [], isPartial: false },
  };
  test.each<[string, Partial<Outcome>]>([
    ['ok', CHANGED],
    ['warning', { ...CHANGED, problems: [WARNING] }],
    ['warning', { refusal: 'warnings', problems: [WARNING] }],
    ['ok', { offers: { rows: [row], more: 0 } }],
    ['warning', { offers: { rows: [row, { ...row, loss: 'narrower' }], more: 0 } }],
    ['error', { refusal: 'errors', problems: [ERROR] }],
    ['error', { problems: [WARNING, ERROR] }],
    ['error', { isUncertain: true }],
  ])('is %j for %j', (level, more) => {
    expect(verdictOf(outcome(more)).level).toBe(level);
  });
});

test('the subject is the kind of the site, with its name', () => {
  expect(subjectOf(outcome({}))).toBe('Update site');
  expect(subjectOf(outcome({ siteName: 'Cells', format: 'jetbrains' }))).toBe('Plugin repository Cells');
});
