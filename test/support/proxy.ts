import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { WebServer } from './web.js';

/** Starts a proxy that connects to a server on this machine, whatever server is requested. */
export async function serveProxyTo({ url }: Pick<WebServer, 'url'>): Promise<WebServer> {
  const sockets = new Set<Socket>();
  const server = createServer().on('connect', (_request, client: Socket) => {
    const target = connect(Number(new URL(url).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    for (const socket of [client, target]) sockets.add(socket.on('error', () => undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
