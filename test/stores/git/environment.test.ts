import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gitEnvironment } from '../../../src/stores/git/environment.js';
import { configFor } from '../../../src/stores/git/remote.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';
import { serveGit } from '../../support/git-http.js';
import { gitSite, writeIndex } from '../../support/git-site.js';
import { git, GIT_ENV, makeBareRepository } from '../../support/git.js';

const TOKEN = 'token-that-no-output-may-show';
const HEADER = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');

function environment(env: Record<string, string>, hasLogin = true) {
  return gitEnvironment({
    env,
    gitDir: '/ours',
    config: configFor('https://example.org/a.git', '/work', hasLogin ? TOKEN : undefined),
    hasLogin,
  });
}

describe('the environment of git', () => {
  test.each([
    ['INPUT_TOKEN', 'the inputs of the action'],
    ['UPDATE_SITE_TOKEN', 'the token of the command line'],
    ['ACTIONS_RUNTIME_TOKEN', 'the login of the runner for caches and artifacts'],
    ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'the login of the runner for OpenID Connect'],
    ['GITHUB_TOKEN', 'the login of credential helpers'],
    ['GH_TOKEN', 'the login of credential helpers'],
  ])('does not contain %s: %s', (name) => {
    expect(environment({ [name]: 'secret', HOME: '/home/me' })).not.toHaveProperty(name);
    expect(environment({ [name]: 'secret', HOME: '/home/me' })).toHaveProperty('HOME', '/home/me');
  });

  test('keeps the tokens of credential helpers if git is not given a login', () => {
    const kept = { GH_TOKEN: 'for gh', GIT_ASKPASS: '/usr/bin/ask', GIT_SSH_COMMAND: 'ssh -i key' };
    expect(environment(kept, false)).toMatchObject(kept);
    expect(environment(kept)).toMatchObject({ GIT_ASKPASS: '', GIT_SSH_COMMAND: 'ssh -i key' });
  });

  test('contains nothing about the repository that this program may run in', () => {
    // The list comes from git itself. GIT_CONFIG_COUNT stays, because users set it for a whole machine.
    const local = git(makeFolder(), 'rev-parse', '--local-env-vars').trim().split('\n');
    expect(local).toContain('GIT_CONFIG_PARAMETERS');
    const given = Object.fromEntries(local.map((name) => [name, 'theirs']));
    const { GIT_DIR, GIT_CONFIG_COUNT, ...others } = environment(given);
    expect(GIT_DIR).toBe('/ours');
    expect(GIT_CONFIG_COUNT).toMatch(/^\d+$/);
    expect(Object.values(others)).not.toContain('theirs');
  });

  test('keeps given settings, and ignores an invalid count', () => {
    const given = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'http.proxy', GIT_CONFIG_VALUE_0: 'http://p' };
    expect(environment(given)).toMatchObject({ ...given, GIT_CONFIG_COUNT: expect.any(String) as string });
    for (const count of ['-5', 'x', '', '1e9', '99999999999'])
      expect(environment({ GIT_CONFIG_COUNT: count })).toHaveProperty('GIT_CONFIG_KEY_0', 'protocol.version');
  });

  test("keeps traces to a file, and drops those that would mix with git's messages", () => {
    const kept = environment({ GIT_TRACE: '1', GIT_TRACE2: 'true', GIT_TRACE_PACKET: '/var/log/packets' });
    expect(kept).toHaveProperty('GIT_TRACE_PACKET', '/var/log/packets');
    expect(kept).not.toHaveProperty('GIT_TRACE');
    expect(kept).not.toHaveProperty('GIT_TRACE2');
  });
});

describe('traces that the user has switched on', () => {
  const traced = (folder: string) => ({
    ...GIT_ENV,
    GIT_TRACE: path.join(folder, 'trace'),
    GIT_TRACE_CURL: path.join(folder, 'curl'),
    GIT_CURL_VERBOSE: '1',
    GIT_TRACE_REDACT: '0',
    GIT_TRACE2_EVENT: path.join(folder, 'events'),
    GIT_TRACE2_CONFIG_PARAMS: 'http.*',
    GIT_TRACE2_ENV_VARS: 'GIT_CONFIG_VALUE_7,GIT_CONFIG_VALUE_8,GIT_CONFIG_VALUE_9,GIT_CONFIG_VALUE_10',
  });

  test('never show the token, in a file or in a message', async () => {
    const repository = makeBareRepository();
    git(repository, 'config', 'http.receivepack', 'true');
    const server = await serveGit(path.dirname(repository), { login: `x-access-token:${TOKEN}` });
    const folder = makeFolder();
    const env = traced(folder);
    try {
      expect(await writeIndex(gitSite(`${server.url}/site.git`, { env, token: TOKEN }), 'one')).toBe(
        'published',
      );
      const missing = writeIndex(gitSite(`${server.url}/missing.git`, { env, token: TOKEN }), 'one');
      const failed = await missing.catch((error: unknown) => error as Error & { cause: Error });
      expect(String(failed)).toContain('the repository does not exist');
      const shown = ['trace', 'curl', 'events'].map((name) => path.join(folder, name)).filter(existsSync);
      expect(shown.map((file) => path.basename(file))).toEqual(['trace', 'events']);
      const text = [...shown.map((file) => readFileSync(file, 'utf8')), String(failed), failed].join('\n');
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain(HEADER);
    } finally {
      await server.close();
    }
  });

  posixTest('do not show the token if the configuration of the machine requests them', async () => {
    const folder = makeFolder();
    const events = path.join(folder, 'events');
    writeFiles(folder, {
      config: `[trace2]\n\teventTarget = ${events}\n\tconfigParams = http.*\n\tenvVars = GIT_CONFIG_VALUE_9\n`,
    });
    const env = { ...GIT_ENV, GIT_CONFIG_GLOBAL: path.join(folder, 'config') };
    const site = gitSite('http://127.0.0.1:1/site.git', { env, token: TOKEN });
    await expect(writeIndex(site, 'one')).rejects.toThrow(/could not be reached/);
    const text = readFileSync(events, 'utf8');
    expect(text).toContain('fetch');
    expect(text).not.toContain(HEADER);
  });
});
