import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { download, sizeOnServer } from '../../../src/io/web/download.js';
import { DownloadError } from '../../../src/io/web/request.js';
import { HOSTILE_ANSWERS, serveFlood, serveHostile, type HostileAnswer } from '../../support/hostile-web.js';
import { serveWeb, type WebServer } from '../../support/web.js';

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const OPTIONS = {
  validators: undefined,
  maxBytes: 1024 * 1024,
  timeoutMs: 700,
  signal: new AbortController().signal,
};

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

async function faultOf(work: Promise<unknown>): Promise<DownloadError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DownloadError);
  return error as DownloadError;
}

describe('a download from a hostile server', () => {
  it('ends within its limits of time and size, whatever the server does', async () => {
    const started = performance.now();
    await Promise.all(
      (Object.keys(HOSTILE_ANSWERS) as HostileAnswer[]).map(async (kind) => {
        const server = await serveHostile(kind);
        servers.push(server);
        if (kind === 'a bomb of gzip') {
          // The bytes are not unpacked here.
          const answer = await download(server.url, { ...OPTIONS, timeoutMs: 10_000 });
          expect(answer.status === 'new' && answer.bytes.length).toBeLessThan(OPTIONS.maxBytes);
          return;
        }
        const { message } = await faultOf(download(server.url, OPTIONS));
        expect(message).toMatch(/[a-z]/);
        expect(message.length).toBeLessThan(200);
      }),
    );
    // Three attempts and the waits between them.
    expect(performance.now() - started).toBeLessThan(3 * OPTIONS.timeoutMs + 2500 + 10_000);
  }, 30_000);

  it('ends in its time although the garbage collector runs', async () => {
    const server = await serveHostile('nothing at all');
    servers.push(server);
    const started = performance.now();
    const fault = faultOf(download(server.url, OPTIONS));
    for (let round = 0; round < 10; round++) {
      collectGarbage();
      await sleep(20);
    }
    expect((await fault).message).toBe('the response was not complete within 0.7 s');
    expect(performance.now() - started).toBeLessThan(5000);
  }, 10_000);

  it('ends in its time although small chunks never stop coming', async () => {
    const server = await serveFlood();
    servers.push(server);
    const started = performance.now();
    const limits = { ...OPTIONS, maxBytes: 64 * 1024 * 1024 };
    const { message } = await faultOf(download(server.url, limits));
    expect(message).toBe('the response was not complete within 0.7 s');
    expect(performance.now() - started).toBeLessThan(5000);
  }, 30_000);
});

describe('a server that asks to wait', () => {
  const date = 'Wed, 25 Nov 2026 10:00:00 GMT';

  /** Downloads from a server that sends these responses in turn, and then the file. Waits are only recorded. */
  async function downloadAfter(...answers: (readonly [status: number, headers: Record<string, string>])[]) {
    const waits: number[] = [];
    const server = await serveWeb((_, response) => {
      const [status, headers] = answers.shift() ?? [200, {}];
      response.writeHead(status, headers).end('body');
    });
    servers.push(server);
    const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
    const work = download(server.url, { ...OPTIONS, timeoutMs: 10_000, sleep });
    return { work, waits };
  }

  it.each([429, 503])(
    'with status %d receives another request when the requested time is over',
    async (status) => {
      const { work, waits } = await downloadAfter(
        [status, { 'retry-after': '2' }],
        [status, { date, 'retry-after': 'Wed, 25 Nov 2026 10:00:30 GMT' }],
      );
      expect(await work).toMatchObject({ status: 'new' });
      expect(waits).toEqual([2000, 30_000]);
    },
  );

  it.each([
    ['less than the default wait', { 'retry-after': '0' }],
    ['a date in the past', { date, 'retry-after': 'Wed, 25 Nov 2026 09:00:00 GMT' }],
    ['an invalid value', { 'retry-after': 'soon' }],
  ])('receives another request after the default wait if it asks for %s', async (_, headers) => {
    const { work, waits } = await downloadAfter([503, headers], [503, headers]);
    expect(await work).toMatchObject({ status: 'new' });
    expect(waits).toEqual([500, 2000]);
  });

  it('receives three requests at most', async () => {
    const { work, waits } = await downloadAfter([503, {}], [503, {}], [503, {}]);
    expect((await faultOf(work)).message).toBe('the server responded with 503 Service Unavailable');
    expect(waits).toEqual([500, 2000]);
  });

  it.each([
    ['a number of seconds', { 'retry-after': '3600' }],
    ['a date', { date, 'retry-after': 'Wed, 25 Nov 2026 11:00:00 GMT' }],
  ])('receives no other request if it asks for more than a minute: %s', async (_, headers) => {
    const { work, waits } = await downloadAfter([503, headers]);
    const { message } = await faultOf(work);
    expect(message).toBe('the server responded with 503 Service Unavailable, and asks to wait 3600 s');
    expect(waits).toEqual([]);
  });

  it('is waited for with a real timer by default', async () => {
    let isFirst = true;
    const server = await serveWeb((_, response) => {
      response.writeHead(isFirst ? 503 : 200, { 'retry-after': '1' }).end('body');
      isFirst = false;
    });
    servers.push(server);
    const started = performance.now();
    expect(await download(server.url, { ...OPTIONS, timeoutMs: 10_000 })).toMatchObject({ status: 'new' });
    expect(performance.now() - started).toBeGreaterThan(950);
  });
});

