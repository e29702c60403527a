import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { makeBareRepository } from '../support/git.js';
import { serveGitHub, type GitHubServer } from '../support/github.js';
import { runAction, runCli } from '../support/program.js';
import { serveFolder, type SiteServer } from '../support/site-server.js';

const TIMESTAMP = '20260101000000';
const TOOL = `macros/Tool.ijm-${TIMESTAMP}`;

let cwd: string;
let site: string;
let github: GitHubServer;

/** Publishes three macros. */
function publish(...place: string[]): void {
  const args = ['--app-dir', 'app', '--timestamp', TIMESTAMP, ...place];
  expect(runCli(['publish', ...args], { cwd })).toMatchObject({ code: 0 });
}

beforeEach(async () => {
  github = await serveGitHub();
  cwd = makeFolder();
  site = path.join(cwd, 'site');
  writeFiles(cwd, { 'app/macros/Tool.ijm': 'a', 'app/macros/B.ijm': 'b', 'app/macros/C.ijm': 'c' });
  publish('--site-dir', 'site');
});

afterEach(() => github.close());

function verify(inputs: Record<string, string>, { runId = 100, env = {} } = {}) {
  return runAction(
    { token: 'ghs_secret', skip: 'orphans', ...inputs },
    {
      cwd,
      program: 'verify',
      env: {
        GITHUB_EVENT_NAME: 'schedule',
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: 'owner/name',
        GITHUB_RUN_ID: String(runId),
        ...env,
      },
    },
  );
}

const annotations = (stdout: string) => stdout.split('\n').filter((line) => /^::(error|warning)/.test(line));

test('a good site passes, in outputs, log and summary', async () => {
  const ran = await verify({ site: 'site' });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.outputs).toMatchObject({ passed: 'true', 'failed-checks': '' });
  expect(JSON.parse(ran.outputs['result'] ?? '')).toMatchObject({ site: 'folder site', format: 'imagej' });
  expect(ran.outputs['summary']?.trimEnd()).toBe(ran.summary.trimEnd());
  expect(ran.summary).toContain('### ✅ Site check:');
  expect(annotations(ran.stdout)).toEqual([]);
  expect(ran.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('ghs_secret');
  expect(github.calls).toEqual([]);
});

test('a failed check fails the step, as far as fail-on wants', async () => {
  rmSync(path.join(site, TOOL));
  const ran = await verify({ site: 'site' });
  expect(ran.code).toBe(1);
  expect(ran.outputs).toMatchObject({ passed: 'false', 'failed-checks': 'payloads-present' });
  expect(annotations(ran.stdout)).toEqual([
    expect.stringMatching(
      /^::error title=Site check::folder site: 1 of \d+ checks failed .*payloads-present/,
    ),
  ]);
  expect(ran.summary).toContain(`- \`${TOOL}\`: it does not exist`);
  const never = await verify({ site: 'site', 'fail-on': 'never' });
  expect(never.code).toBe(0);
  expect(never.outputs['passed']).toBe('false');
  expect(annotations(never.stdout)).toEqual([expect.stringMatching(/^::warning title=Site check::/)]);
});

test('a warning is an annotation, and fails the step with "fail-on: warning"', async () => {
  writeFiles(cwd, { 'app/macros/Tool.ijm': 'new' });
  publish('--site-dir', 'site', '--timestamp', '20260201000000');
  rmSync(path.join(site, TOOL));
  const ran = await verify({ site: 'site' });
  expect(ran).toMatchObject({ code: 0, outputs: { passed: 'true', 'failed-checks': '' } });
  expect(annotations(ran.stdout)).toEqual([expect.stringMatching(/^::warning .*previous-payloads/)]);
  const strict = await verify({ site: 'site', 'fail-on': 'warning' });
  expect(strict).toMatchObject({
    code: 1,
    outputs: { passed: 'false', 'failed-checks': 'previous-payloads' },
  });
});

test('a site on a branch is checked, and its address with a sample', async () => {
  const remote = makeBareRepository();
  publish('--remote', remote);
  expect(await verify({ site: `git+file://${remote}#gh-pages` })).toMatchObject({ code: 0 });
  const server = await serveFolder(site);
  try {
    const ran = await verify({ site: `${server.url}/`, sample: '1' });
    expect(ran).toMatchObject({ code: 0, outputs: { passed: 'true' } });
    expect(ran.outputs['result']).toContain('Only 1 file of 3 was read.');
  } finally {
    await server.close();
  }
});

