import type { ChangeDetails } from '../../src/model/change-details.js';
import { USUAL_REASONS, type Change } from '../../src/model/change.js';
import { emptyOutcome, type Outcome } from '../../src/model/outcome.js';
import type { Problem } from '../../src/model/problem.js';
import { renderSummary, renderTitle } from '../../src/report/markdown.js';
import type { ReportContext } from '../../src/report/report-context.js';
import type { TextLimit } from '../../src/report/text-limit.js';

const EMPTY = emptyOutcome('imagej', 'preview', 'folder site');
const DOCS = 'https://github.com/pages-update-site/pages-update-site/blob/main/docs/troubleshooting.md';
const FOOTER =
  '\n<sub>Site: `folder site` · [pages-update-site](https://github.com/pages-update-site/pages-update-site)</sub>\n';
const DETAILS: ChangeDetails = {
  versionBefore: undefined,
  versionAfter: undefined,
  sizeBefore: undefined,
  platforms: [],
  fields: [],
  dependents: [],
};
const HEAD = '| | File | Version | Download |\n| --- | --- | --- | ---: |\n';

const outcome = (more: Partial<Outcome>): Outcome => ({ ...EMPTY, ...more });
const characters = (max: number): TextLimit => ({ max, sizeOf: ({ length }) => length });
const render = (more: Partial<Outcome>, context: Partial<ReportContext> = {}) =>
  renderSummary(outcome(more), { frontEnd: 'action', ...context });
/** The report without its heading and footer. */
const bodyOf = (more: Partial<Outcome>, context: Partial<ReportContext> = {}) =>
  render(more, context).split('\n').slice(1).join('\n').replace(FOOTER, '');

const problemOf = (severity: 'error' | 'warning', more: Partial<Problem> = {}): Problem =>
  ({ severity, code: 'bad-config', message: 'One.', ...more }) as Problem;

function fileOf(path: string, more: Partial<Change> = {}): Change {
  return { kind: 'add', path, size: 5, reason: USUAL_REASONS.added, ...more };
}

describe('the heading of a report', () => {
  test.each<[string, Partial<Outcome>]>([
    ['### ✅ Update site: no changes', {}],
    ['### ✅ Update site A\\*b: no changes', { siteName: 'A*b' }],
    ['### ✅ Plugin repository A: no changes', { siteName: 'A', format: 'jetbrains' }],
    ['### ⚠️ Update site: no changes', { problems: [problemOf('warning')] }],
    [
      '### ❌ Update site: 1 problem to fix before this can be published',
      { problems: [problemOf('error')], refusal: 'errors' },
    ],
    [`### ✅ Update site ${'x'.repeat(188)}…: no changes`, { siteName: 'x'.repeat(189) }],
  ])('is %.60s', (title, more) => {
    expect(renderTitle(outcome(more))).toBe(`${title}\n`);
  });
});

