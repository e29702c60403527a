import type { RequestListener, ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createPoliteWeb } from '../../../src/io/web/polite-web.js';
import { DownloadError } from '../../../src/io/web/request.js';
import { makeFolder } from '../../support/folders.js';
import { serveWeb, type WebServer } from '../../support/web.js';

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A reader of a server on this machine, and what it has done. Waits take no time. */
async function politeWeb(respond: RequestListener, { timeoutMs = 5000 } = {}) {
  const requests: string[] = [];
  const waits: number[] = [];
  const messages: string[] = [];
  const interruption = new AbortController();
  let active = 0;
  let peak = 0;
  const server = await serveWeb((request, response) => {
    const { range } = request.headers;
    requests.push([request.method, request.url, ...(range === undefined ? [] : [range])].join(' '));
    peak = Math.max(peak, ++active);
    response.on('close', () => active--);
    respond(request, response);
  });
  servers.push(server);
  const web = createPoliteWeb({
    timeoutMs,
    signal: interruption.signal,
    sleep: (ms, signal) => {
      waits.push(ms);
      signal?.throwIfAborted();
      return Promise.resolve();
    },
    onWaiting: (message) => messages.push(message),
  });
  const to = (name: string) => `${server.url}/${name}`;
  return { web, to, requests, waits, messages, interruption, peak: () => peak };
}

/** A server that responds with these statuses one after another, and with the last one for ever. */
function statuses(...list: readonly number[]): RequestListener {
  let at = 0;
  return (_, response) => {
    response.writeHead(list[Math.min(at++, list.length - 1)] ?? 0).end('content');
  };
}

function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => (error instanceof DownloadError ? error.message : String(error)),
  );
}

describe('get', () => {
  test('returns the content', async () => {
    const { web, to } = await politeWeb(statuses(200));
    expect(Buffer.from(await web.get(to('a'), 7)).toString()).toBe('content');
  });

  test('refuses content beyond the limit', async () => {
    const { web, to, requests } = await politeWeb(statuses(200));
    expect(await reasonOf(web.get(to('a'), 6))).toBe('it exceeds the limit of 6 bytes');
    expect(requests).toEqual(['GET /a']);
  });

  test('does not repeat a request for a file that does not exist', async () => {
    const { web, to, requests, waits } = await politeWeb(statuses(404));
    expect(await reasonOf(web.get(to('a'), 7))).toBe('the server responded with 404 Not Found');
    expect([requests.length, waits]).toEqual([1, []]);
  });
});

test('at most four requests are active at the same time', async () => {
  const held: ServerResponse[] = [];
  const { web, to, requests, peak } = await politeWeb((_, response) => {
    // Responds only if four wait, however slow this machine is, and late enough for a fifth one.
    if (held.push(response) < 4) return;
    setTimeout(() => {
      for (const one of held.splice(0)) one.end();
    }, 20);
  });
  await Promise.all(Array.from({ length: 12 }, (_, at) => web.get(to(String(at)), 1)));
  expect([requests.length, peak()]).toEqual([12, 4]);
});

describe('a server that asks for fewer requests', () => {
  test.each([403, 429, 503])('is requested again after growing waits (%d)', async (status) => {
    const { web, to, requests, waits, messages } = await politeWeb(statuses(status, status, status, 200));
    await web.get(to('a'), 7);
    expect(requests).toEqual(['GET /a', 'GET /a', 'GET /a', 'GET /a']);
    // Each wait pauses the request, and all others.
    expect(waits).toEqual([1000, 1000, 4000, 4000, 15_000, 15_000]);
    expect(messages).toEqual(
      ['1 second', '4 seconds', '15 seconds'].map(
        (time) => `The server asks for fewer requests (${status}): waiting ${time}.`,
      ),
    );
  });

  test('decides about the wait', async () => {
    const { web, to, waits } = await politeWeb((request, response) => {
      if (request.url === '/a' && waits.length === 0) response.writeHead(429, { 'retry-after': '30' });
      response.end();
    });
    await web.get(to('a'), 1);
    expect(waits).toEqual([30_000, 30_000]);
  });

  test('is not requested again if it asks for more than a minute', async () => {
    const { web, to, waits } = await politeWeb((_, response) => {
      response.writeHead(503, { 'retry-after': '61' }).end();
    });
    expect(await reasonOf(web.get(to('a'), 1))).toBe(
      'the server responded with 503 Service Unavailable, and asks to wait 61 s',
    );
    expect(waits).toEqual([]);
  });

  test('is not asked twice if waiting did not help, until a request succeeds', async () => {
    const { web, to, requests } = await politeWeb(
      statuses(...[429, 429, 429, 429], 429, 200, ...[429, 429, 429, 429]),
    );
    const counts: number[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      await reasonOf(web.get(to(name), 7));
      counts.push(requests.filter((request) => request.endsWith(name)).length);
    }
    expect(counts).toEqual([4, 1, 1, 4]);
  });
});

