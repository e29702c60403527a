import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { serveGit } from '../support/git-http.js';
import { fileOf, git, indexOf, makeBareRepository } from '../support/git.js';
import { runAction, runCli } from '../support/program.js';
import { serveFolder } from '../support/site-server.js';

const STAMPS = ['20260101000000', '20260201000000', '20260301000000'] as const;
/** Options of git. */
const AUTHOR = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'];
const WAY_OUT = 'This was a dry run. To change the site, run it again with "dry-run: false".';

let cwd: string;
let remote: string;

/** Publishes macros of a build, and nothing else. */
function publish(timestamp: string, files: Record<string, string>): void {
  rmSync(path.join(cwd, 'build'), { recursive: true, force: true });
  writeFiles(cwd, files);
  const options = ['--files', 'build/*.ijm => macros/', '--timestamp', timestamp, '--complete-site'];
  expect(runCli(['publish', '--remote', remote, ...options], { cwd })).toMatchObject({ code: 0 });
}

beforeEach(() => {
  cwd = makeFolder();
  remote = makeBareRepository();
  publish(STAMPS[0], { 'build/a.ijm': 'a1', 'build/b.ijm': 'b1' });
  publish(STAMPS[1], { 'build/a.ijm': 'a2', 'build/c.ijm': 'c1' });
});

function rollBack(inputs: Record<string, string>, env: Record<string, string> = {}) {
  const event = { GITHUB_EVENT_NAME: 'workflow_dispatch', ...env };
  return runAction({ remote, ...inputs }, { cwd, program: 'rollback', env: event });
}

const tip = () => git(remote, 'rev-parse', 'gh-pages').trim();
const annotations = (stdout: string) => stdout.split('\n').filter((line) => /^::(error|warning)/.test(line));

test('without "dry-run", it only shows what users would get, and how to do it', async () => {
  const before = tip();
  const ran = await rollBack({ to: 'last' });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(tip()).toBe(before);
  expect(annotations(ran.stdout)).toEqual([]);
  expect(ran.outputs).toMatchObject({ changed: 'true', 'commit-sha': '' });
  const changes = JSON.parse(ran.outputs['changes'] ?? '') as { kind: string; path: string }[];
  expect(changes.map(({ kind, path: file }) => `${kind} ${file}`)).toEqual([
    'update macros/a.ijm',
    'revive macros/b.ijm',
    'remove macros/c.ijm',
  ]);
  expect(JSON.parse(ran.outputs['result'] ?? '')).toMatchObject({ changed: true, changes, problems: [] });
  expect(ran.outputs['summary']?.trimEnd()).toBe(ran.summary.trimEnd());
  expect(ran.summary).toContain(' Update site: 3 files change');
  expect(ran.summary).toContain('| ♻️ | macros/**b.ijm** |');
  expect(ran.summary).toContain('1 file comes back, but not by itself');
  expect(ran.summary).toContain('run it again with `dry-run: false`.');
  expect(ran.stdout).toContain(WAY_OUT);
});

test('with "dry-run: false", it makes a new publication', async () => {
  const ran = await rollBack({ to: STAMPS[0], 'dry-run': 'false', message: 'Undo it' });
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.outputs).toMatchObject({ changed: 'true', 'commit-sha': tip() });
  const timestamp = ran.outputs['timestamp'] ?? '';
  expect(ran.outputs['published-files']?.split('\n')).toEqual([
    `macros/a.ijm-${timestamp}`,
    `macros/b.ijm-${timestamp}`,
  ]);
  expect(fileOf(remote, `macros/a.ijm-${timestamp}`).toString()).toBe('a1');
  expect(git(remote, 'log', '-1', '--format=%s', 'gh-pages').trim()).toBe('Undo it');
  expect(ran.summary).toContain(' Update site: 3 files changed');
  expect(ran.stdout).not.toContain(WAY_OUT);
  const again = await rollBack({ to: git(remote, 'rev-parse', 'gh-pages~1').trim(), 'dry-run': 'false' });
  expect(again).toMatchObject({ code: 0, outputs: { changed: 'true' } });
  expect(indexOf(remote)).toContain('filename="macros/c.ijm"');
});

test('a state that the site already has is nothing to do', async () => {
  const ran = await rollBack({ to: STAMPS[1] });
  expect(ran).toMatchObject({ code: 0, outputs: { changed: 'false', timestamp: '' } });
  expect(ran.stdout).not.toContain(WAY_OUT);
});

