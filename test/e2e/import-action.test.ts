import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { serveGit } from '../support/git-http.js';
import { fileOf, filesOf, git, makeBareRepository, refsOf } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runAction, runCli } from '../support/program.js';
import { serveFolder } from '../support/site-server.js';

const OLD = '20260101000000';
const NEW = '20260201000000';

let cwd: string;

beforeEach(() => {
  cwd = makeFolder();
  writeFiles(cwd, { 'a.ijm': 'print(1);', 'b.ijm': 'print(2);' });
  publish(OLD);
  writeFiles(cwd, { 'a.ijm': 'print(3);' });
  publish(NEW);
});

function publish(timestamp: string): void {
  const options = ['--files', '*.ijm => macros/', '--timestamp', timestamp];
  expect(runCli(['publish', '--site-dir', 'old', ...options], { cwd })).toMatchObject({ code: 0 });
}

function importWith(inputs: Record<string, string>, env: Record<string, string> = {}) {
  const event = { GITHUB_EVENT_NAME: 'workflow_dispatch', ...env };
  return runAction(inputs, { cwd, program: 'import', env: event });
}

const annotations = (stdout: string) => stdout.split('\n').filter((line) => /^::(error|warning)/.test(line));

test('without "dry-run", it only shows what would be imported', async () => {
  const remote = makeBareRepository();
  const ran = await importWith({ from: 'old', remote });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(refsOf(remote)).toBe('');
  expect(ran.outputs).toMatchObject({ changed: 'true', 'commit-sha': '', timestamp: '' });
  expect(ran.summary).toContain('a site that offers 2 files would be imported');
  expect(ran.summary).toContain('This was a dry run.');
});

test('a site is imported from its address with its history, and the summary shows the check', async () => {
  const remote = makeBareRepository();
  const server = await serveFolder(path.join(cwd, 'old'));
  try {
    const ran = await importWith({ from: server.url, remote, history: 'true', 'dry-run': 'false' });
    expect(ran).toMatchObject({ code: 0 });
    expect(annotations(ran.stdout)).toEqual([]);
    expect(ran.outputs['commit-sha']).toMatch(/^[0-9a-f]{40}$/);
    expect(ran.outputs['published-files']?.split('\n')).toHaveLength(3);
    expect(JSON.parse(ran.outputs['result'] ?? '')).toMatchObject({ changed: true, problems: [] });
    expect(ran.outputs['summary']?.trimEnd()).toBe(ran.summary.trimEnd());
    expect(ran.summary).toContain('a site that offers 2 files imported');
    expect(ran.summary).toMatch(/Checked in the new place.* all of \d+ checks passed/);
    expect(ran.summary).not.toContain('This was a dry run.');
  } finally {
    await server.close();
  }
  expect(filesOf(remote)).toContain(`macros/a.ijm-${OLD}`);
  expect(fileOf(remote, 'db.xml.gz')).toEqual(readFileSync(path.join(cwd, 'old/db.xml.gz')));
});

test('another site is never overwritten, and a damaged file stops the import', async () => {
  const remote = makeBareRepository();
  writeFiles(cwd, { 'other/c.ijm': 'c' });
  runCli(['publish', '--remote', remote, '--files', 'other/c.ijm => macros/'], { cwd });
  const before = refsOf(remote);
  const given = { from: 'old', 'dry-run': 'false' };
  const other = await importWith({ ...given, remote });
  expect(other).toMatchObject({ code: 1, outputs: { changed: 'false' } });
  expect(annotations(other.stdout)).toEqual([expect.stringContaining('There is already another site')]);
  expect(refsOf(remote)).toBe(before);
  writeFileSync(path.join(cwd, `old/macros/a.ijm-${NEW}`), 'print(9);');
  const damaged = await importWith({ ...given, 'site-dir': 'new' });
  expect(damaged.code).toBe(1);
  expect(annotations(damaged.stdout)).toEqual([expect.stringMatching(/^::error title=damaged-payload::/)]);
  expect(damaged.summary).toContain('not imported, ');
});

test('a lost previous version is a warning, which fails the step if "fail-on" wants it', async () => {
  rmSync(path.join(cwd, `old/macros/a.ijm-${OLD}`));
  const given = { from: 'old', history: 'true', 'site-dir': 'new' };
  const ran = await importWith(given);
  expect(ran.code).toBe(0);
  expect(annotations(ran.stdout)).toEqual([expect.stringMatching(/^::warning title=lost-payload::/)]);
  expect(await importWith({ ...given, 'fail-on': 'warning' })).toMatchObject({ code: 1 });
});

test('all faults of the inputs are reported together', async () => {
  const wrong = await importWith({ from: 'ftp://host/', history: 'perhaps', branch: '..', remote: 'x' });
  expect(wrong).toMatchObject({ code: 1, outputs: { changed: 'false' } });
  expect(annotations(wrong.stdout)).toHaveLength(3);
  for (const text of ['ftp://host/', 'input "history"', 'input "branch"'])
    expect(annotations(wrong.stdout).join('\n')).toContain(text);
  const missing = await importWith({ remote: 'x' });
  expect(annotations(missing.stdout)).toEqual([
    '::error title=usage::It is not known what to import. Name the site to import: https://…, a folder, git+https://…#gh-pages, or zip:backup.zip.',
  ]);
});

test('the index of a plugin repository gets the address at which GitHub Pages serves it', async () => {
  writeFiles(cwd, { 'one.zip': pluginZip({ version: '1.0' }) });
  const options = ['--format', 'jetbrains', '--site-url', 'https://old.example.org/', '--files', 'one.zip'];
  expect(runCli(['publish', '--site-dir', 'plugins', ...options], { cwd })).toMatchObject({ code: 0 });
  const remote = makeBareRepository();
  const pages = {
    html_url: 'https://plugins.example.org/',
    build_type: 'legacy',
    source: { branch: 'gh-pages', path: '/' },
  };
  const root = path.dirname(remote);
  git(root, 'clone', '--quiet', '--bare', remote, 'lab/site');
  const server = await serveGit(root);
  const api = await serveFolder(root, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(pages));
    return true;
  });
  try {
    const env = { GITHUB_SERVER_URL: server.url, GITHUB_API_URL: api.url };
    const inputs = { from: 'plugins', token: 'ghs_secret', repository: 'lab/site' };
    const ran = await importWith(inputs, env);
    expect(ran).toMatchObject({ code: 0, outputs: { 'site-url': 'https://plugins.example.org/' } });
    const own = await importWith({ ...inputs, 'site-url': 'https://own.example.org/' }, env);
    expect(own.outputs['site-url']).toBe('https://own.example.org/');
  } finally {
    await server.close();
    await api.close();
  }
});

test('the token of the new site is not sent to the server of the old one', async () => {
  const source = makeBareRepository();
  expect(runCli(['import', 'old', '--remote', source], { cwd })).toMatchObject({ code: 0 });
  const server = await serveGit(path.dirname(source));
  try {
    const from = `git+${server.url}/${path.basename(source)}#gh-pages`;
    const env = { GITHUB_SERVER_URL: 'https://git.example.org' };
    const ran = await importWith({ from, 'site-dir': 'new', token: 'glpat-secret' }, env);
    expect(ran).toMatchObject({ code: 0, outputs: { changed: 'true' } });
    expect(server.requests.length).toBeGreaterThan(0);
    expect(server.requests.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  } finally {
    await server.close();
  }
});