test('a server that forbids single files is waited for only once', async () => {
  const { web, to, requests, waits } = await politeWeb((request, response) => {
    response.writeHead(request.url?.includes('absent') === true ? 403 : 200).end();
  });
  for (const name of ['absent1', 'a', 'absent2', 'b', 'absent3']) await reasonOf(web.get(to(name), 1));
  expect(requests.slice(0, 5)).toEqual([...Array<string>(4).fill('GET /absent1'), 'GET /a']);
  expect(requests.slice(5)).toEqual(['GET /absent2', 'GET /b', 'GET /absent3']);
  expect(waits.length).toBe(6);
});

test('other failures are repeated after short waits, without pausing other requests', async () => {
  const { web, to, requests, waits, messages } = await politeWeb(statuses(500));
  expect(await reasonOf(web.get(to('a'), 1))).toBe('the server responded with 500 Internal Server Error');
  expect([requests.length, waits, messages]).toEqual([3, [1000, 4000], []]);
});

describe('a server that has stopped responding', () => {
  test('gets no more requests', async () => {
    const { web, to, requests } = await politeWeb(() => undefined, { timeoutMs: 50 });
    const reasons = await Promise.all(
      Array.from({ length: 20 }, (_, at) => reasonOf(web.get(to(String(at)), 1))),
    );
    expect(requests.length).toBeLessThanOrEqual(11);
    expect(reasons.slice(0, 8)).toEqual(Array<string>(8).fill('the response was not complete within 0.05 s'));
    expect(reasons.at(-1)).toBe(
      'it was not requested, because the server did not respond to the 8 requests before',
    );
  });

  test('gets more if it responds now and then', async () => {
    const { web, to, requests } = await politeWeb(
      (request, response) => {
        if (/[05]$/.test(request.url ?? '')) response.writeHead(404).end();
      },
      { timeoutMs: 30 },
    );
    for (let at = 0; at < 20; at++) await reasonOf(web.get(to(String(at)), 1));
    expect(requests).toHaveLength(20);
  });

  test('is not confused with one whose files are too large', async () => {
    const { web, to, requests } = await politeWeb(statuses(200));
    for (let at = 0; at < 20; at++) await reasonOf(web.get(to(String(at)), 1));
    expect(requests).toHaveLength(20);
  });
});

describe('head', () => {
  test('returns the status, the headers and the redirects, whatever they are', async () => {
    const { web, to, requests } = await politeWeb((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' });
      else response.writeHead(404, { 'x-two': ['1', '2'] });
      response.end();
    });
    const { method, status, headers, redirects } = await web.head(to('a'));
    expect([method, status, headers['x-two']]).toEqual(['HEAD', 404, '1, 2']);
    expect(redirects).toEqual([{ status: 302, from: to('a'), to: to('b') }]);
    expect(requests).toEqual(['HEAD /a', 'HEAD /b']);
  });

  test.each([403, 405, 501])('requests the first byte if HEAD is not supported (%d)', async (status) => {
    const { web, to, requests } = await politeWeb((request, response) => {
      if (request.method === 'HEAD') response.writeHead(status).end();
      else response.writeHead(206, { 'content-range': 'bytes 0-0/9' }).end('x');
    });
    expect(await web.head(to('a'))).toMatchObject({
      method: 'GET',
      status: 206,
      headers: { 'content-range': 'bytes 0-0/9' },
    });
    expect(requests).toEqual(['HEAD /a', 'GET /a bytes=0-0']);
  });

  test('returns the status of a server that goes on refusing', async () => {
    const { web, to } = await politeWeb(statuses(503));
    expect(await web.head(to('a'))).toEqual({ method: 'HEAD', status: 503, headers: {}, redirects: [] });
  });

  test('throws if the server does not respond', async () => {
    const { web } = await politeWeb(statuses(200));
    expect(await reasonOf(web.head('http://127.0.0.1:1/'))).toBe('its server refused the connection');
  });
});

test('download writes the file', async () => {
  const { web, to } = await politeWeb(statuses(200));
  const file = path.join(makeFolder(), 'file');
  expect(await web.download(to('a'), file, { maxBytes: 7 })).toMatchObject({ size: 7, redirects: [] });
  expect(readFileSync(file, 'utf8')).toBe('content');
});

test('an interruption ends all requests, also those that wait for their turn', async () => {
  const { web, to, requests, interruption } = await politeWeb(() => undefined);
  const work = Array.from({ length: 9 }, (_, at) => reasonOf(web.get(to(String(at)), 1)));
  await new Promise((resolve) => setTimeout(resolve, 100));
  interruption.abort(new Error('interrupted'));
  expect(await Promise.all(work)).toEqual(Array<string>(9).fill('Error: interrupted'));
  expect(requests).toHaveLength(4);
});
