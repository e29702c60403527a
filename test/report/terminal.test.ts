import type { ChangeDetails } from '../../src/model/change-details.js';
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
  renderVerdict,
  type Paint,
} from '../../src/report/terminal.js';

/** Shows styles as marks. */
const paint: Paint = (style, text) => `<${style}>${text}</>`;
const plain: Paint = (_, text) => text;

function outcome(more: Partial<Outcome>): Outcome {
  return { ...emptyOutcome('imagej', 'publication', 'folder site'), ...more };
}

const SHORT = { isVerbose: false, frontEnd: 'command-line' } as const;
/** The whole report. */
const render = (shown: Outcome, style: Paint) =>
  renderVerdict(shown, style) + renderOutcome(shown, style, SHORT);

const CHANGES: readonly Change[] = [
  { kind: 'add', path: 'jars/a.jar', checksum: 'c', size: 1000, reason: 'new' },
  { kind: 'update', path: 'jars/b-2.jar', previousPath: 'jars/b-1.jar', checksum: 'd', size: 5, reason: 'r' },
  { kind: 'remove', path: 'jars/c.jar', reason: 'removed by request' },
];

describe('the terminal', () => {
  it('shows kinds, reasons and the headline in styles', () => {
    expect(render(outcome({ changed: true, changes: CHANGES }), paint)).toBe(
      `<bold><green>Published: 1 file updated, 1 added, 1 removed.</></>
  <red>remove  </> jars/c.jar                             <dim>removed by request</>
  <cyan>update  </> jars/b-1.jar -> jars/b-2.jar  5 bytes  <dim>r</>
  <green>add     </> jars/a.jar                     1.0 kB  <dim>new</>

Site: folder site
`,
    );
  });

  it('shows the level of the result as the colour of the first line', () => {
    const warning = { severity: 'warning', code: 'no-pom', message: 'm' } as const;
    expect(renderVerdict(outcome({ problems: [warning] }), paint)).toBe(
      '<bold><yellow>Nothing to publish: the site is up to date.</></>\n',
    );
    expect(renderVerdict(outcome({ refusal: 'errors' }), paint)).toBe(
      '<bold><red>Nothing was published: there are errors.</></>\n',
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
      SHORT,
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
    expect(render(outcome({ timestamp: 20260102030405, commit: 'abc' }), plain)).toBe(
      'Nothing to publish: the site is up to date.\n',
    );
    const comparison = outcome({ kind: 'comparison', changed: true, changes: CHANGES.slice(2) });
    expect(render(comparison, plain)).not.toContain('Site:');
    expect(render(outcome({ kind: 'preview', changed: true, timestamp: 1 }), plain)).not.toContain(
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
      SHORT,
    );
    const lines = text.split('\n');
    expect(lines[0]).toBe('What IDEs are offered:');
    expect(lines[1]).toMatch(/^<yellow>! org\.a {4}.*<\/>$/);
    expect(lines[2]).toMatch(/^ {2}org\.bbb {2}/);
    expect(lines[3]).toBe('  … and 3 more rows.');
  });

  it('aligns the table of offers', () => {
    const row = (plugin: string, systems: string[], versions: string[]): OfferChange => ({
      plugin,
      ides: '2024.2',
      systems,
      before: { versions: [], isPartial: false },
      after: { versions, isPartial: false },
    });
    const long = 'x'.repeat(100);
    const offers = (...rows: OfferChange[]) =>
      renderOutcome(outcome({ format: 'jetbrains', offers: { rows, more: 0 } }), paint, SHORT);
    expect(offers(row('a', ['linux'], ['1']), { ...row('bbb', [], ['1']), loss: 'lower' })).toBe(
      `What IDEs are offered:
  a    2024.2 (linux)  not offered → 1
<yellow>! bbb  2024.2          not offered → 1, lower than before</>

`,
    );
    expect(
      offers(row(long, [long], ['1']), row('a', [], ['2']))
        .split('\n')
        .slice(1, 3),
    ).toEqual([
      `  ${long}  2024.2 (${long})  not offered → 1`,
      `  ${'a'.padEnd(80)}  ${'2024.2'.padEnd(80)}  not offered → 2`,
    ]);
  });

  it('aligns the changes, and shows metadata below them', () => {
    const long = 'x'.repeat(100);
    const details: ChangeDetails = {
      versionBefore: '1',
      versionAfter: '2',
      sizeBefore: undefined,
      platforms: ['win64'],
      fields: [{ field: 'description', before: undefined, after: 'An "a"\u0007' }],
      dependents: ['c'],
    };
    const changes: readonly Change[] = [
      { kind: 'metadata', path: 'a', reason: 'r', details },
      { kind: 'revive', path: long, size: 5, reason: 's' },
      { kind: 'rename', path: 'c', previousPath: 'b', size: 1000, reason: '::t' },
    ];
    expect(renderOutcome(outcome({ changes }), paint, SHORT)).toBe(
      `  <green>revive  </> ${long}  5 bytes  <dim>s</>
  <cyan>rename  </> ${'b -> c'.padEnd(80)}   1.0 kB  <dim>: :t</>
  <cyan>metadata</> ${'a'.padEnd(80)}           <dim>r</>
           <dim>description: "An \\"a\\"\ufffd"</>
           <dim>depended on it: "c"</>

`,
    );
  });

  it('names options in the notation of the front end', () => {
    const shown = outcome({ notices: ['Use "keep" (--keep).'] });
    expect(renderOutcome(shown, plain, SHORT)).toBe('Use "--keep".\n');
    expect(renderOutcome(shown, plain, { ...SHORT, frontEnd: 'action' })).toBe('Use "keep".\n');
  });

  it('fits on a screen, unless all lines are requested', () => {
    const details: ChangeDetails = {
      versionBefore: undefined,
      versionAfter: undefined,
      sizeBefore: undefined,
      platforms: [],
      fields: [{ field: 'author', before: undefined, after: 'Ann' }],
      dependents: [],
    };
    const files = (number: number) =>
      outcome({
        changes: Array.from({ length: number }, (_, at) => ({
          kind: 'add' as const,
          path: `jars/${at}.jar`,
          reason: 'r',
          details,
        })),
      });
    const lines = (number: number, isVerbose: boolean) =>
      renderOutcome(files(number), plain, { ...SHORT, isVerbose })
        .split('\n')
        .slice(0, -2);
    expect(lines(18, false)).toHaveLength(36);
    expect(lines(19, false)).toHaveLength(20);
    expect(lines(19, false).at(-1)).toBe('  (--verbose shows metadata)');
    expect(lines(36, false)).toHaveLength(37);
    expect(lines(37, false).slice(-2)).toEqual([
      expect.stringMatching(/^ {2}add {6}jars\/35\.jar /),
      '  … and 1 more file (--verbose shows all)',
    ]);
    expect(lines(37, true)).toHaveLength(74);
  });

  it('shows versions of plugins, and the systems of several variants', () => {
    const version = (more: Partial<ChangeDetails>): Change => ({
      kind: 'update',
      path: 'plugins/org.a/1.1/a.zip',
      reason: 'r',
      details: {
        subject: 'org.a',
        versionBefore: '1.0',
        versionAfter: '1.1',
        sizeBefore: undefined,
        platforms: [],
        fields: [],
        dependents: [],
        ...more,
      },
    });
    const nameOf = (...changes: Change[]) =>
      renderOutcome(outcome({ format: 'jetbrains', changes }), plain, SHORT).split('\n')[0];
    const variant = { before: '1.0', after: '1.1' };
    expect(nameOf(version({}))).toBe('  update   org.a 1.0 → 1.1    r');
    expect(nameOf(version({ platforms: ['linux', 'mac'] }))).toBe('  update   org.a 1.0 → 1.1    r');
    expect(nameOf(version({ variant, platforms: ['linux'] }))).toBe('  update   org.a 1.0 → 1.1    r');
    expect(nameOf(version({ variant, platforms: ['linux'] }), version({ variant, platforms: ['mac'] }))).toBe(
      '  update   org.a 1.0 → 1.1 (linux, mac)    r',
    );
  });

  it('shows the facts of each kind of run', () => {
    const facts = (more: Partial<Outcome>) =>
      render(
        outcome({
          changed: true,
          changes: CHANGES.slice(2),
          timestamp: 20260102030405,
          siteUrl: 'https://example.org/',
          skipped: [{ path: '##[a', site: 'Fiji' }],
          notices: ['::One.'],
          ...more,
        }),
        plain,
      )
        .split('\n')
        .filter((line, at) => at !== 1 && line !== '');
    const skipped = '# #[a skipped (served by the upstream site Fiji).';
    expect(facts({ kind: 'preview' })).toEqual([
      'Would be published: 1 file removed.',
      skipped,
      ': :One.',
      'Site: folder site',
      'URL for ImageJ: https://example.org/',
    ]);
    expect(facts({ kind: 'comparison', siteUrl: undefined })).toEqual([
      'Changed: 1 file removed.',
      skipped,
      ': :One.',
    ]);
    expect(
      facts({ format: 'jetbrains', timestamp: undefined, notices: [], skipped: [], unchanged: 1 }),
    ).toEqual([
      'Published: 1 version removed.',
      '1 archive unchanged.',
      'Site: folder site',
      'URL for the IDE: https://example.org/updatePlugins.xml',
    ]);
    expect(facts({ changed: false, notices: [], skipped: [] })).toEqual([
      'Nothing to publish: the site is up to date.',
    ]);
  });

  it('colours the lines of a diff', () => {
    expect(renderDiff('--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n', paint)).toBe(
      '<bold>--- a</>\n<bold>+++ b</>\n<cyan>@@ -1 +1 @@</>\n<red>-old</>\n<green>+new</>\n same\n',
    );
  });

  it('shows untrusted lines of a diff as they are, but without commands', () => {
    expect(renderDiff('+\u001b[0m\n\n-a\n::b\n a\n', paint)).toBe(
      '<green>+\ufffd[0m</>\n\n<red>-a</>\n: :b\n a\n',
    );
    expect(renderDiff('', paint)).toBe('');
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
    const styles = ['bold', 'dim', 'green', 'yellow', 'cyan'] as const;
    expect(styles.map((style) => createPaint(true)(style, ''))).toEqual([
      '\u001b[1m\u001b[0m',
      '\u001b[2m\u001b[0m',
      '\u001b[32m\u001b[0m',
      '\u001b[33m\u001b[0m',
      '\u001b[36m\u001b[0m',
    ]);
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

  it('has only the known fields of a change, and the facts of the run', () => {
    const result = resultOf(
      outcome({
        changed: true,
        changes: [{ kind: 'remove', path: 'a', reason: 'r' }],
        timestamp: 20260102030405,
        commit: 'abc',
        siteUrl: 'https://example.org/',
      }),
    );
    expect(result).toStrictEqual({
      changed: true,
      timestamp: '20260102030405',
      commit: 'abc',
      siteUrl: 'https://example.org/',
      changes: [{ kind: 'remove', path: 'a' }],
      unchanged: 0,
      problems: [],
    });
    for (const kind of ['preview', 'comparison'] as const)
      expect(resultOf(outcome({ kind, siteName: 'n' })).report).toMatchObject({
        version: 1,
        kind,
        siteName: 'n',
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
