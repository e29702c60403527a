import { createGitHubApi } from '../../../src/io/github/api.js';
import { createIssues } from '../../../src/io/github/issues.js';
import { createComments } from '../../../src/io/github/comments.js';
import { findPullRequests } from '../../../src/io/github/pull-requests.js';
import { createGitHubRepository } from '../../../src/io/github/repository.js';
import { UserError } from '../../../src/model/user-error.js';
import { HOSTILE_ANSWERS, serveHostile, type HostileAnswer } from '../../support/hostile-web.js';
import { serveWeb, type WebServer } from '../../support/web.js';

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const REPOSITORY = { owner: 'owner', repo: 'name' };
const HEAD = { owner: 'owner', branch: 'fix', repository: 'owner/name' };
const log = { detail: () => undefined, info: () => undefined, warn: () => undefined };

function requestsTo(url: string, timeoutMs = 5000) {
  const api = createGitHubApi({ token: 'x', apiUrl: url, timeoutMs, log });
  const repository = createGitHubRepository(api, REPOSITORY);
  const comments = createComments(api, REPOSITORY, 1);
  const issues = createIssues(api, REPOSITORY);
  return {
    site: () => repository.site(),
    'the last build': () => repository.latestBuild(),
    'pull requests': () => findPullRequests(api, REPOSITORY, HEAD),
    comments: () => comments.find(() => true),
    'a new comment': () => comments.create('text'),
    issues: () => issues.find(() => true),
    'a new issue': () => issues.create({ title: 'title', body: 'text' }),
    'the author': () => comments.author(),
    sizes: () => repository.sizes('a'.repeat(40)),
  };
}

type RequestName = keyof ReturnType<typeof requestsTo>;

/** Starts a server with one response for every request, and returns its address. */
async function serverWith(value: unknown, status = 200): Promise<string> {
  const server = await serveWeb((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  });
  servers.push(server);
  return server.url;
}

async function errorOf(work: Promise<unknown>): Promise<UserError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe('a response of GitHub with the wrong type', () => {
  const comment = { id: 1, body: 'x', user: { login: 'a' }, html_url: 'https://github.com/x' };
  const pull = { number: 1, head: { ref: 'fix', sha: 'a', repo: { full_name: 'owner/name' } } };
  const issue = { number: 1, body: 'x', user: { login: 'a' }, html_url: 'https://github.com/x' };
  const cases: [RequestName, unknown, string][] = [
    ['site', { html_url: { a: 1 } }, 'html_url should be a text'],
    ['site', { html_url: 'x', source: 'gh-pages' }, 'source should be an object'],
    ['site', [], 'it should be an object'],
    ['the last build', { commit: 1 }, 'commit should be a text'],
    ['pull requests', [{ ...pull, number: 'one' }], '[0].number should be a number'],
    ['pull requests', [{ ...pull, head: null }], '[0].head should be an object'],
    ['pull requests', { 0: pull, length: 1 }, 'it should be a list'],
    ['comments', [comment, { ...comment, body: ['x'] }], '[1].body should be a text'],
    ['comments', [{ ...comment, html_url: {} }], '[0].html_url should be a text'],
    ['comments', [null], '[0] should be an object'],
    ['a new comment', { html_url: { toString: 1 } }, 'html_url should be a text'],
    ['issues', [{ ...issue, number: '1' }], '[0].number should be a number'],
    ['issues', [issue, { ...issue, user: 'a' }], '[1].user should be an object'],
    ['issues', [{ ...issue, pull_request: 1 }], '[0].pull_request should be an object'],
    ['a new issue', { html_url: 1 }, 'html_url should be a text'],
  ];

  it.each(cases)('is an error that states what is wrong: %s, %j', async (name, value, fault) => {
    const error = await errorOf(requestsTo(await serverWith(value))[name]());
    expect(error.code).toBe('remote');
    expect(error.message).toContain(`its response is not valid: ${fault}.`);
    expect(error.hint).toMatch(/GITHUB_API_URL/);
  });

  it.each([
    [{ data: { viewer: 1 } }],
    [{ data: null }],
    [{ data: { viewer: { login: {} } } }],
    [{ errors: 'no' }],
    [{ errors: [null] }],
    [{ errors: [{ message: {} }] }],
  ])('means the default author of comments: %j', async (value) => {
    expect(await requestsTo(await serverWith(value))['the author']()).toBe('github-actions[bot]');
  });

  it.each([[{ tree: 1 }], [{ tree: [{ sha: 1 }] }], [{ tree: [{ sha: 'a', size: -1 }] }], [[]]])(
    'means that the sizes of files are unknown: %j',
    async (value) => {
      expect(await requestsTo(await serverWith(value)).sizes()).toBeUndefined();
    },
  );

  it.each([
    [{ message: { a: 1 }, errors: [null, 1, { field: [] }] }],
    [['x']],
    [null],
    [{ errors: { a: 1 } }],
  ])('is also an error if the request failed: %j', async (value) => {
    const error = await errorOf(requestsTo(await serverWith(value, 403)).comments());
    expect(error.code).toBe('permission');
  });
});

