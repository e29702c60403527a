import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parseIndexXml } from '../../src/formats/imagej/index/read.js';
import { makeFolder } from '../support/folders.js';
import { CLI, runCli } from '../support/program.js';

test('demo --once shows all steps and ends', () => {
  const ran = runCli(['demo', '--once'], { cwd: makeFolder() });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  for (const text of [
    '4 files added',
    '1 file updated, 1 renamed, 1 removed',
    'http://127.0.0.1:',
    'Add Unlisted Site',
    'Run it without --once to keep the site.',
  ]) {
    expect(ran.stdout).toContain(text);
  }
});

test('demo --format jetbrains shows the steps of a plugin repository', () => {
  const ran = runCli(['demo', '--once', '--format', 'jetbrains'], { cwd: makeFolder() });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  for (const text of [
    '2 plugins added',
    '1 plugin updated',
    '/updatePlugins.xml',
    'Manage Plugin Repositories',
  ])
    expect(ran.stdout).toContain(text);
  expect(runCli(['demo', '--format', 'x'], { cwd: makeFolder() }).code).toBe(2);
  expect(runCli(['demo', '--port', 'x'], { cwd: makeFolder() })).toMatchObject({
    code: 2,
    stderr: 'error: --port: "x" is not a port number.\n  Write a number from 0 to 65535.\n',
  });
});

test('demo serves the site as GitHub Pages would', async () => {
  const child = spawn(process.execPath, [CLI, 'demo'], {
    cwd: makeFolder(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /(http:\/\/127\.0\.0\.1:\d+\/)\n[\s\S]*Ctrl\+C/.exec(output)?.[1];
        if (found) resolve(found);
      });
      child.on('close', () => {
        reject(new Error(`the demonstration ended: ${output}`));
      });
    });
    // The requests of an updater: check for updates, read the index, fetch a file, verify size and checksum.
    const head = await fetch(`${url}db.xml.gz`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('cache-control')).toBe('max-age=600');
    const modified = head.headers.get('last-modified') ?? '';
    expect(Date.parse(modified)).not.toBeNaN();
    const again = await fetch(`${url}db.xml.gz`, { headers: { 'If-Modified-Since': modified } });
    expect(again.status).toBe(304);
    const index = parseIndexXml(
      gunzipSync(Buffer.from(await (await fetch(`${url}db.xml.gz`)).arrayBuffer())),
    );
    expect(
      index.records.map(({ filename, current, previous }) => [
        filename,
        current !== undefined,
        previous.length,
      ]),
    ).toEqual([
      ['jars/demo-library-1.0.1.jar', true, 1],
      ['plugins/Demo_Plugin-1.1.0.jar', true, 1],
      ['macros/Demo_Hello.ijm', true, 0],
      ['macros/Demo_Old.ijm', false, 1],
    ]);
    const macro = index.records[2];
    const payload = Buffer.from(
      await (await fetch(`${url}macros/Demo_Hello.ijm-${macro?.current?.timestamp ?? ''}`)).arrayBuffer(),
    );
    expect(payload.length).toBe(macro?.current?.filesize);
    expect(createHash('sha1').update('macros/Demo_Hello.ijm').update(payload).digest('hex')).toBe(
      macro?.current?.checksum,
    );
    expect(await (await fetch(url)).text()).toContain('An update site on GitHub Pages');
    expect((await fetch(`${url}nothing`)).status).toBe(404);
    expect((await fetch(`${url}..%2f..%2fetc/passwd`)).status).toBe(404);
  } finally {
    child.kill('SIGINT');
  }
  expect(await ended).toBe(process.platform === 'win32' ? null : 0);
});
