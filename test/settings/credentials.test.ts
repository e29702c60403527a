import {
  serverOrigin,
  tokenForAction,
  tokenForApi,
  tokenForCommandLine,
  tokenForSource,
} from '../../src/settings/credentials.js';

const GITHUB = 'https://github.com';
const ENTERPRISE = { GITHUB_SERVER_URL: 'https://ghe.example.org/' };
const LOOPBACK = ['http://localhost:8080', 'http://127.0.0.1:80', 'http://127.10.0.254', 'http://[::1]:3000'];
const OTHERS = [
  'https://evil.example.org',
  'https://localhost.example.org',
  'https://127.0.0.1.example.org',
  'https://128.0.0.1',
];

describe('the token of a workflow run', () => {
  it.each([GITHUB, ...LOOPBACK])('is sent to %s', (origin) => {
    expect(tokenForAction('ghs_x', origin, {})).toEqual({ token: 'ghs_x' });
  });

  it.each([...OTHERS, 'https://ghe.example.org'])('is not sent to %s', (origin) => {
    expect(tokenForAction('ghs_x', origin, {})).toEqual({
      token: undefined,
      withheld: `The token of this workflow run was not sent to ${origin}, because it belongs to https://github.com. Pass a token for ${origin} as "token".`,
    });
  });

  it('belongs to the server of the run', () => {
    expect(tokenForAction('ghs_x', 'https://ghe.example.org', ENTERPRISE)).toEqual({ token: 'ghs_x' });
    expect(tokenForAction('ghs_x', GITHUB, ENTERPRISE).withheld).toContain(
      'belongs to https://ghe.example.org.',
    );
  });

  it('is neither used nor withheld if there is none, or without HTTP', () => {
    expect(tokenForAction('', 'https://evil.example.org', {})).toStrictEqual({ token: undefined });
    expect(tokenForAction('x', undefined, {})).toStrictEqual({ token: undefined });
    expect(tokenForAction('ghs_x', undefined, {})).toStrictEqual({ token: undefined });
  });

  it('may be replaced by a token for another server', () => {
    expect(tokenForAction('glpat-x', 'https://gitlab.com', {})).toEqual({ token: 'glpat-x' });
    expect(tokenForAction('my_ghs_x', 'https://gitlab.com', {})).toEqual({ token: 'my_ghs_x' });
  });
});

describe('the token for a site that is only read', () => {
  it.each<[token: string, origin: string | undefined, changed: string | undefined, sent: boolean]>([
    ['ghs_x', GITHUB, GITHUB, true],
    ['ghs_x', GITHUB, 'https://gitlab.com', true],
    ['ghs_x', GITHUB, undefined, true],
    ['ghs_x', 'https://gitlab.com', GITHUB, false],
    ['ghs_x', 'https://gitlab.com', 'https://gitlab.com', false],
    ['ghs_x', undefined, undefined, false],
    ['ghp_x', GITHUB, GITHUB, true],
    ['ghp_x', GITHUB, undefined, true],
    ['ghp_x', 'https://gitlab.com', GITHUB, false],
    ['ghp_x', 'https://gitlab.com', undefined, false],
    ['glpat-x', 'https://gitlab.com', 'https://gitlab.com', true],
    ['glpat-x', GITHUB, 'https://gitlab.com', false],
    ['', GITHUB, GITHUB, false],
  ])('%j for %j, if %j is changed: sent %j', (token, origin, changed, sent) => {
    expect(tokenForSource(token, origin, changed, {})).toStrictEqual({ token: sent ? token : undefined });
  });

  it('is for the server of the run if a folder is changed', () => {
    const origin = 'https://ghe.example.org';
    expect(tokenForSource('ghp_x', origin, undefined, ENTERPRISE)).toEqual({ token: 'ghp_x' });
    expect(tokenForSource('ghp_x', GITHUB, undefined, ENTERPRISE)).toEqual({ token: undefined });
  });
});

describe('the token for GitHub’s API', () => {
  it.each<[token: string, origin: string | undefined, env: NodeJS.ProcessEnv, sent: boolean]>([
    ['', GITHUB, {}, false],
    ['x', undefined, {}, true],
    ['x', GITHUB, {}, true],
    ['ghs_x', GITHUB, {}, true],
    ['ghs_x', 'https://gitlab.com', {}, true],
    ['glpat-x', 'https://gitlab.com', {}, false],
    ['x', 'https://ghe.example.org', ENTERPRISE, true],
    ['x', GITHUB, ENTERPRISE, false],
  ])('%j for a site on %s, with %j: %s', (token, origin, env, sent) => {
    expect(tokenForApi(token, origin, env)).toBe(sent ? token : undefined);
  });
});

describe('the token of the command line', () => {
  it('is UPDATE_SITE_TOKEN for any server', () => {
    for (const origin of [GITHUB, ...OTHERS])
      expect(tokenForCommandLine(origin, { UPDATE_SITE_TOKEN: 'a', GITHUB_TOKEN: 'b' })).toEqual({
        token: 'a',
      });
  });

  it.each<[NodeJS.ProcessEnv, string | undefined]>([
    [{ GITHUB_TOKEN: 'b', GH_TOKEN: 'c' }, 'b'],
    [{ GITHUB_TOKEN: '', GH_TOKEN: 'c' }, 'c'],
    [{ UPDATE_SITE_TOKEN: '', GH_TOKEN: 'c' }, 'c'],
    [{}, undefined],
    [{ GITHUB_TOKEN: '' }, undefined],
  ])('is one of GitHub’s variables for GitHub and this machine: %j', (env, token) => {
    for (const origin of [GITHUB, ...LOOPBACK]) {
      const { token: found } = tokenForCommandLine(origin, env);
      expect(found || undefined).toBe(token);
    }
  });

  it.each(OTHERS)('is none of GitHub’s variables for %s', (origin) => {
    expect(tokenForCommandLine(origin, { GITHUB_TOKEN: 'b', GH_TOKEN: 'c' })).toEqual({ token: undefined });
  });

  it('is not used without HTTP', () => {
    expect(tokenForCommandLine(undefined, { UPDATE_SITE_TOKEN: 'a' })).toStrictEqual({ token: undefined });
  });
});

test.each([
  [undefined, GITHUB],
  ['', GITHUB],
  ['github.example.org', GITHUB],
  ['https://ghe.example.org:8443/path', 'https://ghe.example.org:8443'],
])('the server of GITHUB_SERVER_URL=%s is %s', (url, origin) => {
  expect(serverOrigin({ ...(url !== undefined && { GITHUB_SERVER_URL: url }) })).toBe(origin);
});
