import type { ChangeDetails } from '../../src/model/change-details.js';
import type { Change } from '../../src/model/change.js';
import { emptyOutcome, type Outcome } from '../../src/model/outcome.js';
import type { Problem } from '../../src/model/problem.js';
import { renderProblems, renderSummary, renderTitle, type TextLimit } from '../../src/report/markdown.js';

const EMPTY = emptyOutcome('imagej', 'publication', 'folder site');
const UP_TO_DATE = 'Nothing to publish&#58; the site is up to date.';
const DOCS = 'https://github.com/pages-update-site/pages-update-site/blob/main/docs/troubleshooting.md';
const DETAILS: ChangeDetails = {
  versionBefore: undefined,
  versionAfter: undefined,
  sizeBefore: undefined,
  platforms: [],
  fields: [],
  dependents: [],
};

const outcome = (more: Partial<Outcome>): Outcome => ({ ...EMPTY, ...more });
const characters = (max: number): TextLimit => ({ max, sizeOf: ({ length }) => length });
/** The lines of the summary below the headline. */
const factsOf = (more: Partial<Outcome>) => renderSummary(outcome(more)).split('\n').slice(3, -1);

describe('the head of a summary', () => {
  test.each<[string, Partial<Outcome>]>([
    ['### Update site', {}],
    ['### Update site preview', { kind: 'preview' }],
    ['### Update site', { kind: 'comparison' }],
    ['### Update site: A&#42;b', { siteName: 'A*b' }],
    ['### Plugin repository preview: A', { siteName: 'A', kind: 'preview', format: 'jetbrains' }],
    [`### Update site: ${'x'.repeat(500)}`, { siteName: 'x'.repeat(500) }],
    [`### Update site: ${'x'.repeat(500)}…`, { siteName: 'x'.repeat(501) }],
  ])('has the title %.50s', (title, more) => {
    expect(renderTitle(outcome(more))).toBe(`${title}\n\n`);
  });

  test('has a description, but no list without facts', () => {
    expect(renderSummary(EMPTY)).toBe(`### Update site\n\n${UP_TO_DATE}\n`);
    expect(renderSummary(outcome({ siteDescription: 'a_b' }))).toBe(
      `### Update site\n\na&#95;b\n\n${UP_TO_DATE}\n`,
    );
    expect(renderSummary(outcome({ siteDescription: 'x'.repeat(501) }))).toBe(
      `### Update site\n\n${'x'.repeat(500)}…\n\n${UP_TO_DATE}\n`,
    );
  });

  test.each<[string[], Partial<Outcome>]>([
    [['- Commit: `abc`'], { commit: 'abc', siteUrl: 'https://a/' }],
    [['- Site: `folder site`', '- URL for ImageJ: `https://a/`'], { changed: true, siteUrl: 'https://a/' }],
    [['- URL for ImageJ: `https://a/`'], { changed: true, siteUrl: 'https://a/', kind: 'comparison' }],
    [
      ['- Site: `folder site`', '- URL for the IDE: `https://a/updatePlugins.xml`'],
      { changed: true, siteUrl: 'https://a/', format: 'jetbrains', timestamp: 20260102030405 },
    ],
    [['- Timestamp: 20260102030405 (2026-01-02 03:04:05 UTC)'], { timestamp: 20260102030405 }],
    [['- 1 file unchanged'], { timestamp: 20260102030405, kind: 'preview', unchanged: 1 }],
    [
      ['- a&#95;b skipped &#40;served by the upstream site Fiji&#41;.', '- One &#42;.'],
      { skipped: [{ path: 'a_b', site: 'Fiji' }], notices: ['One *.'] },
    ],
    [
      ['- Branch size after publishing: 5 bytes of 1.0 kB &#40;limit of GitHub Pages&#41;'],
      { siteSize: { bytes: 5, unmeasured: 0, maxBytes: 1000 } },
    ],
  ])('has the facts %j', (facts, more) => {
    expect(factsOf(more)).toEqual(['', ...facts]);
  });
});

