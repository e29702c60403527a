import type { Change } from '../../src/model/change.js';
import type { Outcome } from '../../src/model/outcome.js';
import { UserError } from '../../src/model/user-error.js';
import { failedResult, faultResult, resultOf } from '../../src/report/json.js';
import { codeBlock, codeSpan, escapeMarkdown } from '../../src/report/markdown-text.js';
import { renderSummary, type TextLimit } from '../../src/report/markdown.js';
import { createPaint, renderOutcome, renderProblem } from '../../src/report/terminal.js';

const OUTCOME: Outcome = {
  format: 'imagej',
  changed: true,
  kind: 'publication',
  refusal: undefined,
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
      details: {
        versionBefore: '1.0',
        versionAfter: '1.1',
        sizeBefore: 3000,
        platforms: ['linux64', 'win64'],
        fields: [
          { field: 'description', before: 'Old', after: 'New' },
          { field: 'author', before: undefined, after: 'Ann' },
          { field: 'dependency', before: undefined, after: 'jars/b.jar' },
          { field: 'dependency', before: undefined, after: 'jars/c.jar' },
          { field: 'dependency', before: 'jars/d.jar', after: undefined },
        ],
        dependents: [],
      },
    },
    {
      kind: 'remove',
      path: 'macros/Old.ijm',
      reason: 'removed by request',
      details: {
        versionBefore: '2026-01-02',
        versionAfter: undefined,
        sizeBefore: 7,
        platforms: [],
        fields: [],
        dependents: ['jars/x.jar'],
      },
    },
  ],
  unchanged: 5,
  skipped: [],
  problems: [
    { severity: 'warning', code: 'not-picked-up', path: 'x', message: 'x is odd.', hint: 'Look at it.' },
  ],
  publishedFiles: ['jars/a-1.1.jar-20261120093212'],
  publishedBytes: 3400,
  siteSize: undefined,
  diff: undefined,
};

const characters = (max: number): TextLimit => ({ max, sizeOf: ({ length }) => length });

test('JSON contains exactly the fields of the contract', () => {
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
  expect(failedResult(new UserError('index', 'broken', { hint: 'fix it' }))).toEqual({
    changed: false,
    timestamp: null,
    commit: null,
    siteUrl: null,
    changes: [],
    unchanged: 0,
    problems: [{ severity: 'error', code: 'index', message: 'broken', hint: 'fix it' }],
  });
  expect(faultResult(new UserError('index', 'broken'))).toEqual({
    problems: [{ severity: 'error', code: 'index', message: 'broken' }],
  });
});

test('the terminal shows one line per change, then a summary', () => {
  expect(renderOutcome(OUTCOME, createPaint(false)))
    .toBe(`  update   jars/a-1.0.jar -> jars/a-1.1.jar  3.4 kB (+400 bytes)  its content has changed
           description: "Old" → "New"
           author: "Ann"
           depends on: "jars/b.jar", "jars/c.jar"
           no longer depends on: "jars/d.jar"
  remove   macros/Old.ijm                                         removed by request
           depended on it: "jars/x.jar"

Published: 1 file updated, 1 removed; users download 3.4 kB.
5 files unchanged.
Site: branch gh-pages of https://example.org/r
Timestamp: 20261120093212 (2026-11-20 09:32:12 UTC)
Commit: c0ffee
URL for ImageJ: https://example.org/site/
`);
});

