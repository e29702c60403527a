import { mkdirSync, truncateSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { createIndexCache } from '../../../src/io/web/index-cache.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../../src/io/web/upstream-indexes.js';
import { makeFolder, writeFiles } from '../../support/folders.js';
import { serveWeb, type WebServer } from '../../support/web.js';

function indexesIn(cwd: string, signal = new AbortController().signal) {
  return createUpstreamIndexes({
    cwd,
    cache: createIndexCache(path.join(cwd, 'cache'), 100),
    timeoutMs: 5000,
    signal,
    now: () => new Date('2026-11-28T12:00:00Z'),
  });
}

/** Reads the index of an upstream site that is a file in a folder. */
async function read(cwd: string, location: string): Promise<string> {
  const { bytes } = await indexesIn(cwd).read({ name: 'Lab', location });
  return Buffer.from(bytes).toString();
}

describe('the index of an upstream site in a file', () => {
  it('is read relative to the working directory', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'sites/db.xml.gz': 'index' });
    expect(await read(cwd, 'sites/db.xml.gz')).toBe('index');
  });

  it('is an error if it is missing, a folder, or too large', async () => {
    const cwd = makeFolder();
    mkdirSync(path.join(cwd, 'folder'));
    writeFiles(cwd, { large: '' });
    truncateSync(path.join(cwd, 'large'), MAX_UPSTREAM_BYTES + 1);
    await expect(read(cwd, 'nowhere')).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringMatching(/^The index of .* cannot be read: it does not exist\.$/) as string,
    });
    await expect(read(cwd, 'folder')).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringMatching(/^The index of .* cannot be read: it is a folder\.$/) as string,
      hint: 'Name the index in it: db.xml.gz, or updatePlugins.xml for JetBrains IDEs.',
    });
    await expect(read(cwd, 'large')).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringMatching(/ has 67108865 bytes; at most 67108864 are read\.$/) as string,
      hint: 'A file of this size is damaged, or not an index.',
    });
  });
});

describe('the index of an upstream site on the web', () => {
  const servers: WebServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  /** Serves an index in these ways, one after another. */
  async function serving(...ways: readonly RequestListener[]) {
    let at = 0;
    const conditions: (string | undefined)[] = [];
    const server = await serveWeb((request, response) => {
      conditions.push(request.headers['if-none-match'] ?? request.headers['if-modified-since']);
      ways[Math.min(at++, ways.length - 1)]?.(request, response);
    });
    servers.push(server);
    return { location: `${server.url}/db.xml.gz`, conditions };
  }

  const withEtag: RequestListener = (_, response) => response.writeHead(200, { etag: '"1"' }).end('index');
  const status =
    (code: number): RequestListener =>
    (_, response) =>
      response.writeHead(code).end();

  it('is read with the copy that an earlier run has kept, if it has not changed', async () => {
    const cwd = makeFolder();
    const { location, conditions } = await serving(withEtag, withEtag, status(304));
    const source = { name: 'Lab', location };
    // Bytes that turn out not to be an index are not kept.
    await indexesIn(cwd).read(source);
    const first = await indexesIn(cwd).read(source);
    expect(first.outdated).toBeUndefined();
    await first.keep();
    const second = await indexesIn(cwd).read(source);
    expect([Buffer.from(second.bytes).toString(), second.outdated]).toEqual(['index', undefined]);
    await second.keep();
    expect(conditions).toEqual([undefined, undefined, '"1"']);
  });

  it('is requested by its date if the server does not send a tag', async () => {
    const date = 'Sat, 28 Nov 2026 11:00:00 GMT';
    const dated: RequestListener = (_, response) =>
      response.writeHead(200, { 'last-modified': date }).end('index');
    const cwd = makeFolder();
    const { location, conditions } = await serving(dated);
    for (let run = 0; run < 2; run++) await (await indexesIn(cwd).read({ name: 'Lab', location })).keep();
    expect(conditions).toEqual([undefined, date]);
  });

  it('is an outdated copy if the server fails', async () => {
    const cwd = makeFolder();
    const { location } = await serving(withEtag, status(404));
    await (await indexesIn(cwd).read({ name: 'Lab', location })).keep();
    const { bytes, outdated } = await indexesIn(cwd).read({ name: 'Lab', location });
    expect(Buffer.from(bytes).toString()).toBe('index');
    expect(outdated).toEqual({
      reason: 'the server responded with 404 Not Found',
      date: '2026-11-28T12:00:00.000Z',
    });
  });

  it('is an error without a copy, with a hint that fits the reason for reading it', async () => {
    const { location } = await serving(status(404));
    const reading = indexesIn(makeFolder());
    const message = `(${location}) cannot be read: the server responded with 404 Not Found.`;
    await expect(reading.read({ name: 'Lab', location })).rejects.toMatchObject({
      code: 'remote',
      message: `The index of the upstream site Lab ${message}`,
      hint: expect.stringContaining('"upstream: none"') as string,
    });
    const label = 'the later state';
    await expect(reading.read({ name: label, label, location })).rejects.toMatchObject({
      message: `The index of the later state ${message}`,
      hint: 'Check the address or the path, or run again later.',
    });
  });

  it('is an error if the server reports that nothing changed, although no copy exists', async () => {
    const { location } = await serving(status(304));
    await expect(indexesIn(makeFolder()).read({ name: 'Lab', location })).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringMatching(/cannot be read: the server responded with 304/) as string,
    });
  });

  it('is not an outdated copy if the run was interrupted', async () => {
    const cwd = makeFolder();
    const { location } = await serving(withEtag);
    await (await indexesIn(cwd).read({ name: 'Lab', location })).keep();
    const reason = new Error('interrupted');
    const reading = indexesIn(cwd, AbortSignal.abort(reason));
    await expect(reading.read({ name: 'Lab', location })).rejects.toBe(reason);
  });
});