describe('the publications are listed', () => {
  const rows = (summary: string) => [...summary.matchAll(/^\| `(\d{14})` \| `([0-9a-f]{12})` \|/gm)];

  test('without a moment, and the step fails', async () => {
    const before = tip();
    const ran = await rollBack({ 'dry-run': 'false' });
    expect(ran).toMatchObject({ code: 1, outputs: { changed: 'false' } });
    expect(annotations(ran.stdout)).toEqual([
      '::error title=usage::It is not known where to go back to. Use input "to" with a timestamp or commit as "update-site history" prints it, or "to: last" to undo the last publication.',
    ]);
    const [newest, oldest] = [tip(), git(remote, 'rev-parse', 'gh-pages~1').trim()];
    expect(rows(ran.summary).map(([, stamp, commit]) => [stamp, commit])).toEqual([
      [STAMPS[1], newest.slice(0, 12)],
      [STAMPS[0], oldest.slice(0, 12)],
    ]);
    expect(ran.summary).toContain('1 add, 1 update, 1 remove');
    expect(ran.stdout).toContain(`${STAMPS[0]}  ${oldest.slice(0, 12)}  `);
    expect(tip()).toBe(before);
  });

  test('if the history does not contain the moment', async () => {
    const ran = await rollBack({ to: '20260115000000' });
    expect(ran.code).toBe(1);
    expect(annotations(ran.stdout)).toEqual([
      expect.stringContaining('The nearest ones are 20260101000000 and 20260201000000.'),
    ]);
    expect(rows(ran.summary)).toHaveLength(2);
  });

  test('at most 20 of them, and texts of commits are not commands to the runner', async () => {
    const folder = path.join(makeFolder(), 'checkout');
    git(cwd, 'clone', '--quiet', '--branch', 'gh-pages', remote, folder);
    // Another program writes the index of before, and that of now, in turn.
    for (let at = 0; at < 22; at++) {
      git(folder, 'checkout', '--quiet', `${tip()}${at % 2 === 0 ? '~1' : ''}`, '--', 'db.xml.gz');
      git(folder, ...AUTHOR, 'commit', '--quiet', '--message', '::error::<b>@me');
    }
    git(folder, 'push', '--quiet', 'origin', 'gh-pages');
    const ran = await rollBack({});
    expect(ran.summary.match(/^\|.*\| `[0-9a-f]{12}` \|/gm)).toHaveLength(20);
    expect(annotations(ran.stdout)).toHaveLength(1);
    expect(ran.summary).not.toMatch(/<b>|@me/);
  });

  test('unless the site cannot be read, with the reason', async () => {
    const ran = await rollBack({ remote: path.join(cwd, 'nothing.git') });
    expect(ran.code).toBe(1);
    expect(annotations(ran.stdout)).toHaveLength(1);
    expect(ran.stdout).toMatch(/^The publications cannot be listed: .*nothing\.git/m);
    expect(rows(ran.summary)).toEqual([]);
  });
});

test('all faults of the inputs are reported together', async () => {
  const ran = await rollBack({ 'dry-run': 'perhaps', 'fail-on': 'all', 'site-dir': 'x', repository: 'a' });
  expect(ran.code).toBe(1);
  const found = annotations(ran.stdout);
  for (const text of [
    'input "dry-run"',
    'input "fail-on"',
    'input "repository": "a" is not a repository',
    'input "remote": it cannot be used together with input "site-dir"',
    'It is not known where to go back to.',
  ])
    expect(found.join('\n')).toContain(text);
  expect(ran.summary).toContain('not published, ');
  expect(ran.summary).not.toContain('### Publications');
});

test('a site in a folder goes back too, and a file that is gone stops it', async () => {
  const site = path.join(cwd, 'site');
  git(cwd, 'clone', '--quiet', '--branch', 'gh-pages', remote, site);
  cpSync(site, path.join(cwd, 'other'), { recursive: true });
  const given = { remote: '', to: 'last', 'dry-run': 'false' };
  expect(await rollBack({ ...given, 'site-dir': 'site' })).toMatchObject({
    code: 0,
    outputs: { changed: 'true', 'commit-sha': '' },
  });
  rmSync(path.join(cwd, `other/macros/a.ijm-${STAMPS[0]}`));
  const refused = await rollBack({ ...given, 'site-dir': 'other' });
  expect(refused).toMatchObject({ code: 1, outputs: { changed: 'false' } });
  expect(annotations(refused.stdout)).toEqual([expect.stringMatching(/^::error title=lost-payload::/)]);
  expect(refused.summary).not.toContain('### Publications');
  expect(await rollBack({ ...given, 'site-dir': 'other', 'fail-on': 'never' })).toMatchObject({ code: 0 });
});

describe('the repository of the workflow', () => {
  const PAGES = {
    html_url: 'https://plugins.example.org/',
    build_type: 'legacy',
    source: { branch: 'gh-pages', path: '/' },
  };

  /** Goes back in a repository on a server with a login. */
  async function rollBackOnServer(inputs: Record<string, string>) {
    const root = path.dirname(remote);
    git(root, 'clone', '--quiet', '--bare', remote, 'owner/name');
    const target = path.join(root, 'owner/name');
    git(target, 'config', 'http.receivepack', 'true');
    git(target, 'config', 'uploadpack.allowFilter', 'true');
    const server = await serveGit(root, { login: 'x-access-token:ghs_secret' });
    const api = await serveFolder(root, ({ url = '' }, response) => {
      const status = url.endsWith('/pages') ? 200 : url.endsWith('/builds') ? 201 : 404;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(url.endsWith('/pages') ? PAGES : {}));
      return true;
    });
    const env = { GITHUB_SERVER_URL: server.url, GITHUB_API_URL: api.url, GITHUB_REPOSITORY: 'owner/name' };
    try {
      const ran = await rollBack({ remote: '', token: 'ghs_secret', to: 'last', ...inputs }, env);
      return { ran, calls: api.requests, head: git(target, 'rev-parse', 'gh-pages').trim() };
    } finally {
      await server.close();
      await api.close();
    }
  }

  test('goes back with the masked token, and GitHub Pages is asked to build it', async () => {
    const { ran, calls, head } = await rollBackOnServer({ 'dry-run': 'false' });
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.outputs).toMatchObject({ 'commit-sha': head, 'site-url': 'https://plugins.example.org/' });
    expect(head).not.toBe(tip());
    expect(ran.stdout).toContain('::add-mask::ghs_secret');
    expect(ran.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('ghs_secret');
    expect(calls).toContain('POST /repos/owner/name/pages/builds');
  });

  test('is not changed by a dry run', async () => {
    const { ran, calls, head } = await rollBackOnServer({});
    expect(ran).toMatchObject({ code: 0, outputs: { changed: 'true' } });
    expect(head).toBe(tip());
    expect(calls).not.toContain('POST /repos/owner/name/pages/builds');
  });
});