describe('the parts of a summary', () => {
  test('lists problems, errors first', () => {
    const problems: readonly Problem[] = [
      { severity: 'warning', code: 'no-pom', message: 'One *.' },
      { severity: 'error', code: 'usage', message: 'Two.', hint: 'Do _it_.' },
    ];
    expect(renderProblems(problems, characters(10_000))).toBe(`
**1 error, 1 warning**

- ❌ Two. Do &#95;it&#95;. [usage](${DOCS}#usage)
- ⚠️ One &#42;. [no-pom](${DOCS}#no-pom)
`);
    expect(renderProblems([], characters(10_000))).toBe('');
  });

  test('keeps the problems that fit beside 1,024 characters for other lines', () => {
    const problems = [1, 2, 3].map((at): Problem => ({
      severity: 'warning',
      code: 'no-pom',
      message: `${at}`,
    }));
    const all = renderProblems(problems, characters(10_000));
    expect(renderProblems(problems, characters(all.length + 1024))).toBe(all);
    const row = (at: number) => `- ⚠️ ${at} [no-pom](${DOCS}#no-pom)\n`;
    expect(renderProblems(problems, characters(all.length + 1023))).toBe(
      `\n**3 warnings**\n\n${row(1)}${row(2)}\n… and 1 more problem.\n`,
    );
    expect(renderProblems(problems, characters(0))).toBe('\n**3 warnings**\n\n\n… and 3 more problems.\n');
  });

  test('is a table with platforms if a file has some, and details below it', () => {
    const changes: readonly Change[] = [
      { kind: 'add', path: 'a', size: 5, reason: 'r *' },
      {
        kind: 'rename',
        path: 'c',
        previousPath: 'b',
        reason: 's',
        details: { ...DETAILS, versionBefore: '1', versionAfter: '2', platforms: ['win64', 'linux64'] },
      },
      { kind: 'remove', path: 'd', reason: 't', details: { ...DETAILS, dependents: ['e|f', 'g'] } },
    ];
    const head = `### Update site\n\n${UP_TO_DATE}\n\n`;
    const details = '\n#### Details\n\n- `d`\n  - depended on it: <code>e&#124;f</code>, `g`\n';
    expect(renderSummary(outcome({ changes })))
      .toBe(`${head}| Change | File | Version | Size | Platforms | Why |
| --- | --- | --- | ---: | --- | --- |
| add | \`a\` |  | 5 bytes |  | r &#42; |
| rename | \`b\` → \`c\` | 1 → 2 |  | win64, linux64 | s |
| remove | \`d\` |  |  |  | t |
${details}`);
    expect(renderSummary(outcome({ changes: changes.slice(2) })))
      .toBe(`${head}| Change | File | Version | Size | Why |
| --- | --- | --- | ---: | --- |
| remove | \`d\` |  |  | t |
${details}`);
  });

  test('names plugins and versions', () => {
    const version = (versionAfter: string): Change => ({
      kind: 'update',
      path: `plugins/${versionAfter}`,
      reason: 'r',
      details: {
        ...DETAILS,
        subject: 'org.a',
        versionBefore: '1',
        versionAfter,
        fields: [{ field: 'range', before: undefined, after: '2026.1' }],
      },
    });
    const diff = '-a\n+b\n';
    expect(renderSummary(outcome({ format: 'jetbrains', changes: [version('2'), version('3*')], diff })))
      .toBe(`### Plugin repository

${UP_TO_DATE}

| Change | Plugin | Version | Size | Why |
| --- | --- | --- | ---: | --- |
| update | \`org.a\` | 1 → 2 |  | r |
| update | \`org.a\` | 1 → 3&#42; |  | r |

#### Details

- \`org.a\` 1 → 2
  - for IDEs: \`2026.1\`
- \`org.a\` 1 → 3&#42;
  - for IDEs: \`2026.1\`

<details><summary>Changes to <code>updatePlugins.xml</code></summary>

\`\`\`diff
-a
+b
\`\`\`

</details>
`);
  });

  test('has the versions that IDEs are offered before the changes', () => {
    const row = {
      plugin: 'org|a',
      ides: '2024.2_',
      systems: [],
      before: { versions: ['1*'], isPartial: false },
      after: { versions: ['2*'], isPartial: false },
    };
    const offers = { rows: [row, { ...row, plugin: 'b', loss: 'lower' as const }], more: 2 };
    expect(renderSummary(outcome({ offers }))).toBe(`### Update site

${UP_TO_DATE}

| Plugin | IDEs | Version before | Version after |
| --- | --- | --- | --- |
| <code>org&#124;a</code> | 2024.2&#95; | 1&#42; | 2&#42; |
| \`b\` | 2024.2&#95; | 1&#42; | ⚠️ 2&#42;, lower than before |

… and 2 more rows.
`);
    expect(renderSummary(outcome({ offers: { rows: [], more: 0 } }))).toBe(
      `### Update site\n\n${UP_TO_DATE}\n`,
    );
  });
});