describe('a report about plugins', () => {
  const version = (kind: Change['kind'], subject: string, versionAfter: string): Change => ({
    kind,
    path: `plugins/${subject}/${versionAfter}/a.zip`,
    reason: 'r',
    details: {
      subject,
      versionBefore: undefined,
      versionAfter,
      sizeBefore: undefined,
      platforms: [],
      fields: [],
      dependents: [],
    },
  });
  const plugins: Outcome = {
    ...OUTCOME,
    format: 'jetbrains',
    changes: [
      version('update', 'a', '1.9'),
      version('update', 'a', '1.10'),
      version('add', 'b', '1.0-linux-x86_64'),
      version('add', 'b', '1.0-mac-arm64'),
      version('add', 'c', '1.0'),
      version('remove', 'a', '1.0'),
      version('remove', 'a', '1.1'),
    ],
    restored: ['plugins/a/1.8/a.zip'],
    publishedBytes: 0,
  };

  test('counts several versions of one plugin as one, and calls files archives', () => {
    const text = renderOutcome(plugins, createPaint(false));
    expect(text).toContain(
      '\nPublished: 1 plugin updated, 2 added, 2 versions removed, 1 missing archive stored again.\n5 archives unchanged.\n',
    );
    expect(text).not.toMatch(/\bfiles?\b/);
    expect(renderSummary(plugins)).toContain('- 5 archives unchanged\n');
  });

  test('omits details and rows of versions that do not fit', () => {
    const changes = Array.from({ length: 200 }, (_, at) => {
      const change = version('add', 'a', String(at));
      const fields = [{ field: 'description' as const, before: undefined, after: 'd'.repeat(200) }];
      return change.details ? { ...change, details: { ...change.details, fields } } : change;
    });
    expect(renderSummary({ ...plugins, changes }, characters(10_000))).toContain(
      'The details of the versions are too long to be shown here',
    );
    expect(renderSummary({ ...plugins, changes }, characters(3_000))).toMatch(/… and \d+ more versions\./);
  });

  test('shows the versions that IDEs are offered above the changes, as far as they fit', () => {
    const row = {
      plugin: 'a',
      ides: '2024.2',
      systems: [],
      before: { versions: ['1.0'], isPartial: false },
      after: { versions: [], isPartial: false },
      loss: 'lost',
    } as const;
    const summary = renderSummary({ ...plugins, offers: { rows: [row], more: 0 } });
    expect(summary).toContain('| `a` | 2024.2 | 1.0 | ⚠️ no longer offered |\n\n| Change |');
    const many = { rows: Array.from({ length: 50 }, () => row), more: 7 };
    expect(renderSummary({ ...plugins, offers: many })).toContain('… and 7 more rows.');
    expect(
      renderSummary({ ...plugins, offers: many }, characters(8000)).match(/… and \d\d more rows\./g),
    ).toHaveLength(1);
  });
});

describe('what users download', () => {
  const renamed = {
    kind: 'rename',
    path: 'jars/c-2.0.jar',
    previousPath: 'jars/c-1.0.jar',
    checksum: 'cd',
    size: 264,
    reason: 'only its name has changed',
  } as const;

  test('is nothing for a renamed file, because users keep its content under the old name', () => {
    const outcome: Outcome = { ...OUTCOME, changes: [renamed], publishedBytes: 264 };
    expect(renderOutcome(outcome, createPaint(false))).toContain('\nPublished: 1 file renamed.\n');
  });

  test('is the content of the other changes', () => {
    const outcome: Outcome = {
      ...OUTCOME,
      changes: [...OUTCOME.changes, renamed],
      publishedBytes: 3400 + 264,
    };
    expect(renderOutcome(outcome, createPaint(false))).toContain('; users download 3.4 kB.\n');
  });
});

test('colours are used only if they are enabled', () => {
  const problem = { severity: 'error', code: 'usage', message: 'bad\u001b[31m', hint: 'do' } as const;
  expect(renderProblem(problem, createPaint(false))).toBe('error: bad\ufffd[31m\n  do\n');
  expect(renderProblem(problem, createPaint(true))).toBe('\u001b[31merror:\u001b[0m bad\ufffd[31m\n  do\n');
});