describe('without the input "site"', () => {
  let server: SiteServer;
  let api: SiteServer;
  let pages: unknown;

  beforeEach(async () => {
    server = await serveFolder(site);
    pages = { html_url: `${server.url}/`, build_type: 'legacy', source: { branch: 'gh-pages', path: '/' } };
    api = await serveFolder(site, (request, response) => {
      const isPages = request.url === '/repos/owner/name/pages' && pages !== undefined;
      response.writeHead(isPages ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isPages ? pages : { message: 'Not Found' }));
      return true;
    });
  });

  afterEach(async () => {
    await server.close();
    await api.close();
  });

  test('the site of the repository is checked', async () => {
    const ran = await verify({}, { env: { GITHUB_API_URL: api.url } });
    expect(ran).toMatchObject({ code: 0, outputs: { passed: 'true' } });
    expect(JSON.parse(ran.outputs['result'] ?? '')).toMatchObject({ site: `${server.url}/` });
  });

  test('an unknown address is a fault of the inputs', async () => {
    pages = undefined;
    const env = { GITHUB_API_URL: api.url, GITHUB_SERVER_URL: 'https://git.example.org' };
    const ran = await verify({}, { env });
    expect(ran.code).toBe(1);
    expect(annotations(ran.stdout)).toEqual([
      expect.stringContaining('input "site": the address of the site is not known.'),
    ]);
  });
});

test('all faults of the inputs are reported together', async () => {
  const ran = await verify({ site: 'ftp://host/', sample: '0', issue: 'perhaps', 'fail-on': 'all' });
  expect(ran).toMatchObject({ code: 1, outputs: {}, summary: '' });
  expect(annotations(ran.stdout)).toHaveLength(4);
  for (const text of ['ftp://host/', 'input "sample"', 'input "issue"', 'input "fail-on"'])
    expect(annotations(ran.stdout).join()).toContain(text);
});

describe('the issue', () => {
  const WITH_ISSUE = { site: 'site', issue: 'true' };

  test('is opened, updated, and closed with a comment', async () => {
    expect((await verify(WITH_ISSUE)).stdout).toContain('An issue is not needed.');
    rmSync(path.join(site, TOOL));
    const first = await verify(WITH_ISSUE, { runId: 101 });
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('An issue was opened: https://github.com/owner/name/issues/1');
    writeFileSync(path.join(site, `macros/B.ijm-${TIMESTAMP}`), 'x');
    await verify(WITH_ISSUE, { runId: 102 });
    expect(github.issues).toMatchObject([
      { title: 'Update site check failed: folder site', login: 'github-actions[bot]', state: 'open' },
    ]);
    expect(github.issues[0]?.body).toContain('payload-checksums');
    expect(github.issues[0]?.body).toContain('https://github.com/owner/name/actions/runs/102');
    writeFileSync(path.join(site, `macros/B.ijm-${TIMESTAMP}`), 'b');
    writeFileSync(path.join(site, TOOL), 'a');
    const sampled = await verify({ ...WITH_ISSUE, sample: '1' }, { runId: 103 });
    expect(sampled).toMatchObject({ code: 0 });
    expect(sampled.stdout).toContain('did not check completely what had failed before (payload-checksums)');
    expect(github.issues).toMatchObject([{ state: 'open' }]);
    expect(await verify(WITH_ISSUE, { runId: 104 })).toMatchObject({ code: 0 });
    expect(github.issues).toMatchObject([{ state: 'closed' }]);
    expect(github.comments).toMatchObject([{ issue: 1, login: 'github-actions[bot]' }]);
    expect(github.comments[0]?.body).toContain('All checks that had failed pass again');
    expect([...github.logins]).toEqual(['token ghs_secret']);
  });

  test('is found among 250 others, and never that of another account or a pull request', async () => {
    rmSync(path.join(site, TOOL));
    await verify(WITH_ISSUE);
    const [ours] = github.issues.splice(0);
    if (!ours) throw new Error('no issue');
    const others = Array.from({ length: 250 }, (_, at) => ({ ...ours, number: at + 1, body: 'It hangs.' }));
    github.issues.push(
      ...others,
      { ...ours, number: 300, login: 'someone' },
      { ...ours, number: 301, isPullRequest: true },
      { ...ours, number: 302 },
    );
    const before = structuredClone(github.issues);
    await verify(WITH_ISSUE, { runId: 101 });
    expect(github.issues).toHaveLength(before.length);
    const changed = github.issues.filter(({ body }, at) => body !== before[at]?.body);
    expect(changed.map(({ number }) => number)).toEqual([302]);
  });

  test('is opened once, even if the response is lost', async () => {
    rmSync(path.join(site, TOOL));
    github.fail(/^POST .*\/issues$/, { status: 502, body: '<html>Bad gateway</html>', isDone: true });
    expect((await verify(WITH_ISSUE)).stdout).toContain('An issue was opened');
    expect(github.issues).toHaveLength(1);
  });

  test('that cannot be written is a warning with its remedy', async () => {
    const body = { message: 'Resource not accessible by integration' };
    github.fail(/^GET .*\/issues$/, { status: 403, body });
    const ran = await verify(WITH_ISSUE);
    expect(ran.code).toBe(0);
    expect(annotations(ran.stdout)).toEqual([
      expect.stringMatching(/^::warning title=issue-not-written::.*not accessible.*issues: write/),
    ]);
    rmSync(path.join(site, TOOL));
    github.fail(/^POST .*\/issues$/, { status: 410, body: { message: 'Issues are disabled' } });
    expect((await verify(WITH_ISSUE)).stdout).toContain('Issues are disabled');
    expect((await verify({ ...WITH_ISSUE, token: '' })).stdout).toContain('the token for the repository');
  });
});