describe('the parts of a report', () => {
  test('are a heading and a footer at least', () => {
    expect(render({})).toBe(`### ✅ Update site: no changes\n${FOOTER}`);
  });

  test('begin with the errors, and fold the warnings', () => {
    const problems = [
      problemOf('warning', { message: 'Some "x" is odd.', hint: 'Look.' }),
      problemOf('error', {
        code: 'missing-dependency',
        message: 'a_b needs *c*. No site has it.',
        hint: 'Set "with-dependencies: true" (--with-dependencies).',
      }),
    ];
    expect(bodyOf({ problems, refusal: 'errors' })).toBe(`
- ❌ **a_b needs \\*c\\*.** No site has it. Set \`with-dependencies: true\`. [\`missing-dependency\`](${DOCS}#missing-dependency)

⚠️ 1 warning

<details><summary>1 warning</summary>

- ⚠️ **Some \`x\` is odd.** Look. [\`bad-config\`](${DOCS}#bad-config)

</details>
`);
    expect(bodyOf({ problems, refusal: 'errors' }, { frontEnd: 'command-line' })).toContain(
      ' Set `--with-dependencies`. ',
    );
  });

  test('show warnings that stop the publication', () => {
    const body = bodyOf({ problems: [problemOf('warning')], refusal: 'warnings' });
    expect(body).toBe(`\n- ⚠️ **One.** [\`bad-config\`](${DOCS}#bad-config)\n`);
  });

  test('fold errors beyond the tenth', () => {
    const problems = Array.from({ length: 12 }, (_, at) => problemOf('error', { message: `E${at}` }));
    const [open = '', folded = ''] = bodyOf({ problems, refusal: 'errors' }).split('<details>');
    expect(open.match(/\*\*E\d+\*\*/g)).toHaveLength(10);
    expect(folded).toContain('<summary>2 more problems</summary>\n\n- ❌ **E10**');
    expect(folded).toContain('- ❌ **E11**');
  });

  test('link to the settings of GitHub Pages if they are the problem', () => {
    const problems = [problemOf('warning', { code: 'pages-not-enabled' })];
    const repository = 'https://github.com/ada/cells';
    expect(bodyOf({ problems }, { links: { repository } })).toContain(
      `[Settings of GitHub Pages](${repository}/settings/pages)`,
    );
    expect(bodyOf({ problems })).not.toContain('settings/pages');
    expect(bodyOf({ problems: [problemOf('warning')] }, { links: { repository } })).not.toContain('settings');
  });

  test('have one table, the removals first, without what the symbols state', () => {
    const changes: readonly Change[] = [
      fileOf('a'),
      fileOf('plugins/B_-1.1.jar', {
        kind: 'update',
        previousPath: 'plugins/B_-1.0.jar',
        reason: USUAL_REASONS.changed,
        size: 2000,
        details: {
          ...DETAILS,
          versionBefore: '1.0',
          versionAfter: '1.1',
          sizeBefore: 1000,
          platforms: ['win64'],
        },
      }),
      fileOf('jars/c.jar', { kind: 'rename', previousPath: 'jars/b.jar', reason: USUAL_REASONS.renamed }),
      fileOf('d|e-0.1.jar', {
        kind: 'remove',
        reason: USUAL_REASONS.removed,
        details: { ...DETAILS, versionBefore: '0.1' },
      }),
      fileOf('f', {
        kind: 'metadata',
        reason: USUAL_REASONS.metadata,
        details: { ...DETAILS, versionBefore: '2026-01-02', versionAfter: '2026-01-02' },
      }),
    ];
    expect(bodyOf({ changed: true, changes, publishedBytes: 2010 })).toBe(`
${HEAD}| 🗑️ | **d&#124;e.jar** | ~~0.1~~ |  |
| ⬆️ | plugins/**B\\_.jar** (win64) | 1.0 → **1.1** | 2.0 kB (+1.0 kB) |
| 🆕 | **a** |  | 5 bytes |
| ✏️ | jars/**b.jar** → jars/**c.jar** |  |  |
| 📝 | **f** | 2026-01-02 |  |

Users download **2.0 kB** · ⬆️ 1 updated · 🆕 1 added · ✏️ 1 renamed · 📝 1 with new metadata · 🗑️ 1 removed
`);
  });

  test('fold the rows beyond the fifteenth', () => {
    const changes = Array.from({ length: 44 }, (_, at) => fileOf(`f${at}`));
    const [open = '', ...folds] = bodyOf({ changed: true, changes }).split('<details>');
    expect(open.match(/^\| 🆕/gm)).toHaveLength(15);
    expect(folds).toHaveLength(1);
    expect(folds[0]).toContain(`<summary>29 more files</summary>\n\n${HEAD}| 🆕 | **f15**`);
    expect(folds[0]?.match(/^\| 🆕/gm)).toHaveLength(29);
  });

  test('state unusual reasons once', () => {
    const odd = (path: string) => fileOf(path, { kind: 'revive', reason: 'it is back_' });
    const changes = ['a', 'b', 'c', 'd', 'e'].map(odd);
    expect(bodyOf({ changed: true, changes })).toContain('\n\n- `a`, `b`, `c` and 2 more: it is back\\_\n\n');
    expect(bodyOf({ changed: true, changes: changes.slice(0, 2) })).toContain(
      '\n- `a`, `b`: it is back\\_\n',
    );
    const many = Array.from({ length: 7 }, (_, at) => fileOf(`f${at}`, { reason: `r${at}` }));
    expect(bodyOf({ changed: true, changes: many })).toContain('- `f4`: r4\n\n… and 2 more notes.\n');
  });

  test('fold the metadata and dependencies, and draw the dependencies', () => {
    const details: ChangeDetails = {
      ...DETAILS,
      fields: [
        { field: 'author', before: undefined, after: 'Ann <a>' },
        { field: 'dependency', before: undefined, after: 'jars/b.jar' },
      ],
    };
    expect(bodyOf({ changed: true, changes: [fileOf('a.jar', { details })] })).toContain(`
<details><summary>Metadata and dependencies (1 file)</summary>

- \`a.jar\`
  - author: \`Ann <a>\`
  - depends on: \`jars/b.jar\`

</details>

<details><summary>Dependencies that change (2 files)</summary>

\`\`\`mermaid
graph LR
`);
  });

  test('fold the diff of the index, with the numbers of its lines', () => {
    const diff = '--- db.xml (before)\n+++ db.xml (after)\n@@ -1 +1 @@\n-a\n+b\n+c\n+++d\n';
    expect(bodyOf({ diff })).toBe(`
<details><summary>Changes to <code>db.xml</code> (+3 −1)</summary>

\`\`\`diff
${diff}\`\`\`

</details>
`);
  });

  test('show what IDEs are offered in place of the changes, which are folded', () => {
    const row = {
      plugin: 'org|a',
      ides: '2024.2_',
      systems: [],
      before: { versions: ['1*'], isPartial: false },
      after: { versions: ['2*'], isPartial: false },
    };
    const offers = { rows: [row, { ...row, plugin: 'b', loss: 'lower' as const }], more: 2 };
    const changes = [
      fileOf('x', { kind: 'update', reason: 'a new version', details: { ...DETAILS, subject: 'org.a' } }),
    ];
    const body = bodyOf({ changed: true, format: 'jetbrains', offers, changes });
    expect(body).toBe(`
| | Plugin | IDEs | Version before | Version after |
| --- | --- | --- | --- | --- |
|  | **org&#124;a** | 2024.2\\_ | 1\\* | 2\\* |
| ⚠️ | **b** | 2024.2\\_ | 1\\* | 2\\*, lower than before |

… and 2 more rows.

⬆️ 1 updated

<details><summary>1 changed version</summary>

| | Plugin | Version | Download |
| --- | --- | --- | ---: |
| ⬆️ | **org.a** |  | 5 bytes |

</details>
`);
    const many = { rows: Array.from({ length: 20 }, () => row), more: 3 };
    expect(bodyOf({ offers: many })).toContain('\n… and 8 more rows.\n');
  });

  test('count changes that users do not notice apart', () => {
    const same = fileOf('b', { kind: 'metadata', details: { ...DETAILS, isSameForUsers: true } });
    expect(bodyOf({ changed: true, kind: 'comparison', changes: [fileOf('a'), same] })).toContain(
      '\n🆕 1 added · 🟰 1 unchanged for users\n',
    );
  });

  test('do not list the files of an imported site', () => {
    const body = bodyOf({ changed: true, isMove: true, changes: [fileOf('a.jar')], publishedBytes: 5 });
    expect(body).not.toContain('a.jar');
    expect(body).not.toContain('Users download');
  });

  test('state the facts and remarks', () => {
    expect(
      bodyOf({
        siteUrl: 'https://a.org/b/',
        unchanged: 3,
        siteSize: { bytes: 5, unmeasured: 0, maxBytes: 1000 },
        skipped: [{ path: 'a_', site: 'Fiji' }],
        notices: ['One *. Use "keep" (--keep).'],
      }),
    ).toBe(`
3 files unchanged · URL for ImageJ: \`https://a.org/b/\` · branch size 5 bytes of 1.0 kB (limit of GitHub Pages)

- a\\_ skipped (served by the upstream site Fiji).
- One \\*. Use \`keep\`.
`);
  });

  test('link to the site and its commit only if the report may have links', () => {
    const shown = { commit: 'abcdef0123456789', siteUrl: 'https://a.org/b/' };
    const links = { repository: 'https://github.com/ada/cells' };
    expect(render(shown, { links, version: '1.2' })).toBe(`### ✅ Update site: no changes

URL for ImageJ: <https://a.org/b/>

<sub>Site: \`folder site\` · commit [\`abcdef012345\`](https://github.com/ada/cells/commit/abcdef0123456789) · [pages-update-site](https://github.com/pages-update-site/pages-update-site) 1.2</sub>
`);
    expect(render(shown)).not.toContain('<https:');
    expect(render(shown, { links: {} })).toContain(' · commit `abcdef012345` · ');
    for (const siteUrl of ['https://a.org/b(c)/', 'javascript:alert(1)', 'https://a.org/<b>/'])
      expect(render({ siteUrl }, { links })).toContain(`URL for ImageJ: \`${siteUrl}\``);
    expect(render({ commit: 'x](y)' }, { links })).toContain(' · commit `x](y)` · ');
  });

  test('have the timestamp of a publication in the footer', () => {
    const footer = render({ kind: 'publication', timestamp: 20260102030405 });
    expect(footer).toContain(' · Timestamp: 20260102030405 (2026-01-02 03:04:05 UTC) · ');
    expect(render({ timestamp: 20260102030405 })).not.toContain('Timestamp');
  });
});

