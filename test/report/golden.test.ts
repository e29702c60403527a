import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { failedOutcome } from '../../src/app/failed-outcome.js';
import { USUAL_REASONS, type Change } from '../../src/model/change.js';
import type { OfferTable } from '../../src/model/offer-table.js';
import type { Outcome } from '../../src/model/outcome.js';
import type { Severity } from '../../src/model/problem.js';
import { UserError } from '../../src/model/user-error.js';
import { renderComment } from '../../src/report/comment.js';
import { renderSummary } from '../../src/report/markdown.js';
import { renderReportFile } from '../../src/report/report-json.js';
import {
  createPaint,
  renderDiff,
  renderOutcome,
  renderProblem,
  renderVerdict,
} from '../../src/report/terminal.js';
import { PROJECT } from '../support/fixtures.js';

/** Reviewed reports. `UPDATE_GOLDEN=1 npm test -- golden` writes them again. */
const FOLDER = path.join(PROJECT, 'test/fixtures/reports');

const LINKS = { repository: 'https://github.com/ada/cells' };
const DETAILS = { platforms: [], fields: [], dependents: [] };
const CHANGES: readonly Change[] = [
  {
    kind: 'update',
    path: 'plugins/Cell_Counter-1.1.0.jar',
    previousPath: 'plugins/Cell_Counter-1.0.0.jar',
    checksum: '1af876cdeda07e03a31625c3b1e90a45dc5d68ed',
    size: 3_400_000,
    reason: USUAL_REASONS.changed,
    details: {
      ...DETAILS,
      versionBefore: '1.0.0',
      versionAfter: '1.1.0',
      sizeBefore: 3_200_000,
      fields: [
        { field: 'description', before: 'Counts cells', after: 'Counts cells, also in stacks' },
        { field: 'author', before: undefined, after: 'Ada Lovelace' },
        { field: 'link', before: 'https://example.org/old', after: 'https://example.org/new' },
        { field: 'dependency', before: undefined, after: 'jars/cell-core.jar' },
        { field: 'dependency', before: 'jars/old-core.jar', after: undefined },
      ],
    },
  },
  {
    kind: 'add',
    path: 'jars/cell-core-0.3.jar',
    checksum: '2bf876cdeda07e03a31625c3b1e90a45dc5d68ed',
    size: 12_345,
    reason: USUAL_REASONS.added,
    details: { ...DETAILS, versionBefore: undefined, versionAfter: '0.3', sizeBefore: undefined },
  },
  {
    kind: 'rename',
    path: 'jars/same-2.0.jar',
    previousPath: 'jars/same-1.9.jar',
    checksum: '3cf876cdeda07e03a31625c3b1e90a45dc5d68ed',
    size: 900,
    reason: USUAL_REASONS.renamed,
    details: { ...DETAILS, versionBefore: '1.9', versionAfter: '2.0', sizeBefore: 900 },
  },
  {
    kind: 'metadata',
    path: 'lib/win64/cells.dll',
    size: 70_000,
    reason: USUAL_REASONS.metadata,
    details: {
      ...DETAILS,
      versionBefore: '2026-03-04',
      versionAfter: '2026-03-04',
      sizeBefore: 70_000,
      platforms: ['win64'],
      fields: [{ field: 'platform', before: undefined, after: 'win64' }],
    },
  },
  {
    kind: 'revive',
    path: 'macros/Back.ijm',
    checksum: '4df876cdeda07e03a31625c3b1e90a45dc5d68ed',
    size: 80,
    reason: 'it was obsolete and is restored; users who no longer have it are not offered it',
    details: { ...DETAILS, versionBefore: '2025-01-02', versionAfter: '2026-11-20', sizeBefore: 100 },
  },
  {
    kind: 'remove',
    path: 'jars/old-core-0.1.jar',
    reason: USUAL_REASONS.removed,
    details: {
      ...DETAILS,
      versionBefore: '0.1',
      versionAfter: undefined,
      sizeBefore: 4000,
      dependents: ['plugins/Other_Plugin.jar'],
    },
  },
];