describe('the size of a file on a server', () => {
  const sizeOf = async (answer: RequestListener, atMost = 100) => {
    const server = await serveWeb(answer);
    servers.push(server);
    return sizeOnServer(server.url, atMost, { ...OPTIONS, timeoutMs: 5000 });
  };
  const body = 'x'.repeat(50);

  it.each<[string, RequestListener]>([
    [
      'that sends parts',
      (request, response) => {
        expect(request).toMatchObject({ method: 'GET', headers: { range: 'bytes=0-0' } });
        response.writeHead(206, { 'content-range': 'bytes 0-0/50', 'content-length': '1' }).end('x');
      },
    ],
    [
      'that sends the whole file',
      (_, response) => response.writeHead(200, { 'content-length': '50' }).end(body),
    ],
    ['that does not state the size', (_, response) => void (response.write(body), response.end())],
    [
      'that redirects',
      (request, response) =>
        request.url === '/'
          ? response.writeHead(302, { location: '/there' }).end()
          : response.writeHead(200, { 'content-length': '50' }).end(body),
    ],
  ])('%s', async (_, answer) => {
    expect(await sizeOf(answer)).toBe(50);
  });

  it('is not counted far beyond the expected size', async () => {
    const endless: RequestListener = (_, response) => {
      const write = () => {
        while (!response.destroyed && response.write(body));
      };
      response.on('drain', write);
      write();
    };
    expect(await sizeOf(endless)).toBeGreaterThan(100);
  });

  it('is 0 for an empty file', async () => {
    expect(
      await sizeOf((_, response) => response.writeHead(416, { 'content-range': 'bytes */0' }).end()),
    ).toBe(0);
  });

  it.each<[string, number, Record<string, string>]>([
    ['the server responded with 404 Not Found', 404, {}],
    ['the server responded with 416 Range Not Satisfiable', 416, {}],
    ['the server does not state the size of the file', 206, { 'content-range': 'bytes 0-0/*' }],
    ['the server redirects to nowhere', 302, {}],
  ])('is an error if it cannot be found: %s', async (message, status, headers) => {
    const { message: found } = await faultOf(
      sizeOf((_, response) => response.writeHead(status, headers).end()),
    );
    expect(found).toBe(message);
  });
});

describe('the explanation of a server for a refusal', () => {
  const refusalWith = async (type: string, body: string) => {
    const server = await serveWeb((_, response) =>
      response.writeHead(403, { 'content-type': type }).end(body),
    );
    servers.push(server);
    return (await faultOf(download(server.url, { ...OPTIONS, timeoutMs: 5000 }))).message;
  };

  it.each([
    [
      'the message of object storage',
      'application/xml',
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has\n expired.</Message></Error>',
      ' ("Request has expired")',
    ],
    [
      'its code if the message is empty',
      'text/xml; charset=utf-8',
      '<Error><Code>AccessDenied</Code><Message/></Error>',
      ' ("AccessDenied")',
    ],
    ['nothing if it is something else', 'application/xml', '<html><Message>x</Message></html>', ''],
    ['nothing if it is not XML', 'text/html', '<Error><Message>x</Message></Error>', ''],
    ['nothing if it is damaged', 'application/problem+xml', '<Error><Message>x<', ''],
    [
      'nothing of an entity',
      'text/xml',
      '<!DOCTYPE Error [<!ENTITY e "x">]><Error><Message>&e;</Message></Error>',
      ' ("&e;")',
    ],
    ['nothing if it is long', 'text/xml', `<Error><Message>${'x'.repeat(20_000)}</Message></Error>`, ''],
    [
      'the beginning of a long message',
      'text/xml',
      `<Error><Message>${'x'.repeat(1000)}</Message></Error>`,
      ` ("${'x'.repeat(160)}")`,
    ],
  ])('is %s', async (_, type, body, words) => {
    expect(await refusalWith(type, body)).toBe(`the server responded with 403 Forbidden${words}`);
  });
});
