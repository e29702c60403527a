import type { FollowedRedirect, ServedResponse, ServedSite } from '../../../src/app/ports/site-source.js';
import { servedChecks } from '../../../src/app/verify/served-checks.js';
import { VERIFICATION as IMAGEJ } from '../../../src/formats/imagej/verify/verify.js';
import { VERIFICATION as JETBRAINS } from '../../../src/formats/jetbrains/verify/verify.js';
import type { Check } from '../../../src/model/check.js';
import type { CheckName } from '../../../src/model/check-names.js';
import { UserError } from '../../../src/model/user-error.js';

const NOW = new Date('2026-11-28T12:00:00Z');
const MODIFIED = 'Sat, 28 Nov 2026 11:00:00 GMT';
const INDEX = 'db.xml.gz';

type Answer = Partial<ServedResponse> | Error;

/** A server that responds in these ways to requests for the index, one after another, and to others. */
function serving(
  index: readonly Answer[],
  absent: Answer = { status: 404 },
  url = 'https://lab.org/',
): ServedSite {
  let at = 0;
  return {
    url,
    head(path) {
      const answer = path === INDEX ? index[Math.min(at++, index.length - 1)] : absent;
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({
        method: 'HEAD',
        status: 200,
        headers: { 'last-modified': MODIFIED },
        redirects: [],
        ...answer,
      });
    },
  };
}

interface Options {
  readonly redirects?: readonly FollowedRedirect[];
  readonly rules?: Parameters<typeof servedChecks>[3];
  readonly sleep?: (ms: number) => Promise<void>;
}

async function check(
  name: CheckName,
  served: ServedSite | undefined,
  { redirects = [], rules = IMAGEJ, sleep = () => Promise.reject(new Error('no wait')) }: Options = {},
): Promise<Check | undefined> {
  const checks = await servedChecks(served, INDEX, redirects, rules, { now: () => NOW, sleep });
  return checks.find((one) => one.name === name);
}

const messagesOf = (found: Check | undefined) => found?.findings.map(({ message }) => message);
const headers = (more: ServedResponse['headers']): Answer => ({
  headers: { 'last-modified': MODIFIED, ...more },
});

test('a site that was not read from its address skips all checks', async () => {
  const checks = await servedChecks(undefined, INDEX, [], IMAGEJ, {
    now: () => NOW,
    sleep: () => Promise.resolve(),
  });
  expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'https skipped',
    'redirects skipped',
    'last-modified skipped',
    'absent-files skipped',
    'cache-headers skipped',
  ]);
});

test('a good server passes all checks', async () => {
  const sleep = () => Promise.reject(new Error('no wait'));
  const checks = await servedChecks(serving([{}]), INDEX, [], IMAGEJ, { now: () => NOW, sleep });
  expect(checks.map(({ status, reason }) => [status, reason])).toEqual(Array(5).fill(['passed', undefined]));
});

describe('https', () => {
  test.each([
    ['https://lab.org/', 'passed'],
    ['http://lab.org/', 'failed'],
    ['http://127.0.0.1.lab.org/', 'failed'],
    ['http://localhost:8000/', 'skipped'],
    ['http://127.1.2.3/', 'skipped'],
    ['http://[::1]:8000/', 'skipped'],
  ])('of %s: %s', async (url, status) => {
    expect(await check('https', serving([{}], {}, url))).toMatchObject({ status });
  });
});

describe('redirects', () => {
  const redirect = (status: number, from: string, to: string): FollowedRedirect => ({ status, from, to });
  const UP = redirect(301, 'http://lab.org/a', 'https://lab.org/a');
  const SAME = redirect(308, 'https://lab.org/a', 'https://lab.org/b');
  const GOOD = redirect(302, 'https://lab.org/a', 'https://cdn.org/b');

  test('that Java does not follow are reported, each address once', async () => {
    const found = await check('redirects', serving([{ redirects: [UP] }]), { redirects: [UP, GOOD, SAME] });
    expect(found).toMatchObject({
      status: 'failed',
      reason: '2 addresses redirect where clients do not follow.',
    });
    expect(found?.findings).toEqual([
      { path: UP.from, message: 'it redirects to https://lab.org/a (301), and clients do not follow' },
      { path: SAME.from, message: 'it redirects to https://lab.org/b (308), and clients do not follow' },
    ]);
  });

  test('are followed by IDEs', async () => {
    const found = await check('redirects', serving([{}]), { redirects: [UP, GOOD, SAME], rules: JETBRAINS });
    expect(found?.status).toBe('passed');
  });
});