const PREVIEW: Outcome = {
  format: 'imagej',
  changed: true,
  kind: 'preview',
  refusal: undefined,
  timestamp: 20261120093212,
  commit: undefined,
  siteUrl: 'https://ada.github.io/cells/',
  siteName: 'Cell tools',
  siteDescription: 'Counting and tracking of cells',
  site: 'branch gh-pages of https://github.com/ada/cells',
  changes: CHANGES,
  unchanged: 12,
  skipped: [{ path: 'jars/commons-math3.jar', site: 'Fiji-Latest' }],
  problems: [
    {
      severity: 'warning',
      code: 'newer-java',
      path: 'jars/cell-core-0.3.jar',
      message: 'jars/cell-core-0.3.jar needs Java 25, and users of the site run Java 21.',
      hint: 'Compile it for Java 21.',
    },
    {
      severity: 'warning',
      code: 'not-picked-up',
      path: 'extras/x.txt',
      message: 'ImageJ does not load files from "extras": extras/x.txt.',
    },
  ],
  publishedFiles: [
    'plugins/Cell_Counter-1.1.0.jar-20261120093212',
    'jars/cell-core-0.3.jar-20261120093212',
    'macros/Back.ijm-20261120093212',
  ],
  publishedBytes: 3_412_425,
  siteSize: { bytes: 412_000_000, unmeasured: 2, maxBytes: 1_000_000_000 },
  diff: `--- db.xml (before)
+++ db.xml (after)
@@ -45,3 +45,4 @@
     <plugin filename="plugins/Cell_Counter-1.1.0.jar">
-        <version checksum="0a" timestamp="20260102030405" filesize="3200000"/>
+        <version checksum="1a" timestamp="20261120093212" filesize="3400000"/>
+        <previous-version timestamp="20260102030405" checksum="0a" filename="plugins/Cell_Counter-1.0.0.jar"/>
     </plugin>
`,
};
const PLUGINS: readonly Change[] = [
  {
    kind: 'update',
    path: 'plugins/org.lab.cells/1.1.0/cells-1.1.0.zip',
    checksum: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    size: 3_400_000,
    reason: 'a new version',
    details: {
      ...DETAILS,
      subject: 'org.lab.cells',
      versionBefore: '1.0.0',
      versionAfter: '1.1.0',
      sizeBefore: 3_200_000,
      fields: [
        { field: 'range', before: undefined, after: '2025.2 and later' },
        { field: 'change-notes', before: 'The first version.', after: '• Stacks • Faster' },
      ],
    },
  },
  {
    kind: 'metadata',
    path: 'plugins/org.lab.cells/1.0.0/cells-1.0.0.zip',
    reason: USUAL_REASONS.metadata,
    details: {
      ...DETAILS,
      subject: 'org.lab.cells',
      versionBefore: '1.0.0',
      versionAfter: '1.0.0',
      sizeBefore: 3_200_000,
      fields: [{ field: 'range', before: '2024.2 to 2025.3', after: '2024.3 to 2025.3' }],
    },
  },
  {
    kind: 'remove',
    path: 'plugins/org.lab.logs/0.9.0/logs-0.9.0.zip',
    reason: USUAL_REASONS.removed,
    details: {
      ...DETAILS,
      subject: 'org.lab.logs',
      versionBefore: '0.9.0',
      versionAfter: undefined,
      sizeBefore: 500,
    },
  },
];
const all = (...versions: string[]) => ({ versions, isPartial: false });
const OFFERS: OfferTable = {
  rows: [
    {
      plugin: 'org.lab.cells',
      ides: '2024.2',
      systems: [],
      before: all('1.0.0'),
      after: all(),
      loss: 'lost',
    },
    {
      plugin: 'org.lab.native',
      ides: '2026.1 and later',
      systems: ['windows', 'linux-arm64'],
      before: all('2.1.0'),
      after: { versions: ['2.1.0'], isPartial: true },
      loss: 'narrower',
    },
    {
      plugin: 'org.lab.logs',
      ides: '2024.2 to 2025.3',
      systems: [],
      before: all('0.9.0'),
      after: all('0.8.0'),
      loss: 'lower',
    },
    {
      plugin: 'org.lab.cells',
      ides: '2025.2',
      systems: [],
      before: all('1.0.0'),
      after: all('1.1.0', '1.0.0'),
    },
    { plugin: 'org.lab.cells', ides: '2025.3 and later', systems: [], before: all(), after: all('1.1.0') },
  ],
  more: 2,
};
const NOTHING = {
  changed: false,
  timestamp: undefined,
  changes: [],
  skipped: [],
  problems: [],
  publishedFiles: [],
};

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  preview: PREVIEW,
  publication: { ...PREVIEW, kind: 'publication', commit: 'c0ffee', diff: undefined, problems: [] },
  comparison: {
    ...PREVIEW,
    kind: 'comparison',
    siteName: undefined,
    siteUrl: undefined,
    siteSize: undefined,
  },
  refused: {
    ...PREVIEW,
    changed: false,
    refusal: 'errors',
    timestamp: undefined,
    publishedFiles: [],
    publishedBytes: 0,
    problems: [
      ...PREVIEW.problems,
      {
        severity: 'error',
        code: 'missing-dependency',
        path: 'plugins/Cell_Counter-1.1.0.jar',
        message: 'plugins/Cell_Counter-1.1.0.jar needs jars/fast-fft.jar, which no site provides.',
        hint: 'Set "with-dependencies: true" (--with-dependencies) to publish it, with all other jars that are missing.',
      },
    ],
  },
  'refused-for-warnings': { ...PREVIEW, refusal: 'warnings', changed: false },
  ahead: {
    ...PREVIEW,
    changes: PREVIEW.changes.slice(0, 2),
    problems: [],
    skipped: [],
    restored: ['jars/same-2.0.jar-20260101000000', 'macros/Lost.ijm-20260101000000'],
    notices: [
      'This publication is stamped 2026-11-20 23:32:13 UTC, 14 hours ahead, so that ImageJ offers its new files to users in every time zone.',
    ],
    diff: undefined,
  },
  restored: {
    ...PREVIEW,
    ...NOTHING,
    kind: 'publication',
    changed: true,
    commit: 'c0ffee',
    restored: ['macros/Lost.ijm-20260101000000'],
    publishedFiles: ['macros/Lost.ijm-20260101000000'],
    publishedBytes: 80,
    diff: '',
  },
  plugins: {
    ...PREVIEW,
    format: 'jetbrains',
    changes: PLUGINS,
    offers: OFFERS,
    skipped: [],
    problems: [],
    publishedFiles: ['plugins/org.lab.cells/1.1.0/cells-1.1.0.zip'],
    publishedBytes: 3_400_000,
    diff: undefined,
  },
  nothing: { ...PREVIEW, ...NOTHING, publishedBytes: 0, siteSize: undefined, diff: '' },
  failed: failedOutcome(
    new UserError('remote', 'branch gh-pages of https://github.com/ada/cells cannot be read: not found.', {
      hint: 'Check the name.',
    }),
    'imagej',
    'preview',
    PREVIEW.site,
  ),
};

