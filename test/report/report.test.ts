import type { Outcome } from '../../src/model/plan.js';
import { UserError } from '../../src/model/user-error.js';
import { failedResult, resultOf } from '../../src/report/json.js';
import { codeSpan, escapeMarkdown, renderSummary } from '../../src/report/markdown.js';
import { createPaint, renderOutcome, renderProblem } from '../../src/report/terminal.js';

const OUTCOME: Outcome = {
  changed: true,
  preview: false,
  timestamp: 20261120093212,
  commit: 'c0ffee',
  siteUrl: 'https://example.org/site/',
  siteName: undefined,
  siteDescription: undefined,
  site: 'branch gh-pages of https://example.org/r',
  changes: [
    {
      kind: 'update',
      path: 'jars/a-1.1.jar',
      previousPath: 'jars/a-1.0.jar',
      checksum: 'ab',
      size: 3400,
      reason: 'its content has changed',
    },
    { kind: 'remove', path: 'macros/Old.ijm', reason: 'its removal was asked for' },
  ],
  unchanged: 5,
  left: [],
  problems: [
    { severity: 'warning', code: 'not-picked-up', path: 'x', message: 'x is odd.', hint: 'Look at it.' },
  ],
  publishedFiles: ['jars/a-1.1.jar-20261120093212'],
  publishedBytes: 3400,
};

test('JSON has the fields of the contract, and no others', () => {
  expect(resultOf(OUTCOME)).toEqual({
    changed: true,
    timestamp: '20261120093212',
    commit: 'c0ffee',
    siteUrl: 'https://example.org/site/',
    changes: [
      { kind: 'update', path: 'jars/a-1.1.jar', previousPath: 'jars/a-1.0.jar', checksum: 'ab', size: 3400 },
      { kind: 'remove', path: 'macros/Old.ijm' },
    ],
    unchanged: 5,
    problems: OUTCOME.problems,
  });
  expect(failedResult(new UserError('index', 'broken', { hint: 'mend it' }))).toEqual({
    changed: false,
    timestamp: null,
    commit: null,
    siteUrl: null,
    changes: [],
    unchanged: 0,
    problems: [{ severity: 'error', code: 'index', message: 'broken', hint: 'mend it' }],
  });
});

test('the terminal shows a change a line, and then a sentence', () => {
  expect(renderOutcome(OUTCOME, createPaint(false)))
    .toBe(`  update   jars/a-1.0.jar -> jars/a-1.1.jar  3.4 kB  its content has changed
  remove   macros/Old.ijm                            its removal was asked for

Published: 1 file updated, 1 file removed; users download 3.4 kB.
5 files on the site already as they are.
Site: branch gh-pages of https://example.org/r
Timestamp: 20261120093212 (2026-11-20 09:32:12 UTC)
Commit: c0ffee
URL for ImageJ: https://example.org/site/
`);
});

test('colours only where they are wanted', () => {
  const problem = { severity: 'error', code: 'x', message: 'bad\u001b[31m', hint: 'do' } as const;
  expect(renderProblem(problem, createPaint(false))).toBe('error: bad\ufffd[31m\n  do\n');
  expect(renderProblem(problem, createPaint(true))).toBe('\u001b[31merror:\u001b[0m bad\ufffd[31m\n  do\n');
});

describe('the job summary', () => {
  test('has a table of the changes', () => {
    expect(renderSummary(OUTCOME)).toBe(`### Update site

Published&#58; 1 file updated, 1 file removed; users download 3.4 kB.

- Site: \`branch gh-pages of https://example.org/r\`
- URL for ImageJ: \`https://example.org/site/\`
- Timestamp: 20261120093212 (2026-11-20 09:32:12 UTC)
- Commit: \`c0ffee\`
- 5 files on the site already as they are

- ⚠️ x is odd. Look at it.

| Change | File | Size | Why |
| --- | --- | ---: | --- |
| update | \`jars/a-1.0.jar\` → \`jars/a-1.1.jar\` | 3.4 kB | its content has changed |
| remove | \`macros/Old.ijm\` |  | its removal was asked for |
`);
  });

  test('never grows beyond what GitHub shows, and says what it leaves out', () => {
    const changes = Array.from(
      { length: 30_000 },
      (_, at) => ({ kind: 'add', path: `macros/${at}-日本.ijm`, size: 1, reason: 'r' }) as const,
    );
    const problems = Array.from(
      { length: 30_000 },
      (_, at) => ({ severity: 'warning', code: 'x', message: `m${at} 日本` }) as const,
    );
    const summary = renderSummary({ ...OUTCOME, changes, problems });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024);
    expect(summary).toMatch(/… and [\d,]+ more problems\./);
    expect(summary).toMatch(/… and [\d,]+ more files\.\n$/);
  });

  test.each([
    ['a', '`a`'],
    ['a`b', '`` a`b ``'],
    ['``', '``` `` ```'],
    ['a|b', '`a\\|b`'],
    ['a\nb', '`a b`'],
    [' a', '`  a `'],
  ])('code of %j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  test('text of others is no markup', () => {
    expect(escapeMarkdown('<img src=x> @me [a](b) **c** `d` |')).not.toMatch(/[<>@[\]()*`|]/);
  });
});