describe('a report that is too long', () => {
  const NOTE = '\nParts of this report are omitted, because it would be too long.\n';
  const details: ChangeDetails = { ...DETAILS, dependents: ['b'.repeat(200)] };
  const full = outcome({
    changed: true,
    changes: Array.from({ length: 30 }, (_, at) => fileOf(`f${at}`, { kind: 'remove', details })),
    diff: '+x\n'.repeat(300),
  });
  const cut = (max: number) => render(full, { limit: characters(max) });
  const whole = render(full);
  /** Space for the notes about what is omitted. */
  const RESERVED = 128 + NOTE.length;

  test('is whole if it fits', () => {
    expect(cut(whole.length + RESERVED)).toBe(whole);
  });

  test('loses its diff first, then files with their metadata, then rows', () => {
    const noDiff = cut(whole.length + RESERVED - 1);
    expect(noDiff).not.toContain('```diff');
    expect(noDiff).toContain('- `f29`\n');
    expect(noDiff.endsWith(`${NOTE}${FOOTER}`)).toBe(true);
    const fewer = cut(noDiff.length + 60);
    expect(fewer).toMatch(/\n… and \d more files?\.\n\n<\/details>\n/);
    expect(fewer).toContain('<summary>15 more files</summary>');
    for (let max = whole.length + RESERVED; max > 400; max -= 97)
      expect(cut(max).length).toBeLessThanOrEqual(max);
    expect(cut(1200)).toMatch(/\n… and \d+ more files\.\n/);
    expect(cut(300)).toBe(`${renderTitle(full)}${NOTE}${FOOTER}`);
  });

  test('cuts long messages', () => {
    const problems = [problemOf('error', { message: 'm'.repeat(2000) })];
    expect(bodyOf({ problems, refusal: 'errors' })).toContain(`**${'m'.repeat(1000)}…**`);
  });
});
