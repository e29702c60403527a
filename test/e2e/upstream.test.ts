import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { makeFolder, writeFiles } from '../support/folders.js';
import { serveFlood, serveHostile } from '../support/hostile-web.js';
import { makeJar } from '../support/maven.js';
import { runAction, startCli, type Ran } from '../support/program.js';
import { serveCache, serveWeb, type WebServer } from '../support/web.js';

const A = 'a'.repeat(40);
const XML = `<pluginRecords><plugin filename="macros/Tool.ijm"><version checksum="${A}" timestamp="20250101000000" filesize="3"/></plugin></pluginRecords>`;
const INDEX = gzipSync(XML);

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface Request {
  url: string;
  headers: Record<string, string | string[] | undefined>;
}

async function serve(
  answer: RequestListener,
): Promise<{ url: string; requests: Request[]; close(): Promise<void> }> {
  const requests: Request[] = [];
  const server = await serveWeb((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  servers.push(server);
  return { url: server.url, requests, close: () => server.close() };
}

function makeBuild(): string {
  const cwd = makeFolder();
  writeFiles(cwd, { 'Tool.ijm': 'ours', 'Other.ijm': 'x', 'core.xml': XML, 'core.xml.gz': INDEX });
  return cwd;
}

const ARGS = ['preview', '--site-dir', 'site', '--json', '--files', 'Tool.ijm', '--files', 'Other.ijm'];

function preview(
  cwd: string,
  upstream: readonly string[],
  more: readonly string[] = [],
  env = {},
): Promise<Ran> {
  const cache = path.join(cwd, 'cache');
  const sites = upstream.flatMap((site) => ['--upstream', site]);
  return startCli([...ARGS, ...sites, ...more], { cwd, env: { XDG_CACHE_HOME: cache, ...env } });
}

test('many sites are read concurrently, without a warning from Node.js', async () => {
  const server = await serve((_, response) => {
    setTimeout(() => response.end(INDEX), 300);
  });
  const ran = await preview(
    makeBuild(),
    Array.from({ length: 12 }, (_, at) => `site${at}=${server.url}/${at}/`),
    ['--on-shadow', 'skip'],
  );
  expect(server.requests).toHaveLength(12);
  expect(ran.stderr).not.toContain('Warning');
  expect(ran.code).toBe(0);
});

function reported(ran: Ran): { codes: string[]; paths: string[] } {
  const result = JSON.parse(ran.stdout) as {
    problems: { code: string; severity: string }[];
    changes: { path: string }[];
  };
  return {
    codes: result.problems.map(({ severity, code }) => `${severity} ${code}`),
    paths: result.changes.map((change) => change.path),
  };
}

describe('a file that an upstream site serves', () => {
  test.each(['Core=core.xml', 'Core=core.xml.gz'])('is protected: %s', async (site) => {
    const ran = await preview(makeBuild(), [site]);
    expect(ran.code).toBe(1);
    expect(reported(ran)).toEqual({ codes: ['error shadows-upstream'], paths: ['macros/Other.ijm'] });
    expect(ran.stderr).toContain(
      'macros/Tool.ijm differs from macros/Tool.ijm, which the upstream site Core serves',
    );
  });

  test('is skipped on request, or published by force', async () => {
    const cwd = makeBuild();
    const skipped = await preview(cwd, ['Core=core.xml'], ['--on-shadow', 'skip']);
    expect(reported(skipped)).toEqual({ codes: [], paths: ['macros/Other.ijm'] });
    for (const force of [['--on-shadow', 'force'], ['--force-shadow']]) {
      const forced = await preview(cwd, ['Core=core.xml'], force);
      expect(reported(forced)).toEqual({ codes: [], paths: ['macros/Other.ijm', 'macros/Tool.ijm'] });
    }
  });

  test('is found on any of several sites', async () => {
    const cwd = makeBuild();
    writeFiles(cwd, { 'other.xml': '<pluginRecords/>' });
    expect((await preview(cwd, ['Core=core.xml', 'Other=other.xml'])).code).toBe(1);
    expect((await preview(cwd, ['Other=other.xml'])).code).toBe(0);
  });
});

describe('the index of an upstream site on the web', () => {
  test('is read below the address of the site, packed or not, and downloaded again only if it has changed', async () => {
    const { url, requests } = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"one"' }).end(INDEX);
    });
    const cwd = makeBuild();
    for (let run = 0; run < 2; run++) expect((await preview(cwd, [`Core=${url}/sites/core`])).code).toBe(1);
    expect(requests.map((request) => request.url)).toEqual([
      '/sites/core/db.xml.gz',
      '/sites/core/db.xml.gz',
    ]);
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"one"']);
    expect(requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  test('is read through redirects, even relative ones, and after waiting for a busy server', async () => {
    let busy = 2;
    const { url, requests } = await serve((request, response) => {
      if (request.url === '/db.xml.gz') response.writeHead(302, { location: '/moved/db.xml' }).end();
      else if (busy-- > 0) response.writeHead(503).end('later');
      else response.end(XML);
    });
    const ran = await preview(makeBuild(), [`Core=${url}`]);
    expect(reported(ran).codes).toEqual(['error shadows-upstream']);
    expect(requests).toHaveLength(6);
  });

  test.each<[string, RequestListener, RegExp, string]>([
    [
      'that is missing',
      (_, response) => response.writeHead(404).end(),
      /responded with 404 Not Found/,
      'unreachable',
    ],
    [
      'that is not an index',
      (_, response) => response.end('<html></html>'),
      /root element is <html>/,
      'unreadable',
    ],
    ['that is damaged', (_, response) => response.end(INDEX.subarray(0, 20)), /cut short/, 'unreadable'],
    [
      'that leads in circles',
      (_, response) => response.writeHead(301, { location: '/db.xml.gz' }).end(),
      /redirects more than 5 times/,
      'unreachable',
    ],
    [
      'that redirects to another protocol',
      (_, response) => response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
      /not secure/,
      'unreachable',
    ],
    [
      'that never ends',
      (_, response) => {
        const more = () => {
          if (!response.destroyed) response.write(Buffer.alloc(4_000_000), () => setImmediate(more));
        };
        more();
      },
      /exceeds the limit of 67108864 bytes/,
      'unreachable',
    ],
  ])('%s is an error with a remedy', async (_name, answer, message, code) => {
    const { url } = await serve(answer);
    const ran = await preview(makeBuild(), [`Core=${url}`]);
    expect(ran.code).toBe(1);
    expect(reported(ran)).toEqual({ codes: [`error upstream-${code}`], paths: [] });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).toMatch(/"none"|--upstream none/);
  });

  test('is not cached if it turns out not to be an index', async () => {
    let answer: string | Buffer = INDEX;
    const server = await serve((_request, response) => response.end(answer));
    const cwd = makeBuild();
    await preview(cwd, [`Core=${server.url}`]);
    answer = '<html></html>';
    expect(reported(await preview(cwd, [`Core=${server.url}`])).codes).toEqual(['error upstream-unreadable']);
    await server.close();
    const ran = await preview(cwd, [`Core=${server.url}`]);
    expect(reported(ran).codes).toEqual(['warning upstream-outdated', 'error shadows-upstream']);
  });

  test('is not waited for longer than requested', async () => {
    const { url } = await serve((_request, response) => {
      const drip = setInterval(() => response.write('x'), 100);
      response.on('close', () => {
        clearInterval(drip);
      });
    });
    const ran = await preview(makeBuild(), [`Core=${url}`], ['--timeout', '0.4']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/the response was not complete within 0\.4 s/);
  });

  test('ends the run with exit code 1 and a reason, whatever its server does', async () => {
    const cwd = makeBuild();
    // A selection of hostile responses; unit tests cover the rest.
    const kinds = [
      'a body without end',
      'headers without end',
      'no HTTP at all',
      'a redirect to itself',
    ] as const;
    const hostile = [await serveFlood(), ...(await Promise.all(kinds.map(serveHostile)))];
    servers.push(...hostile);
    for (const { url } of hostile) {
      const started = performance.now();
      const ran = await preview(cwd, [`Core=${url}`], ['--timeout', '2']);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain(`The index of the upstream site Core (${url}/db.xml.gz) cannot be read: `);
      expect(ran.stderr.length).toBeLessThan(1500);
      // At most three attempts, the waits between them, and the start of the program on a busy machine.
      expect(performance.now() - started).toBeLessThan(3 * 2000 + 2500 + 15_000);
    }
  }, 120_000);

  test('is replaced by the copy of an earlier run if it cannot be downloaded, unless the copy was changed', async () => {
    const cwd = makeBuild();
    const server = await serve((_request, response) => response.end(INDEX));
    expect((await preview(cwd, [`Core=${server.url}`])).code).toBe(1);
    await server.close();
    const ran = await preview(cwd, [`Core=${server.url}`], ['--force-shadow']);
    expect(ran.code).toBe(0);
    expect(reported(ran).codes).toEqual(['warning upstream-outdated']);
    expect(ran.stderr).toMatch(/refused the connection.*Using the cached copy of \d{4}-\d\d-\d\d/);

    const copies = path.join(cwd, 'cache/pages-update-site');
    for (const folder of readdirSync(copies))
      writeFileSync(path.join(copies, folder, 'index'), '<pluginRecords/>');
    expect((await preview(cwd, [`Core=${server.url}`])).stderr).toMatch(/--upstream none/);
  });
});

describe('the action', () => {
  test('stores indexes in the cache of GitHub Actions, under the state that the server reports', async () => {
    const cache = await serveCache();
    servers.push(cache);
    let etag = '"one"';
    const site = await serve((request, response) => {
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag }).end(INDEX);
    });
    const cwd = makeBuild();
    const temp = makeFolder();
    const run = () => {
      rmSync(path.join(temp, 'pages-update-site'), { recursive: true, force: true });
      return runAction(
        { files: 'Other.ijm', 'site-dir': 'site', mode: 'preview', upstream: `Core=${site.url}` },
        {
          cwd,
          env: { ACTIONS_CACHE_URL: `${cache.url}/`, ACTIONS_RUNTIME_TOKEN: 'x', RUNNER_TEMP: temp },
        },
      );
    };
    expect((await run()).code).toBe(0);
    expect(cache.entries.size).toBe(1);
    expect((await run()).code).toBe(0);
    expect(site.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"one"']);
    expect(cache.entries.size).toBe(1);
    etag = '"two"';
    await run();
    expect(cache.entries.size).toBe(2);
    await site.close();
    const ran = await run();
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('::warning title=upstream-outdated::');
  });

  test('continues without the cache if its service fails', async () => {
    const broken = await serve((_request, response) => response.writeHead(400).end('{}'));
    const site = await serve((_request, response) => response.end(INDEX));
    const ran = await runAction(
      { files: 'Other.ijm', 'site-dir': 'site', mode: 'preview', upstream: `Core=${site.url}` },
      { cwd: makeBuild(), env: { ACTIONS_CACHE_URL: `${broken.url}/`, ACTIONS_RUNTIME_TOKEN: 'x' } },
    );
    expect(ran.code).toBe(0);
    expect(ran.outputs['changed']).toBe('true');
  });
});

describe('a jar that an upstream site serves in another version', () => {
  const upstream = `<pluginRecords><plugin filename="jars/lib-1.4.jar"><version checksum="${A}" timestamp="20250101000000" filesize="3"/></plugin></pluginRecords>`;
  const build = (version: string) => {
    const cwd = makeFolder();
    writeFiles(cwd, {
      'core.xml': upstream,
      [`app/jars/lib-${version}.jar`]: makeJar([{ name: 'lib/L' }]),
      'app/plugins/P_.jar': makeJar([{ name: 'p/P', references: ['lib/L'] }], {
        'plugins.config': 'P, "P", p.P\n',
      }),
    });
    return cwd;
  };
  const publish = (cwd: string, ...more: string[]) =>
    startCli(
      ['publish', '--app-dir', 'app', '--site-dir', 'site', '--upstream', 'Core=core.xml', '--json', ...more],
      { cwd },
    );
  const indexIn = (cwd: string) => gunzipSync(readFileSync(path.join(cwd, 'site/db.xml.gz'))).toString();

  test('is refused, and the message names both versions and the one that users would get', async () => {
    const ran = await publish(build('2.0'), '--site-url', 'https://example.org/mine/');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(
      'jars/lib-2.0.jar differs from jars/lib-1.4.jar, which the upstream site Core serves: users of both would get version 2.0 from https://example.org/mine/ instead of version 1.4 from Core, for all their plugins.',
    );
  });

  test.each([
    ['1.5', []],
    ['2.0', ['warning shadow-major-version']],
  ])(
    'is skipped and used as a dependency, with a warning if the major version differs: %s',
    async (version, codes) => {
      const cwd = build(version);
      const ran = await publish(cwd, '--on-shadow', 'skip');
      expect(ran.code).toBe(0);
      expect(reported(ran)).toEqual({ codes, paths: ['plugins/P_.jar'] });
      expect(indexIn(cwd)).toContain('<dependency filename="jars/lib.jar" timestamp="20250101000000"/>');
    },
  );

  test('replaces it by force, with the history of the replaced file', async () => {
    const cwd = build('2.0');
    expect((await publish(cwd, '--on-shadow', 'force', '--timestamp', '20260102030405')).code).toBe(0);
    expect(indexIn(cwd)).toContain(
      `<previous-version timestamp="20250101000000" timestamp-obsolete="20260102030405" checksum="${A}" filename="jars/lib-1.4.jar"/>`,
    );
    // From then on, the file belongs to the site.
    writeFiles(cwd, { 'app/jars/lib-2.0.jar': makeJar([{ name: 'lib/L' }, { name: 'lib/More' }]) });
    const later = await publish(cwd);
    expect(later.code).toBe(0);
    expect(reported(later).paths).toEqual(['jars/lib-2.0.jar']);
  });
});
