import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Server } from './ports.js';

const TYPES: Readonly<Record<string, string>> = {
  '.gz': 'application/gzip',
  '.json': 'application/json',
  '.zip': 'application/zip',
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

/**
 * Serves a folder on this machine only, with the headers of GitHub Pages: ten minutes of caching, and the time of the
 * deployment as `Last-Modified` of every file.
 *
 * @param page the page at the root, if the folder does not have its own
 */
export async function servePages(root: string, deployed: Date, page: string, port: number): Promise<Server> {
  const folder = await realpath(root);
  const server = createServer((request, response) => {
    respond(folder, deployed, page, request, response).catch(() => {
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Finds a port of this machine that is not in use. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function respond(
  folder: string,
  deployed: Date,
  page: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405).end();
    return;
  }
  response.setHeader('Cache-Control', 'max-age=600');
  response.setHeader('Last-Modified', deployed.toUTCString());
  response.setHeader('Access-Control-Allow-Origin', '*');
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  if (since >= Math.floor(deployed.getTime() / 1000) * 1000) {
    response.writeHead(304).end();
    return;
  }
  const file = await fileFor(folder, request.url ?? '/');
  if (file === 'root page') {
    const body = Buffer.from(page, 'utf8');
    response.writeHead(200, { 'Content-Type': TYPES['.html'], 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  } else if (file === undefined) {
    response.removeHeader('Last-Modified');
    response.writeHead(404, { 'Content-Type': TYPES['.txt'] }).end('This file does not exist on the site.\n');
  } else {
    const type = TYPES[path.extname(file.path)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': file.size });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file.path).pipe(response);
  }
}

/** Returns the file of a URL, if it is inside the folder. */
async function fileFor(
  folder: string,
  url: string,
): Promise<{ path: string; size: number } | 'root page' | undefined> {
  let name: string;
  try {
    name = decodeURIComponent(url.split(/[?#]/)[0] ?? '/');
  } catch {
    return undefined;
  }
  if (name === '/') name = '/index.html';
  const candidate = await realpath(path.join(folder, name)).catch(() => undefined);
  if (candidate?.startsWith(folder + path.sep)) {
    const kind = await stat(candidate);
    if (kind.isFile()) return { path: candidate, size: kind.size };
  }
  return name === '/index.html' ? 'root page' : undefined;
}
