import type { Verification } from '../../src/model/check.js';
import { CHECK_NAMES } from '../../src/model/check-names.js';
import {
  issueKey,
  issueTitle,
  parseIssueMarker,
  renderIssue,
  renderRecovery,
} from '../../src/report/issue.js';
import { renderVerificationMarkdown } from '../../src/report/verification.js';

const RUN = { runId: 12, runUrl: 'https://github.com/owner/name/actions/runs/12' };

function siteOf(name: string, paths: readonly string[], reason = 'Something is wrong.'): Verification {
  const findings = paths.map((path) => ({ path, message: `@team see #1 ${path}` }));
  const checks = CHECK_NAMES.map((check) => ({ name: check, status: 'failed' as const, reason, findings }));
  return { format: 'imagej', site: name, checks };
}

test('the marker of an issue is read back, and only from its first line', () => {
  const site = siteOf('https://lab.example/', []);
  const body = renderIssue(site, ['names'], ['payload-checksums'], RUN);
  expect(parseIssueMarker(body)).toEqual({
    site: issueKey(site),
    runId: 12,
    failed: ['payload-checksums', 'names'],
  });
  expect(parseIssueMarker(`\n${body}`)).toBeUndefined();
  expect(parseIssueMarker(body.replace('names', 'names,unknown-check'))?.failed).toEqual([
    'payload-checksums',
    'names',
  ]);
  expect(issueKey(siteOf('https://other.example/', []))).not.toBe(issueKey(site));
});

test('the title is one line of limited length', () => {
  expect(issueTitle(siteOf('https://lab.example/', []))).toBe(
    'Update site check failed: https://lab.example/',
  );
  const title = issueTitle(siteOf(`folder a\n\u202e${'x'.repeat(300)}`, []));
  expect(title).not.toMatch(/[\n\u202e]/);
  expect(title.length).toBeLessThan(256);
});

test('nothing in names and messages is rendered, mentioned or linked', () => {
  const body = renderIssue(siteOf('https://x/<b>', ['<!-- `|@owner #7 -->']), ['names'], [], RUN);
  const text = body.slice(1).replace(/`[^`\n]*`/g, '');
  expect(text).not.toMatch(/<!--|<b>|@team|@owner|#1\b|#7\b/);
  expect(renderRecovery(siteOf('x', []), RUN)).toContain(`[Workflow run](${RUN.runUrl})`);
});

test.each([
  [
    'many long names',
    true,
    siteOf(
      'site',
      Array.from({ length: 30 }, (_, at) => `${'`|'.repeat(200)}${at}`),
    ),
  ],
  ['long reasons', false, siteOf('|'.repeat(5000), ['a.jar'], '\ufffd'.repeat(5000))],
])('an issue with %s stays within the limit of GitHub', (_, isCut, site) => {
  const body = renderIssue(site, CHECK_NAMES, CHECK_NAMES, RUN);
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.includes('The files are left out')).toBe(isCut);
  expect(Buffer.byteLength(renderVerificationMarkdown(site))).toBeLessThanOrEqual(1024 * 1024);
});

test('a report that is slightly too long shows fewer files', () => {
  const site = siteOf(
    'site',
    Array.from({ length: 30 }, (_, at) => `plugins/${'x'.repeat(60)}-${at}.jar`),
  );
  const body = renderIssue(site, ['names'], [], RUN);
  expect(body).toContain('… and 27 more.');
  expect(body).not.toContain('The files are left out');
  expect(renderVerificationMarkdown(site)).toContain('… and 10 more.');
});
