import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { createPublishedDates } from '../../../src/io/web/last-modified.js';
import { serveWeb } from '../../support/web.js';

const DATE = 'Tue, 24 Nov 2026 10:00:00 GMT';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

function datesWith(signal: AbortSignal, timeoutMs = 60_000) {
  const lines: string[] = [];
  const log = { info: () => undefined, detail: (line: string) => lines.push(line) };
  return { dates: createPublishedDates({ timeoutMs, signal, log }), lines };
}

describe('the date of a file on a web server', () => {
  test('is that of the server, requested without a login', async () => {
    const seen: string[] = [];
    const server = await serveWeb(({ method, url, headers }, response) => {
      seen.push(`${method ?? ''} ${url ?? ''} ${headers.authorization ?? ''}`);
      response.writeHead(200, { 'last-modified': DATE }).end();
    });
    const { dates, lines } = datesWith(new AbortController().signal);
    expect(await dates.lastModified(`${server.url}/db.xml.gz`)).toEqual(new Date(DATE));
    expect(seen).toEqual(['HEAD /db.xml.gz ']);
    expect(lines).toEqual([`${server.url}/db.xml.gz was last changed at 2026-11-24T10:00:00.000Z.`]);
    await server.close();
  });

  test('is not known if the server does not have the file, or sends no date', async () => {
    let status = 404;
    const server = await serveWeb((_, response) => {
      response.writeHead(status).end();
    });
    const { dates, lines } = datesWith(new AbortController().signal);
    expect(await dates.lastModified(server.url)).toBeUndefined();
    status = 200;
    expect(await dates.lastModified(server.url)).toBeUndefined();
    expect(lines.map((line) => line.replace(/^.*: /, ''))).toEqual([
      'the server responded with 404 Not Found.',
      'the server does not send a date in "Last-Modified".',
    ]);
    await server.close();
  });

  test.each([
    '',
    '5',
    'yesterday',
    'Tue, 24 Nov 2026 10:00:00 CET',
    '2026-11-24T10:00:00Z',
    'Tue, 24 Abc 2026 10:00:00 GMT',
    'Tue, 24 Nov 2026 30:00:00 GMT',
  ])('is not known if the server sends "%s"', async (value) => {
    const server = await serveWeb((_, response) => {
      response.writeHead(200, { 'last-modified': value }).end();
    });
    const { dates, lines } = datesWith(new AbortController().signal);
    expect(await dates.lastModified(server.url)).toBeUndefined();
    expect(lines[0]).toMatch(
      /^It is not known when .*: the server does not send a date in "Last-Modified"\.$/,
    );
    await server.close();
  });

  test('is not requested from an address with a login, or with another protocol', async () => {
    const { dates, lines } = datesWith(new AbortController().signal);
    for (const location of ['http://me:secret@127.0.0.1/', 'file:///etc/passwd', 'javascript:1', '//[']) {
      const server = await serveWeb((_, response) => {
        response.writeHead(302, { location }).end();
      });
      expect(await dates.lastModified(server.url)).toBeUndefined();
      await server.close();
    }
    expect(lines).toHaveLength(4);
    expect(lines.join('\n')).not.toContain('secret');
  });

  test('is not waited for longer if the garbage collector runs', async () => {
    // Sends headers slowly, so that the connection is never idle.
    const server = await serveWeb(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('x: y\r\n'), 50);
      socket.on('close', () => {
        clearInterval(drip);
      });
    });
    const { dates } = datesWith(new AbortController().signal, 300);
    const asked = dates.lastModified(server.url);
    for (let round = 0; round < 8; round++) {
      collectGarbage();
      await sleep(20);
    }
    expect(await Promise.race([asked, sleep(5000, 'still waiting', { ref: false })])).toBeUndefined();
    await server.close();
  });

  test('is not waited for after the given time, or after the end of the run', async () => {
    let open = 0;
    const server = await serveWeb(({ socket }) => {
      open++;
      socket.on('close', () => open--);
    });
    const { dates, lines } = datesWith(new AbortController().signal, 200);
    expect(await dates.lastModified(server.url)).toBeUndefined();
    expect(lines).toEqual([
      `It is not known when ${server.url} was last changed: the server did not respond within 0.2 s.`,
    ]);
    const over = new AbortController();
    const asked = datesWith(over.signal).dates.lastModified(server.url);
    setTimeout(() => {
      over.abort();
    }, 200);
    expect(await asked).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(open).toBe(0);
    await server.close();
  });
});
