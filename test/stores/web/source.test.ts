import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import type { SitePath } from '../../../src/model/site-path.js';
import { openSource } from '../../../src/stores/web/source.js';
import { makeFolder } from '../../support/folders.js';
import { serveWeb, type WebServer } from '../../support/web.js';

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Opens a site on a server of this machine. Waits take no time. */
async function openSite(respond: RequestListener, signal = new AbortController().signal) {
  const requests: string[] = [];
  const server = await serveWeb((request, response) => {
    requests.push([request.method, request.url].join(' '));
    respond(request, response);
  });
  servers.push(server);
  const url = `${server.url}/site/`;
  const source = openSource(
    { kind: 'web', url },
    {
      cwd: makeFolder(),
      env: {},
      token: undefined,
      author: { name: '', email: '' },
      timeoutMs: 5000,
      signal,
      runId: 'run',
      isSiteFile: () => false,
      sleep: () => Promise.resolve(),
      onWaiting: () => undefined,
    },
  );
  return { site: await source.open(false), source, url, requests };
}

/** A server with these files below `/site/`, and another status for all others. */
function serving(files: Readonly<Record<string, string>>, otherwise = 404): RequestListener {
  return (request, response) => {
    const content = files[decodeURIComponent(request.url ?? '').slice('/site/'.length)];
    if (content === undefined) response.writeHead(otherwise).end();
    else response.writeHead(200, { 'content-length': content.length }).end(content);
  };
}

const pathOf = (text: string) => text as SitePath;
const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

test('a web address is read as a site that does not list its files', async () => {
  const { site, source, url } = await openSite(serving({}));
  expect(source.description).toBe(url);
  expect([site.isNew, site.listFiles, site.isHere, site.past]).toEqual([
    false,
    undefined,
    undefined,
    undefined,
  ]);
  expect(site.served?.url).toBe(url);
  await source.close();
  await source.close();
});

describe('readFile', () => {
  test.each([404, 410])('returns undefined for a file that does not exist (%d)', async (status) => {
    const { site } = await openSite(serving({ a: 'text' }, status));
    expect(textOf(await site.readFile(pathOf('a')))).toBe('text');
    expect(await site.readFile(pathOf('b'))).toBeUndefined();
  });

  test('requests names with any character', async () => {
    const name = 'a b/%20#?&+ä\\.jar';
    const { site, requests } = await openSite(serving({ [name]: 'text' }));
    expect(textOf(await site.readFile(pathOf(name)))).toBe('text');
    expect(requests).toEqual(['GET /site/a%20b/%2520%23%3F%26%2B%C3%A4%5C.jar']);
  });

  test('throws if the server refuses everything', async () => {
    const { site, url } = await openSite(serving({}, 403));
    await expect(site.readFile(pathOf('a'))).rejects.toMatchObject({
      code: 'remote',
      message: `${url}a cannot be read: the server responded with 403 Forbidden.`,
      hint: 'Check the address, or run again later.',
    });
  });

  test('returns undefined if a server that sends other files forbids one', async () => {
    const { site } = await openSite(serving({ a: 'text' }, 403));
    await site.readFile(pathOf('a'));
    expect(await site.readFile(pathOf('b'))).toBeUndefined();
  });

  test('throws if a server that has sent no file of the site forbids one', async () => {
    const { site } = await openSite((request, response) => {
      response.writeHead(request.url === '/site/a' ? 404 : 403).end();
    });
    expect(await site.readFile(pathOf('a'))).toBeUndefined();
    await expect(site.readFile(pathOf('b'))).rejects.toMatchObject({ code: 'remote' });
  });
});

test('statFiles returns the states of files in order', async () => {
  const { site } = await openSite((request, response) => {
    const name = (request.url ?? '').slice('/site/'.length);
    if (name === 'there') response.writeHead(200, { 'content-length': 5 });
    else if (name === 'moved') response.writeHead(301, { location: 'there' });
    else if (name === 'unknown-size') response.writeHead(200, { 'transfer-encoding': 'chunked' });
    else if (name === 'no-head' && request.method === 'GET')
      response.writeHead(206, { 'content-range': 'bytes 0-0/7' });
    else if (name === 'no-head') response.writeHead(405);
    else response.writeHead(name === 'gone' ? 410 : 400);
    response.end();
  });
  let done = 0;
  const names = ['there', 'moved', 'unknown-size', 'no-head', 'gone', 'bad'].map(pathOf);
  const states = await site.statFiles(names, () => done++);
  expect(states).toMatchObject([
    { status: 'there', size: 5, redirects: [] },
    { status: 'there', size: 5, redirects: [{ status: 301 }] },
    { status: 'there', size: undefined },
    { status: 'there', size: 7 },
    { status: 'missing' },
    { status: 'failed', reason: 'the server responded with 400' },
  ]);
  expect(done).toBe(6);
});

test('fetchFiles makes copies, and returns the reason for each file that is not available', async () => {
  const { site } = await openSite((request, response) => {
    if (request.url === '/site/loop') response.writeHead(302, { location: '/site/loop' }).end();
    else serving({ a: 'text', large: 'x'.repeat(11) })(request, response);
  });
  const folder = makeFolder();
  const fileFor = (name: string) => path.join(folder, name);
  const names = ['a', 'large', 'absent', 'loop'].map(pathOf);
  expect(await site.fetchFiles(names, { fileFor, maxBytesEach: 10 })).toMatchObject([
    { status: 'there', file: fileFor('a'), size: 4, redirects: [] },
    { status: 'failed', reason: 'it exceeds the limit of 10 bytes' },
    { status: 'missing' },
    { status: 'failed', reason: 'the server redirects more than 5 times' },
  ]);
  expect(readFileSync(fileFor('a'), 'utf8')).toBe('text');
});

test('the server is asked for headers of any status, and a server that does not respond is an error', async () => {
  const { site } = await openSite((request, response) => {
    if (request.url === '/site/silent') response.destroy();
    else response.writeHead(418).end();
  });
  expect(await site.served?.head('a')).toMatchObject({ status: 418, redirects: [] });
  await expect(site.served?.head('silent')).rejects.toMatchObject({ code: 'remote' });
});

test('an interruption is not a fault of a file or of the server', async () => {
  const controller = new AbortController();
  const { site } = await openSite(serving({ a: 'text' }), controller.signal);
  const reason = new Error('interrupted');
  controller.abort(reason);
  const fileFor = () => path.join(makeFolder(), 'a');
  await expect(site.readFile(pathOf('a'))).rejects.toBe(reason);
  await expect(site.statFiles([pathOf('a')])).rejects.toBe(reason);
  await expect(site.fetchFiles([pathOf('a')], { fileFor, maxBytesEach: 10 })).rejects.toBe(reason);
  await expect(site.served?.head('a')).rejects.toBe(reason);
});
