import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { ChangeDetails } from '../../src/model/change-details.js';
import type { Change } from '../../src/model/change.js';
import type { Outcome } from '../../src/model/outcome.js';
import { parseMarker, renderComment, siteKey } from '../../src/report/comment.js';
import { renderSummary } from '../../src/report/markdown.js';
import { parseReport, renderReportFile } from '../../src/report/report-json.js';
import {
  createPaint,
  renderDiff,
  renderOutcome,
  renderProblem,
  renderVerdict,
} from '../../src/report/terminal.js';

/** Untrusted names, descriptions and messages. */
const HOSTILE = [
  '@octocat',
  '@org/team please',
  'mail me@example.org',
  '#1',
  'owner/repo#12',
  'GH-7',
  'https://evil.example/',
  'http://evil.example/?a=b&c=d',
  'www.evil.example',
  'ftp://evil.example/x',
  '<https://evil.example/>',
  '[click](https://evil.example)',
  '[click][ref]\n\n[ref]: https://evil.example',
  '![image](https://evil.example/x.png)',
  '![image][i]\n\n[i]: x.png "t"',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '</details><h1>out</h1>',
  '</summary></details>',
  '<a href="javascript:alert(1)">x</a>',
  '<!-- hidden -->',
  '<!-- unclosed',
  '<![CDATA[x]]>',
  '<?php x ?>',
  '&lt;b&gt;',
  '&#60;b&#62;',
  '&nbsp;&copy;',
  '**bold** __bold__ *i* _i_',
  '~~gone~~ ~one~',
  '`code` ``two`` ```three```',
  '```\nfence\n```',
  '````\nlonger\n````',
  '~~~\ntilde\n~~~',
  '`'.repeat(50),
  `${'`'.repeat(7)}diff`,
  '~'.repeat(50),
  'a | b | c',
  '\\| \\` \\* \\',
  '|---|---|\n|a|b|',
  '# heading',
  '## heading\n',
  'setext\n======',
  'setext\n------',
  '---',
  '***',
  '> quote',
  '- item\n- item',
  '1. one\n2. two',
  '* [ ] task\n* [x] task',
  '    indented code',
  '\tindented code',
  '[^1]\n\n[^1]: footnote',
  '$x$ $$y$$',
  ':smile: :+1:',
  'line\nbreak  \nhard\\\nbreak',
  'cr\rlf\r\nend',
  '\u2028separator\u2029',
  '\u202egnp.exe\u202c',
  '\u2066isolate\u2069 \u200f \u061c',
  '\u0000\u0007\u001b[31mred\u001b[0m',
  '\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\',
  '##[error]x',
  '::error::x',
  'a\n::error::x',
  '\ufeff\u00a0\u3000space',
  'x'.repeat(5000),
  '日本語 العربية עברית 🦊',
  '{{ template }} ${env} %0A',
  '\' " \\" &quot;',
  '<details open><summary>x</summary>',
  '<table><tr><td>x',
  '<svg onload=alert(1)>',
  'javascript:alert(1)',
  '+added\n-removed\n@@ -1 +1 @@',
  '--- a\n+++ b',
  '</code></pre>',
];

function outcomeWith(text: string): Outcome {
  const details: ChangeDetails = {
    versionBefore: text,
    versionAfter: `!${text}`,
    sizeBefore: 3,
    platforms: [text],
    fields: [
      { field: 'description', before: text, after: `${text} more` },
      { field: 'author', before: undefined, after: text },
      { field: 'dependency', before: text, after: undefined },
    ],
    dependents: [text],
  };
  const change: Change = {
    kind: 'update',
    path: text,
    previousPath: `${text} before`,
    checksum: text,
    size: 5,
    reason: text,
    details,
  };
  return {
    format: 'imagej',
    changed: true,
    kind: 'preview',
    refusal: undefined,
    timestamp: undefined,
    commit: undefined,
    siteUrl: text,
    siteName: text,
    siteDescription: text,
    site: text,
    changes: [change, { ...change, details: { ...details, subject: `id ${text}` } }],
    unchanged: 1,
    skipped: [{ path: text, site: text }],
    problems: [
      { severity: 'error', code: 'usage', message: text, hint: text },
      { severity: 'warning', code: 'no-pom', path: text, message: text },
    ],
    publishedFiles: [text],
    publishedBytes: 5,
    restored: [text],
    notices: [text],
    siteSize: { bytes: 5, unmeasured: 0, maxBytes: 10 },
    offers: {
      rows: [
        {
          plugin: text,
          ides: text,
          systems: [text],
          before: { versions: [text, `${text}!`], isPartial: true },
          after: { versions: [], isPartial: false },
          loss: 'lost',
        },
      ],
      more: 1,
    },
    diff: `--- db.xml (before)\n+++ db.xml (after)\n@@ -1,1 +1,1 @@\n-${text}\n+${text}\n`,
  };
}

