import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { makeBareRepository, refsOf } from '../support/git.js';
import { serveGitHub, type GitHubServer } from '../support/github.js';
import { runAction, runCli, type ActionRan } from '../support/program.js';

const COMMIT = 'c0ffee'.padEnd(40, '0');
const PULL_REQUEST = {
  number: 7,
  pull_request: {
    number: 7,
    head: { sha: COMMIT, repo: { full_name: 'owner/name' } },
    base: { repo: { full_name: 'owner/name' } },
  },
};
const FROM_FORK = {
  ...PULL_REQUEST,
  pull_request: { ...PULL_REQUEST.pull_request, head: { sha: COMMIT, repo: { full_name: 'stranger/name' } } },
};
const WORKFLOW_RUN = {
  workflow_run: {
    id: 500,
    event: 'pull_request',
    conclusion: 'success',
    head_sha: COMMIT,
    head_branch: 'patch-1',
    head_repository: { full_name: 'stranger/name', owner: { login: 'stranger' } },
    pull_requests: [],
  },
};
const READ_ONLY = { status: 403, body: { message: 'Resource not accessible by integration' } };

let github: GitHubServer;
let repository: string;
let cwd: string;

beforeEach(async () => {
  github = await serveGitHub();
  repository = makeBareRepository();
  cwd = makeFolder();
  writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
});

afterEach(() => github.close());

interface Run {
  inputs?: Record<string, string>;
  event?: string;
  payload?: unknown;
  runId?: number;
  env?: Record<string, string>;
}

function act({
  inputs = {},
  event = 'pull_request',
  payload = PULL_REQUEST,
  runId = 100,
  env = {},
}: Run = {}) {
  const eventFile = path.join(makeFolder(), 'event.json');
  writeFileSync(eventFile, JSON.stringify(payload));
  return runAction(
    { 'app-dir': 'app', remote: repository, token: 'ghs_secret', ...inputs },
    {
      cwd,
      env: {
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: eventFile,
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: 'owner/name',
        GITHUB_RUN_ID: String(runId),
        ...env,
      },
    },
  );
}

const comment = (run: Run = {}) => act({ ...run, inputs: { comment: 'true', ...run.inputs } });
const warnings = ({ stdout }: ActionRan) => stdout.split('\n').filter((line) => line.startsWith('::warning'));

