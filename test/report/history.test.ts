import type { PastPublication } from '../../src/model/past-publication.js';
import { noteOnEarlier, renderHistory, renderHistoryMarkdown } from '../../src/report/history.js';
import { createPaint } from '../../src/report/terminal.js';

const COMMIT = 'bdb9f7e15a06c1aaba0288ee92cbba82ac7d0000';
const STORED: PastPublication = {
  timestamp: 20261127230500,
  date: new Date('2026-11-27T23:05:59Z'),
  commit: COMMIT,
  author: 'Ann',
  subject: 'Add a.ijm',
  changes: [
    { kind: 'add', path: 'macros/a.ijm', reason: '' },
    { kind: 'remove', path: 'macros/b.ijm', reason: '' },
    { kind: 'add', path: 'macros/c.ijm', reason: '' },
  ],
};
/** Only the index shows it. */
const INDEXED: PastPublication = {
  timestamp: 20261120080000,
  date: undefined,
  commit: undefined,
  author: undefined,
  subject: undefined,
  changes: [],
};
const HEAD = '### Publications, newest first\n\nSite: `folder site`\n\n';

const inMarkdown = (...publications: readonly PastPublication[]) =>
  renderHistoryMarkdown('folder site', publications);

test('publications are lines of a terminal', () => {
  expect(renderHistory([STORED, INDEXED], createPaint(false))).toBe(
    '20261127230500  bdb9f7e15a06  2026-11-27 23:05  2 add, 1 remove  Add a.ijm  (Ann)\n20261120080000  no changes\n',
  );
});

test('publications are rows of a table in Markdown', () => {
  expect(inMarkdown(STORED, INDEXED)).toBe(
    `${HEAD}| Timestamp | Commit | Date | Changes | Message |
| --- | --- | --- | --- | --- |
| \`20261127230500\` | \`bdb9f7e15a06\` | 2026-11-27 23:05 | 2 add, 1 remove | Add a.ijm |
| \`20261120080000\` |  |  | no changes |  |
`,
  );
});

test('a publication without a timestamp has its commit', () => {
  expect(inMarkdown({ ...STORED, timestamp: undefined })).toContain('\n|  | `bdb9f7e15a06` | 2026-11-27');
});

test.each([
  [20, 20, 'Earlier publications are not listed. To list up to 500, add: --limit 500\n'],
  [500, 500, 'Earlier publications cannot be listed: a history goes back 500 publications at most.\n'],
  [490, 499, 'Earlier publications cannot be listed: a history goes back 500 publications at most.\n'],
])('a list of %d of at most %d publications states how to list earlier ones', (listed, limit, note) => {
  expect(noteOnEarlier(listed, limit)).toBe(note);
});

test('a long message of a commit is cut, and the cut is marked', () => {
  expect(inMarkdown({ ...STORED, subject: 'x'.repeat(201) })).toContain(`| ${'x'.repeat(200)}… |\n`);
});

test('an untrusted message of a commit is neither rendered nor long', () => {
  const subject = `<b>|@me [x](https://evil.example)\u202e${'x'.repeat(1000)}`;
  const text = inMarkdown({ ...STORED, subject });
  expect(text).toContain('| &#60;b>&#124;@\u2060me \\[x\\](https:\u2060//');
  expect(text).not.toMatch(/<b>|\u202e|(?<!\\)\]\(|x{200}/);
});

test('an empty history is a sentence', () => {
  const sentence = 'The index does not record publications, and this place does not keep earlier states.\n';
  expect(renderHistory([], createPaint(false))).toBe(sentence);
  expect(inMarkdown()).toBe(HEAD + sentence);
});