const ORIGIN = {
  commit: 'c0ffee'.padEnd(40, '0'),
  runId: 42,
  runUrl: 'https://github.com/ada/cells/actions/runs/42',
  isFromOtherRun: true,
  version: '1.2.3',
};

function expectGolden(name: string, text: string): void {
  const file = path.join(FOLDER, name);
  if (process.env['UPDATE_GOLDEN'] !== undefined || !existsSync(file)) {
    expect(process.env['CI']).toBeUndefined();
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe.each(Object.entries(OUTCOMES))('the report of: %s', (name, outcome) => {
  test('as Markdown', () => {
    expectGolden(
      `${name}.md`,
      renderSummary(outcome, { frontEnd: 'action', links: LINKS, version: '1.2.3' }),
    );
  });

  test('on the terminal', () => {
    const paint = createPaint(false);
    const of = (severity: Severity) =>
      outcome.problems
        .filter((problem) => problem.severity === severity)
        .map((problem) => renderProblem(problem, paint));
    const diff = outcome.diff ? `${renderDiff(outcome.diff, paint)}\n` : '';
    const parts = [
      diff,
      renderVerdict(outcome, paint),
      ...of('error'),
      renderOutcome(outcome, paint, { isVerbose: false, frontEnd: 'command-line' }),
    ];
    expectGolden(`${name}.txt`, [...parts, ...of('warning')].join(''));
  });

  test('as JSON', () => {
    expectGolden(`${name}.json`, renderReportFile(outcome));
  });

  test('as a comment', () => {
    if (outcome.kind === 'preview') expectGolden(`${name}.comment.md`, renderComment(outcome, ORIGIN));
  });
});