describe('last-modified', () => {
  test.each<[string, Answer]>([
    ['the server does not send "Last-Modified"', { headers: {} }],
    ['"Last-Modified: yesterday" is not a date', headers({ 'last-modified': 'yesterday' })],
    [
      '"Last-Modified: Sat, 99 Nov 2026 11:00:00 GMT" is not a date',
      headers({ 'last-modified': 'Sat, 99 Nov 2026 11:00:00 GMT' }),
    ],
    [
      '"Last-Modified: Sat, 28 Nov 2026 13:00:01 GMT" is in the future',
      headers({ 'last-modified': 'Sat, 28 Nov 2026 13:00:01 GMT' }),
    ],
    [
      '"Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT" is not the date of an update site',
      headers({ 'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
    ],
    ['the server does not support HEAD, which clients send at their start', { method: 'GET', status: 206 }],
    ['the server responds to HEAD with 404', { status: 404 }],
  ])('fails if %s', async (message, answer) => {
    const found = await check('last-modified', serving([answer]));
    expect(found).toEqual({
      name: 'last-modified',
      status: 'failed',
      reason: 'Clients cannot tell when the index was changed.',
      findings: [{ path: INDEX, message }],
    });
  });

  test('may be an hour ahead of the clock of this machine', async () => {
    const ahead = headers({ 'last-modified': 'Sat, 28 Nov 2026 13:00:00 GMT' });
    expect((await check('last-modified', serving([ahead])))?.status).toBe('passed');
  });

  test('must be the same in two responses', async () => {
    const later = headers({ 'last-modified': 'Sat, 28 Nov 2026 11:00:09 GMT' });
    expect(messagesOf(await check('last-modified', serving([{}, later])))).toEqual([
      `"Last-Modified" was "${MODIFIED}", and in the next response "Sat, 28 Nov 2026 11:00:09 GMT"`,
    ]);
    expect(messagesOf(await check('last-modified', serving([{}, { headers: {} }])))).toEqual([
      `"Last-Modified" was "${MODIFIED}", and in the next response missing`,
    ]);
  });

  test('is requested again later if it may be the clock of the server', async () => {
    let waited = 0;
    const sleep = (ms: number) => {
      waited += ms;
      return Promise.resolve();
    };
    const at = (time: string) => headers({ 'last-modified': time, date: time });
    const clock = serving([at(MODIFIED), at('Sat, 28 Nov 2026 11:00:02 GMT')]);
    expect((await check('last-modified', clock, { sleep }))?.status).toBe('failed');
    expect(waited).toBe(2000);
    // A file that was published at this moment.
    const fresh = serving([at(MODIFIED), headers({ date: 'Sat, 28 Nov 2026 11:00:02 GMT' })]);
    expect((await check('last-modified', fresh, { sleep }))?.status).toBe('passed');
  });

  test('does not matter to IDEs', async () => {
    expect(await check('last-modified', serving([{ headers: {} }]), { rules: JETBRAINS })).toMatchObject({
      status: 'skipped',
      reason: 'Clients of this kind of site do not look at the date of the index.',
    });
    const clock = serving([headers({ date: MODIFIED })]);
    // Rejects if it waits for a second response.
    expect((await check('cache-headers', clock, { rules: JETBRAINS }))?.status).toBe('passed');
  });
});

describe('absent-files', () => {
  test.each([
    [404, 'passed', undefined],
    [410, 'passed', undefined],
    [200, 'failed', 'The server sends something for a file that does not exist.'],
    [206, 'failed', 'The server sends something for a file that does not exist.'],
    [403, 'warning', 'The server does not respond with 404 for a file that does not exist.'],
    [500, 'warning', 'The server does not respond with 404 for a file that does not exist.'],
  ])('with the status %d: %s', async (code, status, reason) => {
    const found = await check('absent-files', serving([{}], { status: code }));
    expect([found?.status, found?.reason]).toEqual([status, reason]);
  });
});

describe('cache-headers', () => {
  test.each<[string | undefined, ServedResponse['headers']]>([
    [undefined, {}],
    [undefined, { 'cache-control': 'max-age=3600' }],
    ['3,601 seconds', { 'cache-control': 'public, MAX-AGE=3601' }],
    ['2 hours', { 'cache-control': 'max-age=60, s-maxage="7200"' }],
    ['365 days', { 'cache-control': 'max-age=31536000, immutable' }],
    [undefined, { 'cache-control': 'max-age=31536000, no-cache' }],
    [undefined, { 'cache-control': 'no-store' }],
    ['2 days', { expires: 'Mon, 30 Nov 2026 12:00:00 GMT' }],
    [undefined, { expires: 'Mon, 30 Nov 2026 12:00:00 GMT', 'cache-control': 'max-age=60' }],
    [undefined, { expires: 'Fri, 27 Nov 2026 12:00:00 GMT' }],
    [undefined, { expires: '0' }],
  ])('report %s for %j', async (time, more) => {
    expect(messagesOf(await check('cache-headers', serving([headers(more)])))).toEqual(
      time === undefined ? [] : [`caches may keep it for ${time}`],
    );
  });
});

describe('a server that does not respond any more', () => {
  const fault = new UserError('remote', 'https://lab.org/db.xml.gz cannot be read: it is silent.');

  test('fails the check of its date, and skips those of other headers', async () => {
    const run = { now: () => NOW, sleep: () => Promise.resolve() };
    const checks = await servedChecks(serving([fault]), INDEX, [], IMAGEJ, run);
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'https passed',
      'redirects passed',
      'last-modified failed',
      'absent-files skipped',
      'cache-headers skipped',
    ]);
    expect(checks[2]?.reason).toBe(
      'The server does not respond to requests for headers: https://lab.org/db.xml.gz cannot be read: it is silent.',
    );
  });

  test('does not hide an interruption', async () => {
    const error = new Error('aborted');
    await expect(check('https', serving([error]))).rejects.toBe(error);
  });
});