describe('a response of GitHub with the right type', () => {
  it('is parsed', async () => {
    const pages = {
      html_url: 'https://x.github.io/y/',
      build_type: 'legacy',
      source: { branch: 'b', path: '/' },
    };
    expect(await requestsTo(await serverWith(pages)).site()).toMatchObject({
      url: 'https://x.github.io/y/',
      branch: 'b',
    });
    const missing = await serverWith({ message: 'Not Found' }, 404);
    expect(await requestsTo(missing).site()).toBeUndefined();
    const tree = await serverWith({ tree: [{ sha: 'a', size: 3 }, { sha: 'b' }, {}] });
    expect(await requestsTo(tree).sizes()).toEqual(new Map([['a', 3]]));
  });
});

describe('a request after which GitHub asks to wait', () => {
  const date = 'Wed, 25 Nov 2026 10:00:00 GMT';
  const soon = 'Wed, 25 Nov 2026 10:00:30 GMT';
  const late = 'Wed, 25 Nov 2026 10:05:00 GMT';
  const reset = (seconds: number) => String(Date.parse(date) / 1000 + seconds);
  const used = { 'x-ratelimit-remaining': '0' };

  /** Requests the site from a server that sends these responses in turn, and then a valid one. */
  async function siteAfter(...answers: (readonly [status: number, headers: Record<string, string>])[]) {
    const waits: number[] = [];
    const server = await serveWeb((_, response) => {
      const [status, headers] = answers.shift() ?? [200, {}];
      response.writeHead(status, { 'content-type': 'application/json', date, ...headers });
      response.end(status === 200 ? '{"html_url":"https://x.github.io/y/"}' : '{"message":"Wait"}');
    });
    servers.push(server);
    const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
    const api = createGitHubApi({ token: 'x', apiUrl: server.url, timeoutMs: 5000, log, sleep });
    return { work: createGitHubRepository(api, REPOSITORY).site(), waits };
  }

  it.each<[string, number, Record<string, string>, number]>([
    ['a number of seconds', 429, { 'retry-after': '7' }, 7000],
    ['a date', 429, { 'retry-after': soon }, 30_000],
    ['a date in the past', 429, { 'retry-after': 'Wed, 25 Nov 2026 09:00:00 GMT' }, 0],
    ['an unspecified time', 429, {}, 60_000],
    ['a number of seconds', 403, { 'retry-after': '7' }, 7000],
    ['the date of the next rate limit', 403, { ...used, 'x-ratelimit-reset': reset(20) }, 20_000],
    ['a number of seconds', 503, { 'retry-after': '7' }, 7000],
    ['a date', 503, { 'retry-after': soon }, 30_000],
    ['less than the default wait', 503, { 'retry-after': '0' }, 1000],
    ['an invalid value', 503, { 'retry-after': 'soon' }, 1000],
    ['an unspecified time', 503, {}, 1000],
  ])('for %s (%d, %j) is retried after %d ms', async (_, status, headers, wait) => {
    const { work, waits } = await siteAfter([status, headers]);
    expect(await work).toMatchObject({ url: 'https://x.github.io/y/' });
    expect(waits).toEqual([wait]);
  });

  it.each<[number, Record<string, string>]>([
    [429, { 'retry-after': '61' }],
    [429, { 'retry-after': late }],
    [403, { ...used, 'x-ratelimit-reset': reset(900) }],
    [503, { 'retry-after': '61' }],
    [503, { 'retry-after': late }],
  ])('for more than a minute is not retried: %d, %j', async (status, headers) => {
    const { work, waits } = await siteAfter([status, headers]);
    expect((await errorOf(work)).message).toContain(`Wait (${status})`);
    expect(waits).toEqual([]);
  });

  it('is sent three times at most', async () => {
    const { work, waits } = await siteAfter([502, {}], [502, {}], [502, {}]);
    expect(await errorOf(work)).toMatchObject({
      code: 'remote',
      message: expect.stringMatching(/^GitHub failed to .*: Wait \(502\)\.$/) as string,
    });
    expect(waits).toEqual([1000, 3000]);
  });
});

