import type { Change } from '../../src/model/change.js';
import type { Outcome } from '../../src/model/outcome.js';
import { UserError } from '../../src/model/user-error.js';
import { failedResult, faultResult, resultOf } from '../../src/report/json.js';
import { codeBlock, codeSpan, escapeMarkdown } from '../../src/report/markdown-text.js';
import { renderSummary } from '../../src/report/markdown.js';
import { createPaint, renderOutcome, renderProblem, renderVerdict } from '../../src/report/terminal.js';

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

const plain = createPaint(false);
const onTerminal = (outcome: Outcome) =>
  renderVerdict(outcome, plain) +
  renderOutcome(outcome, plain, { isVerbose: true, frontEnd: 'command-line' });
const inMarkdown = (outcome: Outcome) => renderSummary(outcome, { frontEnd: 'action' });

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

test('the terminal shows the result, one line per change, then the facts', () => {
  expect(onTerminal(OUTCOME)).toBe(`Published: 1 file updated, 1 removed; users download 3.4 kB.
  remove   macros/Old.ijm                                         removed by request
           depended on it: "jars/x.jar"
  update   jars/a-1.0.jar -> jars/a-1.1.jar  3.4 kB (+400 bytes)  its content has changed
           description: "Old" → "New"
           author: "Ann"
           depends on: "jars/b.jar", "jars/c.jar"
           no longer depends on: "jars/d.jar"

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
    const text = onTerminal(plugins);
    expect(text).toContain(
      'Published: 1 plugin updated, 2 added, 2 versions removed, 1 missing archive stored again.\n',
    );
    expect(text).toContain('\n5 archives unchanged.\n');
    expect(text).not.toMatch(/\bfiles?\b/);
    const summary = inMarkdown(plugins);
    expect(summary).toContain('### ⚠️ Plugin repository: 3 plugins changed\n');
    expect(summary).toContain(' · 5 archives unchanged · ');
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
    expect(onTerminal(outcome)).toContain('Published: 1 file renamed.\n');
  });

  test('is the content of the other changes', () => {
    const outcome: Outcome = {
      ...OUTCOME,
      changes: [...OUTCOME.changes, renamed],
      publishedBytes: 3400 + 264,
    };
    expect(onTerminal(outcome)).toContain('; users download 3.4 kB.\n');
  });
});

test('colours are used only if they are enabled', () => {
  const problem = { severity: 'error', code: 'usage', message: 'bad\u001b[31m', hint: 'do' } as const;
  expect(renderProblem(problem, createPaint(false))).toBe('error: bad\ufffd[31m\n  do\n');
  expect(renderProblem(problem, createPaint(true))).toBe('\u001b[31merror:\u001b[0m bad\ufffd[31m\n  do\n');
});

describe('the job summary', () => {
  test('contains a table of the changes', () => {
    expect(inMarkdown(OUTCOME)).toBe(`### ⚠️ Update site: 2 files changed, users download 3.4 kB

| | File | Version | Download |
| --- | --- | --- | ---: |
| 🗑️ | macros/**Old.ijm** | ~~2026-01-02~~ |  |
| ⬆️ | jars/**a.jar** (linux64, win64) | 1.0 → **1.1** | 3.4 kB (+400 bytes) |

Users download **3.4 kB** · ⬆️ 1 updated · 🗑️ 1 removed · 5 files unchanged · ⚠️ 1 warning · URL for ImageJ: \`https://example.org/site/\`

<details><summary>1 warning</summary>

- ⚠️ **x is odd.** Look at it. [\`not-picked-up\`](https://github.com/pages-update-site/pages-update-site/blob/main/docs/troubleshooting.md#not-picked-up)

</details>

<details><summary>Metadata and dependencies (2 files)</summary>

- \`macros/Old.ijm\`
  - depended on it: \`jars/x.jar\`
- \`jars/a-1.1.jar\`
  - description: \`Old\` → \`New\`
  - author: \`Ann\`
  - depends on: \`jars/b.jar\`, \`jars/c.jar\`
  - no longer depends on: \`jars/d.jar\`

</details>

<details><summary>Dependencies that change (4 files)</summary>

\`\`\`mermaid
graph LR
  f0["a-1.1.jar"]:::changed
  f1["b.jar"]
  f2["c.jar"]
  f3["d.jar"]
  f0 --> f1
  f0 --> f2
  f0 -.-> f3
  classDef changed stroke-width:3px
\`\`\`

</details>

<sub>Site: \`branch gh-pages of https://example.org/r\` · commit \`c0ffee\` · Timestamp: 20261120093212 (2026-11-20 09:32:12 UTC) · [pages-update-site](https://github.com/pages-update-site/pages-update-site)</sub>
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
    const summary = inMarkdown({ ...OUTCOME, changes, problems });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(1_000_000);
    expect(summary).toMatch(/… and [\d,]+ more warnings\./);
    expect(summary).toContain('\nParts of this report are omitted, because it would be too long.\n\n<sub>');
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
    expect(onTerminal({ ...OUTCOME, changes })).toContain('m/199999');
  });

  test('escapes markup in untrusted text', () => {
    expect(escapeMarkdown('<img src=x> @me [a](b) **c** `d` |')).toBe(
      '&#60;img src=x> @\u2060me \\[a\\](b) \\*\\*c\\*\\* \\`d\\` &#124;',
    );
  });
});
