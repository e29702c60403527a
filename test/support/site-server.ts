import { existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { serveWeb, type WebServer } from './web.js';

/** Answers a request itself, if it returns true. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A plain web server for a folder. */
export interface SiteServer extends WebServer {
  /** The requests so far: `GET /db.xml.gz`. */
  readonly requests: string[];
  /** The largest number of requests at the same time. */
  readonly peak: () => number;
}

/** Serves a folder as a plain web server does: sizes, dates, parts of files, and 404 for what does not exist. */
export async function serveFolder(
  folder: string,
  intercept: Intercept = () => false,
  port = 0,
): Promise<SiteServer> {
  const requests: string[] = [];
  let active = 0;
  let peak = 0;
  const server = await serveWeb((request, response) => {
    requests.push(`${request.method ?? ''} ${decodeURIComponent(request.url ?? '')}`);
    peak = Math.max(peak, ++active);
    response.on('close', () => active--);
    if (!intercept(request, response)) serveFile(folder, request, response);
  }, port);
  return { ...server, requests, peak: () => peak };
}

function serveFile(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const file = path.join(folder, decodeURIComponent(request.url ?? ''));
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not found</html>');
    return;
  }
  const bytes = readFileSync(file);
  const headers = {
    'content-type': 'application/octet-stream',
    'last-modified': statSync(file).mtime.toUTCString(),
    'accept-ranges': 'bytes',
  };
  const [, from] = /^bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
  const start = Number(from ?? 0);
  const part = bytes.subarray(start);
  response.writeHead(from === undefined ? 200 : 206, {
    ...headers,
    'content-length': part.length,
    ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  });
  response.end(request.method === 'HEAD' ? undefined : part);
}