/** Renders Markdown like GitHub, including HTML, but without sanitizing. */
const render = (markdown: string) =>
  micromark(markdown, 'utf8', {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });

/** Returns the elements of a document in order, with their attributes. */
const tagsIn = (html: string) => html.match(/<[^>]*>/g) ?? [];

/** Messages render what is quoted as code. That is harmless, and depends on the text. */
const withoutCode = (tags: readonly string[]) => tags.filter((tag) => !/^<\/?code>$/.test(tag));
const inMarkdown = (outcome: Outcome) => renderSummary(outcome, { frontEnd: 'action' });
const expected = withoutCode(tagsIn(render(inMarkdown(outcomeWith('plain')))));

const ORIGIN = {
  commit: 'c0ffee',
  runId: 1,
  runUrl: 'https://github.com/o/r/actions/runs/1',
  isFromOtherRun: true,
  version: '1.2.3',
};
const PLAIN = outcomeWith('plain');
/** The first line differs from site to site. */
const tagsOfComment = (outcome: Outcome) =>
  withoutCode(tagsIn(render(renderComment(outcome, ORIGIN))).slice(1));

test('the sample of texts is large, and the report has all expected elements', () => {
  expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(60);
  expect(new Set(expected.map((tag) => tag.replace(/[</>]| .*/g, '')))).toEqual(
    new Set([
      // Links to the explanation of a problem.
      'a',
      'h3',
      'p',
      'strong',
      'ul',
      'li',
      'code',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'details',
      'sub',
      'summary',
      'pre',
    ]),
  );
});

test.each(HOSTILE)('shows %j as text in the summary', (text) => {
  const html = render(inMarkdown(outcomeWith(text)));
  expect(withoutCode(tagsIn(html))).toEqual(expected);
  // GitHub searches for these after rendering, outside of code.
  const outside = html.replace(/<code[\s\S]*?<\/code>/g, '').replace(/<[^>]*>/g, '');
  expect(outside).not.toMatch(/@\w|#\d|GH-\d|www\.|:\/\//i);
  // eslint-disable-next-line no-control-regex -- it matches control characters
  expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/);
});

test.each(HOSTILE)('shows %j as text in a comment', (text) => {
  // A comment omits very long texts, which another test covers.
  const outcome = parseReport(renderReportFile(outcomeWith(text.slice(0, 1000))), 'r.json');
  const comment = renderComment(outcome, ORIGIN);
  expect(tagsOfComment(outcome)).toEqual(tagsOfComment(PLAIN));
  expect(parseMarker(comment)).toEqual({ site: siteKey(outcome), runId: 1 });
  const nothing = { changes: [], refusal: undefined };
  expect(tagsOfComment({ ...outcome, ...nothing })).toEqual(tagsOfComment({ ...PLAIN, ...nothing }));
});

test.each(HOSTILE)('%j does not control a terminal', (text) => {
  const outcome = outcomeWith(text);
  const paint = createPaint(false);
  const shown = [
    renderVerdict(outcome, paint),
    renderOutcome(outcome, paint, { isVerbose: true, frontEnd: 'command-line' }),
    renderDiff(outcome.diff ?? '', paint),
    ...outcome.problems.map((problem) => renderProblem(problem, paint)),
  ].join('');
  // eslint-disable-next-line no-control-regex -- it matches control characters
  expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  // GitHub's runner executes workflow commands in the output.
  expect(shown).not.toMatch(/^\s*::|##\[/m);
});