describe('a comment on the pull request', () => {
  test('is created once, and then updated', async () => {
    const first = await comment();
    expect(first).toMatchObject({ code: 0 });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('| 🆕 | macros/**A.ijm** |');
    expect(github.comments[0]?.body).toContain('Commit `c0ffee000000`');
    expect(github.comments[0]?.body).toContain('https://github.com/owner/name/actions/runs/100');
    expect(first.outputs['comment-url']).toBe('https://github.com/owner/name/pull/7#issuecomment-1001');
    writeFiles(cwd, { 'app/macros/B.ijm': 'b' });
    await comment({ runId: 101 });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('macros/**B.ijm**');
    expect(refsOf(repository)).toBe('');
    expect([...github.logins]).toEqual(['token ghs_secret']);
    expect(first.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('ghs_secret');
  });

  test('is found among 250 others, by its author and its first line', async () => {
    await comment();
    const [ours] = github.comments.splice(0);
    const other = (id: number, body: string, login = 'someone') => ({ id, issue: 7, login, body });
    github.comments.push(
      ...Array.from({ length: 250 }, (_, at) => other(at, 'Nice work!')),
      other(300, ours?.body ?? ''),
      other(301, `> ${ours?.body ?? ''}`, 'github-actions[bot]'),
      other(302, `<!-- pages-update-site ${'0'.repeat(16)} run 1 -->\nanother site`, 'github-actions[bot]'),
      { ...other(303, ours?.body ?? '', 'github-actions[bot]'), issue: 8 },
      other(304, ours?.body ?? '', 'github-actions[bot]'),
    );
    const before = structuredClone(github.comments);
    writeFiles(cwd, { 'app/macros/B.ijm': 'b' });
    expect(await comment({ runId: 101 })).toMatchObject({ code: 0 });
    expect(github.comments).toHaveLength(before.length);
    const changed = github.comments.filter(({ body }, at) => body !== before[at]?.body);
    expect(changed.map(({ id }) => id)).toEqual([304]);
  });

  test('of another account is not changed, even if it looks like ours', async () => {
    await comment();
    github.viewer = 'my-app[bot]';
    await comment({ runId: 101 });
    expect(github.comments.map(({ login }) => login)).toEqual(['github-actions[bot]', 'my-app[bot]']);
    expect(github.comments[0]?.body).toContain('run 100');
  });

  test('that two first runs have created becomes one', async () => {
    await comment();
    github.comments.push({ ...(github.comments[0] as (typeof github.comments)[number]), id: 2000 });
    await comment({ runId: 101 });
    expect(github.comments.map(({ id }) => id)).toEqual([1001]);
  });

  test('of a later run is kept', async () => {
    await comment({ runId: 200 });
    writeFiles(cwd, { 'app/macros/B.ijm': 'b' });
    const late = await comment({ runId: 199 });
    expect(late.code).toBe(0);
    expect(late.stdout).toContain('keeps the comment of a later run');
    expect(github.comments[0]?.body).not.toContain('B.ijm');
  });

  test('states when the pull request no longer changes the site, and when it changes it again', async () => {
    await comment();
    await act({ inputs: { mode: 'publish' }, event: 'push', payload: {} });
    await comment({ runId: 101 });
    expect(github.comments[0]?.body).toContain('- Outdated: this pull request no longer changes the site.');
    expect(github.comments[0]?.body).not.toContain('A.ijm');
    writeFiles(cwd, { 'app/macros/A.ijm': 'changed' });
    await comment({ runId: 102 });
    expect(github.comments[0]?.body).toContain('| ⬆️ | macros/**A.ijm** |');
  });

  test('is not created if nothing changes, but is created for errors', async () => {
    await act({ inputs: { mode: 'publish' }, event: 'push', payload: {} });
    expect((await comment()).stdout).toContain('does not need a comment');
    expect(github.comments).toEqual([]);
    writeFiles(cwd, { 'app/jars/bad.jar': 'no jar' });
    expect((await comment({ runId: 101 })).code).toBe(1);
    expect(github.comments[0]?.body).toContain('❌');
  });

  test('also reports why a run ended early', async () => {
    const ran = await comment({ inputs: { 'app-dir': 'nowhere' } });
    expect(ran.code).toBe(1);
    expect(github.comments[0]?.body).toContain('1 problem to fix before this can be published');
    expect(github.comments[0]?.body).toContain('nowhere');
  });

  test('exists once per site', async () => {
    await comment();
    await comment({ inputs: { directory: 'updates' } });
    expect(github.comments).toHaveLength(2);
  });

  test('respects the size limit, and states what it leaves out', async () => {
    for (let at = 0; at < 1500; at++)
      writeFiles(cwd, { [`app/macros/${'long-'.repeat(8)}${at}.ijm`]: `${at}` });
    const ran = await comment();
    expect(ran.code).toBe(0);
    const body = github.comments[0]?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toContain('🆕 1,501 added');
    expect(body).toMatch(/… and [\d,]+ more files\./);
    expect(body).toContain('Parts of this report are omitted, because it would be too long.');
    expect(body).not.toContain('```diff');
    expect(body).toMatch(/<sub>Commit .*<\/sub>\n$/);
    expect(ran.summary).toContain(`${'long-'.repeat(8)}1499.ijm`);
    expect(ran.outputs['summary']?.length).toBeLessThanOrEqual(65_536);
  });

  test('is not created by runs without a pull request, or by publications', async () => {
    expect((await comment({ inputs: { mode: 'preview' }, event: 'push', payload: {} })).code).toBe(0);
    expect((await comment({ inputs: { mode: 'publish' } })).code).toBe(0);
    expect(github.calls).toEqual([]);
  });
});

test('a preview does not change a byte of the repository', async () => {
  await act({ inputs: { mode: 'publish' }, event: 'push', payload: {} });
  writeFiles(cwd, { 'app/macros/A.ijm': 'changed', 'app/macros/B.ijm': 'b' });
  const state = () =>
    readdirSync(repository, { recursive: true, encoding: 'utf8' }).map((name) => {
      const file = path.join(repository, name);
      const stats = statSync(file);
      return [name, stats.mtimeMs, stats.isFile() ? readFileSync(file, 'base64') : ''];
    });
  setWritable(repository, false);
  try {
    const before = state();
    for (const payload of [PULL_REQUEST, FROM_FORK]) {
      const ran = await comment({ payload });
      expect(ran).toMatchObject({ code: 0, outputs: { changed: 'true' } });
    }
    expect(state()).toEqual(before);
  } finally {
    setWritable(repository, true);
  }
});

/** Sets whether a folder and everything below is writable (root can always write). */
function setWritable(folder: string, isWritable: boolean): void {
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    const file = path.join(folder, name);
    const { mode } = statSync(file);
    chmodSync(file, isWritable ? mode | 0o200 : mode & ~0o222);
  }
}