describe('a summary that is too long', () => {
  const change: Change = {
    kind: 'remove',
    path: 'a',
    reason: 'r',
    details: { ...DETAILS, dependents: ['b'.repeat(200)] },
  };
  const full = outcome({ changes: Array.from({ length: 30 }, () => change), diff: '+x\n'.repeat(300) });
  const without = outcome({ ...full, diff: undefined });
  const noDiff = '\nThe changes to `db.xml` are too long to be shown here.\n';
  const noDetails = '\nThe details of the files are too long to be shown here.\n';
  const bare = renderSummary(
    outcome({ ...full, diff: undefined, changes: full.changes.map((one) => ({ ...one, details: DETAILS })) }),
  );

  test('loses its diff, then its details, only if it does not fit', () => {
    const [all, withoutDiff] = [renderSummary(full), renderSummary(without) + noDiff];
    expect(renderSummary(full, characters(all.length))).toBe(all);
    expect(renderSummary(full, characters(all.length - 1))).toBe(withoutDiff);
    expect(renderSummary(full, characters(withoutDiff.length))).toBe(withoutDiff);
    expect(renderSummary(full, characters(withoutDiff.length - 1))).toBe(bare + noDetails + noDiff);
    expect(renderSummary(without, characters(withoutDiff.length - noDiff.length - 1))).toBe(bare + noDetails);
  });

  test('loses rows at the end, and has the sentences after them', () => {
    const short = outcome({
      ...full,
      changes: full.changes.map((one) => ({ ...one, reason: 'r'.repeat(100) })),
    });
    const summary = renderSummary(short, characters(3000));
    const rows = summary.match(/^\| remove /gm) ?? [];
    expect(rows.length).toBeGreaterThan(10);
    expect(summary.endsWith(`\n… and ${30 - rows.length} more files.\n${noDetails}${noDiff}`)).toBe(true);
    // 1,024 characters are reserved for the line with the number of rows.
    expect(summary.length).toBeGreaterThan(3000 - 1024 - 130);
    expect(summary.length).toBeLessThanOrEqual(3000 - 1024 + 100);
  });

  test('has facts, problems and offers in a quarter of the space each', () => {
    const many = outcome({
      notices: Array.from({ length: 300 }, () => 'n'.repeat(100)),
      problems: Array.from(
        { length: 300 },
        () => ({ severity: 'warning', code: 'no-pom', message: 'm' }) as const,
      ),
    });
    const summary = renderSummary(many, characters(20_000));
    const remarks = summary.match(/^- nnn/gm) ?? [];
    expect(remarks.length).toBe(Math.floor((5000 - 1024 - 1) / 103));
    expect(summary).toContain(`\n… and ${300 - remarks.length} more remarks.\n\n**300 warnings**\n\n`);
    expect(summary.endsWith(' more problems.\n')).toBe(true);
    expect(summary.length).toBeLessThanOrEqual(10_000);
    expect(summary.length).toBeGreaterThan(7000);
  });
});
