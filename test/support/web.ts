import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebServer {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a web server on this machine with the given listener.
 *
 * @param port 0 for any free port
 */
export async function serveWeb(respond: RequestListener, port = 0): Promise<WebServer> {
  const server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export interface CacheService extends WebServer {
  /** The stored archives by key, in order. */
  readonly entries: Map<string, Buffer>;
}

/** Starts the cache service of GitHub Actions, version 1, which enterprise servers still use. */
export async function serveCache(): Promise<CacheService> {
  const entries = new Map<string, Buffer>();
  const reserved: { key: string; version: string; chunks: Buffer[] }[] = [];
  const versions = new Map<string, string>();
  const server = await serveWeb((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const id = Number(/\/caches\/(\d+)$/.exec(url.pathname)?.[1] ?? 0) - 1;
      const reservation = reserved[id];
      if (request.method === 'GET' && url.pathname.endsWith('/cache')) {
        const keys = (url.searchParams.get('keys') ?? '').split(',');
        const found = [...entries.keys()].findLast(
          (key) =>
            keys.some((wanted) => key.startsWith(wanted)) &&
            versions.get(key) === url.searchParams.get('version'),
        );
        if (found === undefined) response.writeHead(204).end();
        else
          json(200, {
            cacheKey: found,
            archiveLocation: `${server.url}/archive/${encodeURIComponent(found)}`,
          });
      } else if (url.pathname.startsWith('/archive/')) {
        response.end(entries.get(decodeURIComponent(url.pathname.slice('/archive/'.length))));
      } else if (request.method === 'POST' && url.pathname.endsWith('/caches')) {
        const { key, version } = JSON.parse(body.toString()) as { key: string; version: string };
        json(201, { cacheId: reserved.push({ key, version, chunks: [] }) });
      } else if (request.method === 'PATCH' && reservation) {
        reservation.chunks.push(body);
        response.writeHead(204).end();
      } else if (request.method === 'POST' && reservation) {
        entries.set(reservation.key, Buffer.concat(reservation.chunks));
        versions.set(reservation.key, reservation.version);
        json(200, {});
      } else response.writeHead(404).end();
    });
  });
  return { ...server, entries };
}
