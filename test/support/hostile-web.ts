import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { WebServer } from './web.js';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;

/** 80 MB of spaces, compressed. */
const BOMB = gzipSync(Buffer.alloc(80 * 1024 * 1024, ' '), { level: 1 });

/** What a hostile server may do with a connection after the first bytes of the request. */
export const HOSTILE_ANSWERS = {
  'a body without end': (socket) => {
    socket.write(`${HEAD}\r\n`);
    flood(socket, Buffer.alloc(64 * 1024, 'x'));
  },
  'a flood of chunks of one byte': (socket) => {
    socket.write(CHUNKED);
    flood(socket, Buffer.from('1\r\nx\r\n'.repeat(10_000)));
  },
  'a byte now and then': (socket) => {
    socket.write(CHUNKED);
    const timer = setInterval(() => socket.write('1\r\nx\r\n'), 50);
    socket.on('close', () => {
      clearInterval(timer);
    });
  },
  'headers without end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    flood(socket, Buffer.from('X-More: 1\r\n'.repeat(1000)));
  },
  'a header now and then': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('X-More: 1\r\n'), 50);
    socket.on('close', () => {
      clearInterval(timer);
    });
  },
  'interim responses without end': (socket) => {
    flood(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100)));
  },
  'invalid headers': (socket) => socket.end('HTTP/1.1 200 OK\r\n\u0000\u0001: \r\n::\r\n\r\n{}'),
  'no HTTP at all': (socket) => socket.end('220 mail.example.org ESMTP\r\n'),
  'a content length that is not a number': (socket) => socket.end(`${HEAD}Content-Length: many\r\n\r\n{}`),
  'a body shorter than its content length': (socket) => socket.end(`${HEAD}Content-Length: 100\r\n\r\n{`),
  'an end in the middle of a chunk': (socket) => socket.end(`${CHUNKED}64\r\n{`),
  'an end before the response': (socket) => socket.end(),
  'nothing at all': () => undefined,
  'a bomb of gzip': (socket) => {
    socket.write(`${HEAD}Content-Encoding: gzip\r\nContent-Length: ${BOMB.length}\r\n\r\n`);
    socket.end(BOMB);
  },
  'a redirect to itself': (socket) =>
    socket.end('HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n'),
  'a redirect whose body has no end': (socket) => {
    socket.write('HTTP/1.1 302 Found\r\nLocation: /again\r\nTransfer-Encoding: chunked\r\n\r\n');
    flood(socket, Buffer.from('1\r\nx\r\n'.repeat(10_000)));
  },
} satisfies Readonly<Record<string, (socket: Socket) => unknown>>;

export type HostileAnswer = keyof typeof HOSTILE_ANSWERS;

/** Starts a server on this machine that treats every connection in this way. */
export async function serveHostile(kind: HostileAnswer): Promise<WebServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => {
      HOSTILE_ANSWERS[kind](socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const FLOOD = `
const bytes = Buffer.from('1\\r\\nx\\r\\n'.repeat(10000));
require('node:net').createServer((socket) => {
  socket.on('error', () => undefined);
  socket.write('HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n');
  const more = () => { while (!socket.destroyed && socket.write(bytes)); };
  socket.on('drain', more);
  more();
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

/** Starts a process that sends one-byte chunks faster than they are read, so that the reader never waits. */
export async function serveFlood(): Promise<WebServer> {
  const child = spawn(process.execPath, ['-e', FLOOD], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `http://127.0.0.1:${String(port).trim()}`,
    close: async () => {
      const end = once(child, 'exit');
      child.kill('SIGKILL');
      await end;
    },
  };
}

/** Sends the same bytes again and again, as fast as the socket accepts them. */
function flood(socket: Socket, bytes: Buffer): void {
  const more = () => {
    let isAccepted = true;
    while (isAccepted && !socket.destroyed) isAccepted = socket.write(bytes);
  };
  socket.on('drain', more);
  more();
}
