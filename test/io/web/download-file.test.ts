import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { downloadFile } from '../../../src/io/web/download-file.js';
import { makeFolder } from '../../support/folders.js';
import { serveWeb, type WebServer } from '../../support/web.js';

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Respond = (response: ServerResponse, request: IncomingMessage) => unknown;

/** Downloads a file from a server that responds in these ways one after another. */
async function downloadFrom(responses: readonly Respond[], { maxBytes = 100, content = '' } = {}) {
  const requests: (readonly [range: string | undefined, ifRange: string | undefined])[] = [];
  const server = await serveWeb((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    const respond = responses[requests.push([range, ifRange as string | undefined]) - 1];
    if (respond) respond(response, request);
    else response.writeHead(404).end();
  });
  servers.push(server);
  const folder = makeFolder();
  const file = path.join(folder, 'file');
  if (content !== '') writeFileSync(file, content);
  const arrived: number[] = [];
  const outcome = await downloadFile(`${server.url}/a`, file, {
    maxBytes,
    timeoutMs: 5000,
    signal: new AbortController().signal,
    sleep: () => Promise.resolve(),
    onBytes: (bytes) => arrived.push(bytes),
  }).then(
    ({ size, redirects }) => ({ size, redirects }),
    (error: unknown) => (error as Error).message,
  );
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  return { outcome, stored, requests, arrived, left: readdirSync(folder), url: server.url };
}

const ETAG = { etag: '"one"' };
const DATE = { 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' };

/** Sends some of ten bytes, and closes the connection. */
function cut(bytes: string, headers: Readonly<Record<string, string>> = ETAG): Respond {
  return (response) => {
    response.writeHead(200, { ...headers, 'content-length': 10 });
    response.write(bytes);
    setTimeout(() => response.destroy(), 50);
  };
}

function part(bytes: string, start: number): Respond {
  return (response) =>
    response.writeHead(206, { ...ETAG, 'content-range': `bytes ${start}-9/10` }).end(bytes);
}

const whole =
  (bytes: string): Respond =>
  (response) =>
    response.writeHead(200, ETAG).end(bytes);

test('a file is stored, and replaces an existing one', async () => {
  expect(await downloadFrom([whole('new')], { content: 'much older' })).toMatchObject({
    outcome: { size: 3, redirects: [] },
    stored: 'new',
    requests: [[undefined, undefined]],
    arrived: [3],
    left: ['file'],
  });
});

test('an empty file is stored', async () => {
  expect(await downloadFrom([whole('')])).toMatchObject({ outcome: { size: 0 }, stored: '' });
});

test('redirects are reported', async () => {
  const { outcome, url } = await downloadFrom([
    (response) => response.writeHead(307, { location: '/b' }).end(),
    whole('x'),
  ]);
  expect(outcome).toEqual({
    size: 1,
    redirects: [{ status: 307, from: `${url}/a`, to: `${url}/b` }],
  });
});

describe('after an interruption', () => {
  test('only the rest is requested', async () => {
    expect(await downloadFrom([cut('01234'), part('56789', 5)])).toMatchObject({
      outcome: { size: 10 },
      stored: '0123456789',
      requests: [
        [undefined, undefined],
        ['bytes=5-', '"one"'],
      ],
      arrived: [5, 5],
    });
  });

  test('the date identifies a file without a strong tag', async () => {
    const headers = { ...DATE, etag: 'W/"weak"' };
    const { requests } = await downloadFrom([cut('01234', headers), part('56789', 5)]);
    expect(requests[1]).toEqual(['bytes=5-', DATE['last-modified']]);
  });

  test('the whole file is requested if nothing identifies it', async () => {
    expect(await downloadFrom([cut('abcde', {}), whole('0123456789')])).toMatchObject({
      stored: '0123456789',
      // The first five bytes were reported before.
      arrived: [5, 5],
      requests: [
        [undefined, undefined],
        [undefined, undefined],
      ],
    });
  });

  test('a changed file is stored as a whole, although it is shorter', async () => {
    expect(await downloadFrom([cut('abcde'), whole('new')])).toMatchObject({
      outcome: { size: 3 },
      stored: 'new',
    });
  });

  test.each<[string, Respond]>([
    ['another part', part('6789', 6)],
    ['no part', (response) => response.writeHead(416, { 'content-range': 'bytes */3' }).end()],
    ['a part without its place', (response) => response.writeHead(206).end('56789')],
  ])('the whole file is requested if the server sends %s', async (_, respond) => {
    expect(await downloadFrom([cut('abcde'), respond, whole('0123456789')])).toMatchObject({
      outcome: { size: 10 },
      stored: '0123456789',
      requests: [
        [undefined, undefined],
        ['bytes=5-', '"one"'],
        [undefined, undefined],
      ],
    });
  });
});

test('a part that was not requested is refused', async () => {
  const respond = part('56789', 5);
  expect(await downloadFrom([respond, respond, respond])).toMatchObject({
    outcome: 'the server sent another part of the file than was requested',
    left: [],
  });
});

test('content beyond the limit is refused, and the existing file stays', async () => {
  const limited = { maxBytes: 9, content: 'old' };
  expect(await downloadFrom([whole('0123456789')], limited)).toMatchObject({
    outcome: 'it exceeds the limit of 9 bytes',
    stored: 'old',
    left: ['file'],
  });
  // The limit is that of the whole file, not of a part.
  expect(await downloadFrom([cut('01234'), part('56789', 5)], limited)).toMatchObject({
    outcome: 'it exceeds the limit of 9 bytes',
  });
});

test('a file that does not exist leaves nothing', async () => {
  expect(await downloadFrom([])).toMatchObject({
    outcome: 'the server responded with 404 Not Found',
    stored: undefined,
    left: [],
  });
});

const hasFullDevice = existsSync('/dev/full');

(hasFullDevice ? test : test.skip)('a full disk is a fault of this machine, not of the server', async () => {
  const server = await serveWeb((_, response) => response.end('content'));
  servers.push(server);
  const file = path.join(makeFolder(), 'file');
  symlinkSync('/dev/full', `${file}.partial`);
  const download = downloadFile(server.url, file, {
    maxBytes: 100,
    timeoutMs: 5000,
    signal: new AbortController().signal,
  });
  await expect(download).rejects.toMatchObject({
    code: 'machine',
    message: `The download cannot be stored: the disk is full (${file}.partial).`,
  });
});