describe('a request to GitHub that must not be sent twice', () => {
  /**
   * Sends a request that receives these statuses in turn; `done` is the result of each check whether it was carried
   * out.
   */
  async function send(statuses: readonly number[], done: readonly (string | undefined)[]) {
    const server = await serveWeb((request, response) => {
      request.resume();
      response.writeHead(statuses[sent++] ?? 201, { 'content-type': 'application/json' }).end('{}');
    });
    servers.push(server);
    let [sent, looks] = [0, 0];
    const api = createGitHubApi({
      ...{ token: 'x', apiUrl: server.url, timeoutMs: 5000, log },
      sleep: () => Promise.resolve(),
    });
    const result = await api
      .call<string>({
        doing: 'do something',
        send: async (octokit, request) => {
          await octokit.request('POST /something', { request });
          return 'sent';
        },
        inDoubt: () => Promise.resolve(done[looks++]),
      })
      .catch((error: unknown) => (error as UserError).message);
    return [result, sent, looks];
  }

  it.each<[readonly number[], readonly (string | undefined)[], unknown]>([
    [[], [], ['sent', 1, 0]],
    [[502], ['found'], ['found', 1, 1]],
    [[502], [undefined], ['sent', 2, 1]],
    [
      [502, 502, 502],
      [undefined, undefined, 'found'],
      ['found', 3, 3],
    ],
    [[429], ['found'], ['sent', 2, 0]],
    [
      [502, 422],
      [undefined, 'found'],
      ['GitHub refused to do something: 422.', 2, 1],
    ],
  ])('is checked after %j: %j', async (statuses, done, expected) => {
    expect(await send(statuses, done)).toEqual(expected);
  });
});

describe('a hostile server in the place of GitHub', () => {
  // Timeout for each attempt.
  const TIMEOUT_MS = 500;

  it('takes bounded time and memory and causes an error, whatever it does', async () => {
    const before = process.memoryUsage().rss;
    const started = performance.now();
    await Promise.all(
      (Object.keys(HOSTILE_ANSWERS) as HostileAnswer[]).map(async (kind) => {
        const server = await serveHostile(kind);
        servers.push(server);
        const { code, message } = await errorOf(requestsTo(server.url, TIMEOUT_MS).site());
        expect([kind, code]).toEqual([kind, 'remote']);
        expect(message.length).toBeLessThan(800);
      }),
    );
    // Three attempts and the waits between them.
    expect(performance.now() - started).toBeLessThan(3 * TIMEOUT_MS + 4000 + 15_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(1_000_000_000);
  }, 40_000);

  it('receives only one request if its response exceeds the bound', async () => {
    let calls = 0;
    const server = await serveWeb((_, response) => {
      calls++;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"html_url":"${'x'.repeat(33 * 1024 * 1024)}"}`);
    });
    servers.push(server);
    const { message } = await errorOf(requestsTo(server.url, 20_000).site());
    expect(message).toMatch(/it exceeds the limit of \d+ bytes/);
    expect(calls).toBe(1);
  }, 40_000);
});