describe('the job summary', () => {
  test('contains a table of the changes', () => {
    expect(renderSummary(OUTCOME)).toBe(`### Update site

Published&#58; 1 file updated, 1 removed; users download 3.4 kB.

- Site: \`branch gh-pages of https://example.org/r\`
- URL for ImageJ: \`https://example.org/site/\`
- Timestamp: 20261120093212 (2026-11-20 09:32:12 UTC)
- Commit: \`c0ffee\`
- 5 files unchanged

**1 warning**

- ⚠️ x is odd. Look at it. [not-picked-up](https://github.com/pages-update-site/pages-update-site/blob/main/docs/troubleshooting.md#not-picked-up)

| Change | File | Version | Size | Platforms | Why |
| --- | --- | --- | ---: | --- | --- |
| update | \`jars/a-1.0.jar\` → \`jars/a-1.1.jar\` | 1.0 → 1.1 | 3.4 kB &#40;&#43;400 bytes&#41; | linux64, win64 | its content has changed |
| remove | \`macros/Old.ijm\` | 2026-01-02 |  |  | removed by request |

#### Details

- \`jars/a-1.1.jar\`
  - description: \`Old\` → \`New\`
  - author: \`Ann\`
  - depends on: \`jars/b.jar\`, \`jars/c.jar\`
  - no longer depends on: \`jars/d.jar\`
- \`macros/Old.ijm\`
  - depended on it: \`jars/x.jar\`
`);
  });

  test('stays within the limit of GitHub, and states what it omits', () => {
    const changes = Array.from(
      { length: 30_000 },
      (_, at) => ({ kind: 'add', path: `macros/${at}-日本.ijm`, size: 1, reason: 'r' }) as const,
    );
    const problems = Array.from(
      { length: 30_000 },
      (_, at) => ({ severity: 'warning', code: 'no-pom', message: `m${at} 日本` }) as const,
    );
    const summary = renderSummary({ ...OUTCOME, changes, problems });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024);
    expect(summary).toMatch(/… and [\d,]+ more problems\./);
    expect(summary).toMatch(/… and [\d,]+ more files\.\n$/);
  });

  test('omits the diff of the index first, then the details of the files, then rows', () => {
    const changes = Array.from({ length: 50 }, () => OUTCOME.changes).flat();
    const outcome = { ...OUTCOME, problems: [], changes, diff: '+x\n'.repeat(2000) };
    const shorterThan = ({ length }: string) => renderSummary(outcome, characters(length - 1));
    const without = shorterThan(renderSummary(outcome));
    expect(without).toContain('The changes to `db.xml` are too long to be shown here');
    expect(without).toContain('#### Details');
    const less = shorterThan(without);
    expect(less).toContain('The details of the files are too long to be shown here');
    expect(less).toContain('removed by request');
    const least = shorterThan(less);
    expect(least).toMatch(/… and \d+ more files\./);
    expect(least).toContain('The changes to `db.xml` are too long to be shown here');
  });

  test.each([
    ['a', '`a`'],
    ['a`b', '<code>a&#96;b</code>'],
    ['``', '<code>&#96;&#96;</code>'],
    ['a|b', '<code>a&#124;b</code>'],
    ['a\\', '<code>a&#92;</code>'],
    ['a\nb', '`a b`'],
    [' a', '`  a `'],
  ])('renders %j as code', (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  test('shows texts of any content and length', () => {
    const many = '` '.repeat(300_000);
    expect(codeBlock(many, 'diff').startsWith('```diff\n')).toBe(true);
    expect(codeBlock('a\n`````\nb', '').startsWith('``````\n')).toBe(true);
    const changes = Array.from(
      { length: 200_000 },
      (_, at) => ({ kind: 'add', path: `m/${at}`, reason: '' }) as const,
    );
    expect(renderOutcome({ ...OUTCOME, changes }, createPaint(false))).toContain('m/199999');
  });

  test('escapes markup in untrusted text', () => {
    expect(escapeMarkdown('<img src=x> @me [a](b) **c** `d` |')).not.toMatch(/[<>@[\]()*`|]/);
  });
});