describe('if GitHub does not respond as expected', () => {
  test('a read-only token of a fork is a notice', async () => {
    github.fail(/^POST .*comments/, READ_ONLY);
    const ran = await comment({ payload: FROM_FORK });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^::notice::No comment on pull request #7: the token is read-only/m);
    expect(warnings(ran)).toEqual([]);
    expect(ran.summary).toContain('macros/**A.ijm**');
  });

  test('a read-only token of Dependabot is a notice, and a missing permission is a warning', async () => {
    github.fail(/^POST .*comments/, READ_ONLY, READ_ONLY);
    const dependabot = await comment({ env: { GITHUB_ACTOR: 'dependabot[bot]' } });
    expect(dependabot.stdout).toMatch(/^::notice::No comment/m);
    const ran = await comment();
    expect(ran.code).toBe(0);
    expect(warnings(ran).join()).toMatch(
      /Resource not accessible by integration \(403\).*pull-requests: write/,
    );
  });

  test('a failed request is retried, within bounds', async () => {
    github.fail(/^GET .*comments/, { status: 502, body: '<html>Bad Gateway</html>' }, { status: 503 });
    expect((await comment()).code).toBe(0);
    expect(github.comments).toHaveLength(1);
    github.calls.length = 0;
    github.fail(
      /^GET .*comments/,
      ...Array.from({ length: 9 }, () => ({ status: 500, body: { message: 'Oops' } })),
    );
    const ran = await comment({ runId: 101 });
    expect(ran.code).toBe(0);
    expect(warnings(ran).join()).toContain(
      'GitHub failed to list the comments on pull request #7: Oops (500).',
    );
    expect(github.calls).toHaveLength(3);
  });

  test('a comment that was created before a gateway error is not created twice', async () => {
    github.fail(/^POST .*comments/, { status: 502, body: 'Bad Gateway', isDone: true });
    const ran = await comment();
    expect(ran.outputs['comment-url']).toContain('issuecomment-1001');
    expect(github.comments).toHaveLength(1);
  });

  test('a comment that was not created before a gateway error is created', async () => {
    github.fail(/^POST .*comments/, { status: 502, body: 'Bad Gateway' });
    expect((await comment()).outputs['comment-url']).toContain('issuecomment-1001');
  });

  test('the secondary rate limit is waited for as long as GitHub asks, within bounds', async () => {
    const limited = (seconds: string) => ({
      status: 403,
      body: { message: 'You have exceeded a secondary rate limit.' },
      headers: { 'retry-after': seconds },
    });
    github.fail(/^POST .*comments/, limited('1'));
    expect((await comment()).outputs['comment-url']).toContain('issuecomment-1001');
    github.fail(/^PATCH/, limited('900'));
    const ran = await comment({ runId: 101 });
    expect(ran.code).toBe(0);
    expect(warnings(ran).join()).toMatch(/secondary rate limit.*too many requests/);
    expect(github.calls.filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
  });

  test('slow responses do not delay the run', async () => {
    const silent = { status: 200, isSilent: true };
    github.fail(/^GET .*comments/, silent, silent, silent);
    const ran = await comment({ inputs: { timeout: '0.5' } });
    expect(ran.code).toBe(0);
    expect(warnings(ran).join()).toContain('the response was not complete within 0.5 s');
  });

  test.each([
    ['404', { status: 404, body: { message: 'Not Found' } }, 'Not Found (404)'],
    [
      '401',
      { status: 401, body: { message: 'Bad credentials' } },
      'Bad credentials (401).*Check the input "token"',
    ],
    [
      '422',
      {
        status: 422,
        body: {
          message: 'Validation Failed',
          errors: [{ field: 'body', code: 'custom', message: 'is spam' }],
        },
      },
      'Validation Failed; is spam body custom (422)',
    ],
    ['a page', { status: 200, body: '<html>Log in</html>' }, 'the response is not JSON'],
    [
      'no list',
      { status: 200, body: { message: 'hello' } },
      'its response is not valid: it should be a list',
    ],
  ])('%s is reported with its own message', async (_, fault, words) => {
    github.fail(/^GET .*comments/, ...Array.from({ length: 3 }, () => fault));
    const ran = await comment();
    expect(ran.code).toBe(0);
    expect(warnings(ran).join()).toMatch(new RegExp(words.replace(/[()]/g, '\\$&')));
    expect(ran.stdout).not.toContain('<html>');
  });

  test('a token is that of a workflow run if the server does not show its owner', async () => {
    await comment();
    github.fail(/graphql/, { status: 404, body: { message: 'Not Found' } });
    await comment({ runId: 101 });
    github.fail(/graphql/, { status: 200, body: { errors: [{ message: 'FORBIDDEN' }] } });
    await comment({ runId: 102 });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('run 102');
  });

  test('a token for another server is not sent to GitHub', async () => {
    const ran = await comment({
      inputs: { remote: 'http://127.0.0.1:1/x/y', token: 'glpat-secret', timeout: '5' },
    });
    expect(ran.code).toBe(1);
    expect(github.calls).toEqual([]);
    expect(warnings(ran).join()).toContain('mode: comment');
  });
});

describe('a report of another run', () => {
  const commentOnly = (run: Run = {}) =>
    act({
      event: 'workflow_run',
      payload: WORKFLOW_RUN,
      runId: 900,
      ...run,
      inputs: { mode: 'comment', 'report-file': 'report/report.json', ...run.inputs },
    });
  const fork = (commit = COMMIT, repo = 'stranger/name', number = 7) => ({
    number,
    head: { ref: 'patch-1', sha: commit, repo: { full_name: repo } },
  });
  const preview = () =>
    act({ payload: FROM_FORK, runId: 500, inputs: { 'report-file': 'report/report.json' } });

  test('is shown on the pull request of the event, and replaced by the next one', async () => {
    const ran = await preview();
    expect(ran).toMatchObject({ code: 0 });
    expect(github.calls).toEqual([]);
    github.pulls.push(fork(COMMIT, 'other/name', 6), fork(), fork(COMMIT, 'owner/name', 8));
    const shown = await commentOnly();
    expect(shown).toMatchObject({ code: 0, summary: '' });
    expect(github.comments).toMatchObject([{ issue: 7 }]);
    const body = github.comments[0]?.body ?? '';
    expect(body).toContain('| 🆕 | macros/**A.ijm** |');
    expect(body).toContain("generated by the pull request's own code");
    expect(body).toContain('/actions/runs/500');
    expect(body).toContain('+    <plugin filename="macros/A.ijm">');
    expect(Object.keys(shown.outputs)).toEqual(['comment-url']);
    writeFiles(cwd, { 'app/macros/B.ijm': 'b' });
    await act({ payload: FROM_FORK, runId: 501, inputs: { 'report-file': 'report/report.json' } });
    await commentOnly({ payload: { workflow_run: { ...WORKFLOW_RUN.workflow_run, id: 501 } } });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('B.ijm');
  });

  test('cannot choose the pull request by itself', async () => {
    await preview();
    const file = path.join(cwd, 'report/report.json');
    const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(
      file,
      JSON.stringify({ ...report, number: 1, pullRequest: 1, pull_request: { number: 1 } }),
    );
    github.pulls.push(fork());
    await commentOnly();
    expect(github.comments.map(({ issue }) => issue)).toEqual([7]);
  });

  test('is shown on a pull request that the event names by its branch', async () => {
    await preview();
    const own = { ...WORKFLOW_RUN.workflow_run, pull_requests: [{ number: 9, head: { sha: COMMIT } }] };
    await commentOnly({ payload: { workflow_run: own } });
    expect(github.comments).toMatchObject([{ issue: 9 }]);
  });

  test('is also shown by another step of the same job', async () => {
    await preview();
    await commentOnly({ event: 'pull_request', payload: PULL_REQUEST, runId: 500 });
    expect(github.comments).toMatchObject([{ issue: 7 }]);
    expect(github.comments[0]?.body).not.toContain("generated by the pull request's own code");
  });

  test.each([
    ['that has moved on', [fork('d'.repeat(40))], 'No comment: no open pull request has c0ffee'],
    ['that is closed', [], 'No comment: no open pull request has c0ffee'],
    [
      'that is one of two',
      [fork(), fork(COMMIT, 'stranger/name', 8)],
      'No comment: the report could belong to any of the pull requests #7, #8',
    ],
  ])('is not shown on a pull request %s', async (_, pulls, notice) => {
    await preview();
    github.pulls.push(...pulls);
    const ran = await commentOnly();
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(`::notice::${notice}`);
    expect(github.comments).toEqual([]);
  });

  test('is shown as text and not rendered', async () => {
    await preview();
    const file = path.join(cwd, 'report/report.json');
    const hostile = readFileSync(file, 'utf8').replaceAll(
      'macros/A.ijm',
      '<img src=x> @octocat [a](https://evil.example) `|`',
    );
    writeFileSync(file, hostile);
    github.pulls.push(fork());
    expect((await commentOnly()).code).toBe(0);
    const body = github.comments[0]?.body ?? '';
    const outside = body.replace(/`{3,}diff[\s\S]*?`{3,}/, '');
    expect(outside).not.toContain('<img');
    expect(outside).not.toContain('@octocat');
    expect(outside).not.toContain('](https://evil');
  });

  test.each([
    ['no JSON', 'root:x:0:0:secret', 'should be JSON'],
    ['no object', '[1]', 'it should be an object'],
    ['another version', '{"version":2}', 'version should be 1'],
    [
      'a part that is wrong',
      '{"version":1,"format":"imagej","changed":"secret"}',
      'changed should be true or false',
    ],
  ])('is refused without being quoted: %s', async (_, text, words) => {
    writeFiles(cwd, { 'report/report.json': text });
    github.pulls.push(fork());
    const ran = await commentOnly();
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(new RegExp(`^::error title=artifact::.*${words}`, 'm'));
    expect(ran.stdout).not.toMatch(/x:0:0|: secret/);
    expect(github.calls).toEqual([]);
  });

  test('is not read if the file is too large', async () => {
    writeFiles(cwd, { 'report/report.json': Buffer.alloc(16 * 1024 * 1024 + 1, ' ') });
    expect((await commentOnly()).stdout).toMatch(/^::error title=limit::.*16777217 bytes/m);
  });

  posixTest('is not read through a link', async () => {
    writeFiles(cwd, { secret: 'secret' });
    mkdirSync(path.join(cwd, 'report'));
    symlinkSync('../secret', path.join(cwd, 'report/report.json'));
    expect((await commentOnly()).stdout).toMatch(/^::error title=artifact::.*it is a link/m);
  });

  test('may be missing if the other run has failed, and only then', async () => {
    const failed = { workflow_run: { ...WORKFLOW_RUN.workflow_run, conclusion: 'failure' } };
    expect(await commentOnly({ payload: failed })).toMatchObject({ code: 0 });
    const ran = await commentOnly();
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^::error title=artifact::The report report\/report\.json does not exist/m);
  });

  test('is not shown if the setup contains mistakes, which are reported', async () => {
    await preview();
    expect((await commentOnly({ event: 'push', payload: {} })).stdout).toContain(
      '"comment" requires the event',
    );
    expect((await commentOnly({ inputs: { 'report-file': '' } })).stdout).toContain(
      '"mode: comment" needs it',
    );
    expect((await commentOnly({ inputs: { token: '' } })).stdout).toContain('"mode: comment" needs it');
    github.pulls.push(fork());
    github.fail(/^POST .*comments/, READ_ONLY);
    const ran = await commentOnly();
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^::error title=permission::.*pull-requests: write/m);
    const pushed = { workflow_run: { ...WORKFLOW_RUN.workflow_run, event: 'push' } };
    expect((await commentOnly({ payload: pushed })).stdout).toContain(
      '::notice::No comment: the workflow ran for the event push',
    );
  });

  test('a report file that cannot be written fails the run, and the failure is reported', async () => {
    const ran = await act({ inputs: { 'report-file': 'app/macros/A.ijm/report.json' } });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^::error title=site::The report cannot be written/m);
    expect(ran.summary).toContain('macros/**A.ijm**');
  });

  test('the command line writes the same report', async () => {
    await preview();
    const args = ['--app-dir', 'app', '--remote', repository, '--report-file', 'cli.json', '--json'];
    const ran = runCli(['preview', ...args], { cwd });
    expect(ran.code).toBe(0);
    const parse = (text: string) => JSON.parse(text) as Record<string, unknown>;
    const timeless = (text: string) => parse(text.replace(/\d{14}|\d{4}-\d\d-\d\d/g, ''));
    const file = readFileSync(path.join(cwd, 'cli.json'), 'utf8');
    expect(timeless(file)).toEqual(timeless(readFileSync(path.join(cwd, 'report/report.json'), 'utf8')));
    expect(parse(ran.stdout)['report']).toEqual(parse(file));
  });
});
