import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { GIT_ENV } from './git.js';

export interface GitHttpOptions {
  /** The required login: `user:password`. */
  login?: string;
  /** Whether that login may push. */
  readOnly?: boolean;
  /** Never responds. */
  hangs?: boolean;
  /** Delay of every response, in milliseconds. */
  delayMs?: number;
  /** Stops responding after a push. */
  hangsAfterPush?: boolean;
  /** Number of requests that first fail with status 503. */
  failures?: number;
  /** Redirects requests, like a moved repository: status and address, or `undefined` to serve them. */
  redirect?: (method: string, url: string) => { status: number; location?: string } | undefined;
  /** Responds with a web page and status 200 after the login: type and text, or `undefined` for a real response. */
  page?: (url: string) => { type?: string; body: string } | undefined;
  /** The newest version of git's protocol that the server supports. */
  protocol?: number;
}

export interface GitHttpServer {
  /** Base URL of the repositories in the folder. */
  readonly url: string;
  readonly requests: { method: string; url: string; authorization: string | undefined }[];
  close(): Promise<void>;
}

/** Serves the bare repositories of a folder with `git http-backend`, like real servers. */
export async function serveGit(folder: string, options: GitHttpOptions = {}): Promise<GitHttpServer> {
  const requests: GitHttpServer['requests'] = [];
  let failures = options.failures ?? 0;
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push({ method, url, authorization: request.headers.authorization });
    if (options.hangs) return;
    const pushed = requests.some(
      (other) => other.method === 'POST' && other.url.endsWith('git-receive-pack'),
    );
    if (options.hangsAfterPush && pushed && method === 'GET') return;
    const redirection = options.redirect?.(method, url);
    const page = options.page?.(url);
    if (redirection) {
      const { status, location } = redirection;
      response.writeHead(status, location === undefined ? {} : { location }).end();
    } else if (failures-- > 0) response.writeHead(503).end('try later');
    else if (!isAllowed(request, response, options)) return;
    else if (page)
      response.writeHead(200, page.type === undefined ? {} : { 'content-type': page.type }).end(page.body);
    else
      setTimeout(() => {
        backend(folder, request, response, options);
      }, options.delayMs ?? 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function isAllowed(
  request: IncomingMessage,
  response: ServerResponse,
  { login, readOnly }: GitHttpOptions,
): boolean {
  if (
    login !== undefined &&
    request.headers.authorization !== `Basic ${Buffer.from(login).toString('base64')}`
  ) {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end('who are you?');
    return false;
  }
  if (readOnly && request.url?.includes('git-receive-pack')) {
    response.writeHead(403).end('Write access to repository not granted.');
    return false;
  }
  return true;
}

function backend(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  { protocol = 2 }: GitHttpOptions,
): void {
  const wanted = (request.headers['git-protocol'] as string | undefined) ?? '';
  const [pathname = '', query = ''] = (request.url ?? '').split('?');
  const execPath = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim();
  const child = spawn(path.join(execPath, 'git-http-backend'), {
    env: {
      ...GIT_ENV,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'tester',
      REMOTE_ADDR: '127.0.0.1',
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: Number(wanted.replace('version=', '')) <= protocol ? wanted : `version=${protocol}`,
      ...(request.headers['content-length'] ? { CONTENT_LENGTH: request.headers['content-length'] } : {}),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  let head = Buffer.alloc(0);
  let inBody = false;
  child.stdout.on('data', (chunk: Buffer) => {
    if (inBody) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    inBody = true;
    let status = 200;
    for (const line of head.subarray(0, end).toString('latin1').split('\r\n')) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon);
      const value = line.slice(colon + 1).trim();
      if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.writeHead(status);
    response.write(head.subarray(end + 4));
  });
  child.on('close', () => response.end());
}
