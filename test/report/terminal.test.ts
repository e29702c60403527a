import type { Change } from '../../src/model/change.js';
import type { OfferChange } from '../../src/model/offer-table.js';
import { emptyOutcome, type Outcome } from '../../src/model/outcome.js';
import { UserError } from '../../src/model/user-error.js';
import { parseMarker } from '../../src/report/comment.js';
import { commitMessage } from '../../src/report/commit-message.js';
import { failedResult, resultOf } from '../../src/report/json.js';
import {
  createPaint,
  renderDiff,
  renderOutcome,
  renderProblem,
  type Paint,
} from '../../src/report/terminal.js';

/** Shows styles as marks. */
const paint: Paint = (style, text) => `<${style}>${text}</>`;
const plain: Paint = (_, text) => text;

function outcome(more: Partial<Outcome>): Outcome {
  return { ...emptyOutcome('imagej', 'publication', 'folder site'), ...more };
}

const CHANGES: readonly Change[] = [
  { kind: 'add', path: 'jars/a.jar', checksum: 'c', size: 1000, reason: 'new' },
  { kind: 'update', path: 'jars/b-2.jar', previousPath: 'jars/b-1.jar', checksum: 'd', size: 5, reason: 'r' },
  { kind: 'remove', path: 'jars/c.jar', reason: 'removed by request' },
];

describe('the terminal', () => {
  it('shows kinds, reasons and the headline in styles', () => {
    expect(renderOutcome(outcome({ changed: true, changes: CHANGES }), paint)).toBe(
      `  <green>add     </> jars/a.jar                     1.0 kB  <dim>new</>
  <cyan>update  </> jars/b-1.jar -> jars/b-2.jar  5 bytes  <dim>r</>
  <red>remove  </> jars/c.jar                             <dim>removed by request</>

<bold>Published: 1 file updated, 1 added, 1 removed.</>
Site: folder site
`,
    );
  });

  it('shows the facts of a publication', () => {
    const text = renderOutcome(
      outcome({
        changed: true,
        changes: CHANGES.slice(0, 1),
        unchanged: 2,
        timestamp: 20260102030405,
        commit: 'abc',
        siteUrl: 'https://example.org/',
        skipped: [{ path: 'jars/x.jar', site: 'Fiji' }],
        siteSize: { bytes: 5000, unmeasured: 0, maxBytes: 10_000 },
      }),
      plain,
    );
    for (const line of [
      '2 files unchanged.',
      'jars/x.jar skipped (served by the upstream site Fiji).',
      'Timestamp: 20260102030405 (2026-01-02 03:04:05 UTC)',
      'Commit: abc',
      'URL for ImageJ: https://example.org/',
      'Branch size after publishing: 5.0 kB of 10.0 kB (limit of GitHub Pages)',
    ])
      expect(text.split('\n')).toContain(line);
  });

  it('shows no facts if nothing changed, and no place of a comparison', () => {
    expect(renderOutcome(outcome({ timestamp: 20260102030405, commit: 'abc' }), plain)).toBe(
      'Nothing to publish: the site is up to date.\n',
    );
    const comparison = outcome({ kind: 'comparison', changed: true, changes: CHANGES.slice(2) });
    expect(renderOutcome(comparison, plain)).not.toContain('Site:');
    expect(renderOutcome(outcome({ kind: 'preview', changed: true, timestamp: 1 }), plain)).not.toContain(
      'Timestamp',
    );
  });

  it('marks losses of users in the table of offers', () => {
    const row = (plugin: string, loss: OfferChange['loss']): OfferChange => ({
      plugin,
      ides: '2024.2 to 2025.1',
      systems: [],
      before: { versions: ['1.0'], isPartial: false },
      after: { versions: [], isPartial: false },
      loss,
    });
    const text = renderOutcome(
      outcome({
        format: 'jetbrains',
        changed: true,
        offers: { rows: [row('org.a', 'lost'), row('org.bbb', undefined)], more: 3 },
      }),
      paint,
    );
    const lines = text.split('\n');
    expect(lines[0]).toBe('What IDEs are offered:');
    expect(lines[1]).toMatch(/^<yellow>! org\.a {4}.*<\/>$/);
    expect(lines[2]).toMatch(/^ {2}org\.bbb {2}/);
    expect(lines[3]).toBe('  … and 3 more rows.');
  });

  it('colours the lines of a diff', () => {
    expect(renderDiff('--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n', paint)).toBe(
      '<bold>--- a</>\n<bold>+++ b</>\n<cyan>@@ -1 +1 @@</>\n<red>-old</>\n<green>+new</>\n same\n',
    );
  });

  it('colours problems by their severity', () => {
    const problem = { code: 'usage', message: 'What.', hint: 'Do.' } as const;
    expect(renderProblem({ ...problem, severity: 'error' }, paint)).toBe('<red>error:</> What.\n  Do.\n');
    expect(renderProblem({ severity: 'warning', code: 'snapshot', message: 'What.' }, paint)).toBe(
      '<yellow>warning:</> What.\n',
    );
  });

  it('uses codes for colours only if they are enabled', () => {
    expect(createPaint(true)('red', 'a')).toBe('\u001b[31ma\u001b[0m');
    expect(createPaint(false)('red', 'a')).toBe('a');
  });
});

describe('the result for scripts', () => {
  it('contains only the fields of the contract', () => {
    expect(resultOf(outcome({ changed: true, changes: CHANGES, unchanged: 4 }))).toEqual({
      changed: true,
      timestamp: null,
      commit: null,
      siteUrl: null,
      changes: [
        { kind: 'add', path: 'jars/a.jar', checksum: 'c', size: 1000 },
        { kind: 'update', path: 'jars/b-2.jar', previousPath: 'jars/b-1.jar', checksum: 'd', size: 5 },
        { kind: 'remove', path: 'jars/c.jar' },
      ],
      unchanged: 4,
      problems: [],
    });
  });

  it('lists no changes of a refused publication, but those of a refused preview', () => {
    const refused = outcome({ changes: CHANGES, refusal: 'errors' });
    expect(resultOf(refused).changes).toEqual([]);
    expect(resultOf({ ...refused, kind: 'preview' }).changes).toHaveLength(3);
    expect(resultOf({ ...refused, kind: 'preview' }).report).toMatchObject({ refusal: 'errors' });
  });

  it('has the problems of a run that failed', () => {
    expect(failedResult(new UserError('index', 'What.', { hint: 'Do.' }))).toEqual({
      changed: false,
      timestamp: null,
      commit: null,
      siteUrl: null,
      changes: [],
      unchanged: 0,
      problems: [{ severity: 'error', code: 'index', message: 'What.', hint: 'Do.' }],
    });
  });
});

test('the marker of a comment is read only from its first line', () => {
  const marker = '<!-- pages-update-site 0123456789abcdef run 42 -->';
  expect(parseMarker(`${marker}\nmore`)).toEqual({ site: '0123456789abcdef', runId: 42 });
  for (const body of ['', `\n${marker}`, marker.replace('42', 'x'), marker.replace('abcdef', 'ABCDEF')])
    expect(parseMarker(body)).toBeUndefined();
});

test('a commit that only updates channels names them', () => {
  const message = (channels: readonly string[]) => commitMessage([], [], channels);
  expect(message(['eap'])).toBe('Bring the channel eap up to date\n\n- Bring up to date: channel eap\n');
  expect(message(['eap', 'nightly']).split('\n')[0]).toBe('Bring 2 channels up to date');
});
