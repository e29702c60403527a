import { cpSync, utimesSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { dateOf } from '../../src/model/timestamp.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { git, makeBareRepository } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runCli, startCli } from '../support/program.js';
import { serveWeb } from '../support/web.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Time by which the timestamps of new files are ahead of the index that users may have read last. */
const LEAD = 14 * HOUR + SECOND;

const FOLDER = ['--app-dir', 'app', '--site-dir', 'site', '--json'];

interface Result {
  timestamp: string;
  problems: { severity: string; code: string; message: string }[];
  report?: { notices?: string[] };
}

function resultOf({ stdout, stderr }: { stdout: string; stderr: string }): Result {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Result;
}

/** Converts a timestamp to milliseconds since 1970. */
function momentOf(result: Result): number {
  return dateOf(Number(result.timestamp))?.getTime() ?? Number.NaN;
}

/** Removes the escapes from Markdown. */
function readable(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replaceAll('\\', '');
}

let template: string;

beforeAll(() => {
  template = makeFolder();
  writeFiles(template, { 'app/macros/Old.ijm': 'old' });
  const args = ['publish', ...FOLDER, '--timestamp', '20260102030405'];
  expect(runCli(args, { cwd: template }).code).toBe(0);
});

/** Creates a folder site with one old macro and an index of a given time, and a build that adds a macro. */
function makeSite(indexDate: Date, added: Record<string, string> = { 'app/macros/New.ijm': 'new' }): string {
  const cwd = makeFolder();
  cpSync(template, cwd, { recursive: true });
  utimesSync(path.join(cwd, 'site/db.xml.gz'), indexDate, indexDate);
  writeFiles(cwd, added);
  return cwd;
}

function ago(milliseconds: number): Date {
  return new Date(Math.floor((Date.now() - milliseconds) / SECOND) * SECOND);
}

/** Checks that a time is that of this test, to a minute. */
function expectNow(moment: number, offset = 0): void {
  expect(Math.abs(moment - offset - Date.now())).toBeLessThan(MINUTE);
}

describe('the timestamp of a publication to a folder', () => {
  test('is 14 hours and a second after the index that users may have read, if a file is new', () => {
    const written = ago(2 * HOUR);
    const result = resultOf(runCli(['publish', ...FOLDER], { cwd: makeSite(written) }));
    expect(momentOf(result)).toBe(written.getTime() + LEAD);
  });

  test('is that of the clock if the index is old or missing, or no file is new', () => {
    expectNow(momentOf(resultOf(runCli(['publish', ...FOLDER], { cwd: makeSite(ago(2 * DAY)) }))));
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    expectNow(momentOf(resultOf(runCli(['publish', ...FOLDER], { cwd }))));
    const changed = makeSite(ago(HOUR), { 'app/macros/Old.ijm': 'changed' });
    expectNow(momentOf(resultOf(runCli(['publish', ...FOLDER], { cwd: changed }))));
  });

  test('is not later than an index that is dated in the future', () => {
    const result = resultOf(runCli(['publish', ...FOLDER], { cwd: makeSite(ago(-3 * DAY)) }));
    expectNow(momentOf(result), LEAD);
  });

  test('is that of the user, with a warning if it is before the index and a file is new', () => {
    const given = ['publish', ...FOLDER, '--timestamp', '20260301000000'];
    const result = resultOf(runCli(given, { cwd: makeSite(ago(HOUR)) }));
    expect(result).toMatchObject({
      timestamp: '20260301000000',
      problems: [{ severity: 'warning', code: 'timestamp-before-site' }],
    });
    const changed = makeSite(ago(HOUR), { 'app/macros/Old.ijm': 'changed' });
    expect(resultOf(runCli(given, { cwd: changed }))).toMatchObject({ problems: [] });
  });

  test('is not taken from SOURCE_DATE_EPOCH, which dates builds', () => {
    const env = { SOURCE_DATE_EPOCH: '1767323045' };
    expectNow(momentOf(resultOf(runCli(['publish', ...FOLDER], { cwd: makeSite(ago(2 * DAY)), env }))));
    for (const command of ['publish', 'preview'])
      expect(runCli([command, '--help'], { cwd: makeFolder() }).stdout).not.toContain('SOURCE_DATE_EPOCH');
  });
});

test('a timestamp in the future is explained on the terminal, in Markdown and in the report', () => {
  const written = ago(HOUR);
  const cwd = makeSite(written);
  const stamp = new Date(written.getTime() + LEAD).toISOString().replace('T', ' ').replace('.000Z', ' UTC');
  const sentence = `The timestamp of this publication is ${stamp}, 13 hours ahead, so that ImageJ offers its new files to users in every time zone.`;
  const preview = (...more: string[]) =>
    runCli(['preview', '--app-dir', 'app', '--site-dir', 'site', ...more], { cwd }).stdout;
  expect(preview()).toContain(sentence);
  expect(readable(preview('--markdown'))).toContain(sentence);
  expect((JSON.parse(preview('--json')) as Result).report?.notices).toEqual([sentence]);
  expect(
    runCli(['publish', '--app-dir', 'app', '--site-dir', 'site'], { cwd: makeSite(ago(2 * DAY)) }).stdout,
  ).not.toContain('ahead');
});

describe('the timestamp of a publication to a branch', () => {
  function publish(cwd: string, repository: string, ...more: string[]): Result {
    const args = ['publish', '--app-dir', 'app', '--remote', repository, '--json', ...more];
    return resultOf(runCli(args, { cwd }));
  }
  const dateOfTip = (repository: string) =>
    Number(git(repository, 'log', '-1', '--format=%ct', 'gh-pages').trim()) * SECOND;

  test('allows ten minutes for the deployment of the newest commit, and commits are dated by the clock', () => {
    const repository = makeBareRepository();
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    expectNow(momentOf(publish(cwd, repository)));
    const first = dateOfTip(repository);
    expectNow(first);
    writeFiles(cwd, { 'app/macros/B.ijm': 'b' });
    const second = momentOf(publish(cwd, repository));
    expect(second).toBe(first + 10 * MINUTE + LEAD);
    const date = dateOfTip(repository);
    expectNow(date);
    // The timestamps of one publication do not push those of the next one ahead.
    writeFiles(cwd, { 'app/macros/C.ijm': 'c' });
    const third = momentOf(publish(cwd, repository));
    expect(third).toBe(date + 10 * MINUTE + LEAD);
    // A file with a timestamp in the future gets one that is a second later, but not that of another publication.
    const next = second + SECOND;
    writeFiles(cwd, { 'app/macros/B.ijm': 'changed' });
    expect(momentOf(publish(cwd, repository))).toBe(third === next ? next + SECOND : next);
  });

  test('does not date the commit, even if the user gave it', () => {
    const repository = makeBareRepository();
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    expect(publish(cwd, repository, '--timestamp', '20260102030405').timestamp).toBe('20260102030405');
    expectNow(dateOfTip(repository));
  });

  test('is never one that a reverted publication has had', () => {
    const repository = makeBareRepository();
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/Old.ijm': 'old' });
    publish(cwd, repository);
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    const added = momentOf(publish(cwd, repository));
    writeFiles(cwd, { 'app/macros/A.ijm': 'broken' });
    const lost = publish(cwd, repository);
    expect(momentOf(lost)).toBe(added + SECOND);

    const clone = path.join(makeFolder(), 'clone');
    git('.', 'clone', '--quiet', '--branch', 'gh-pages', repository, clone);
    git(clone, '-c', 'user.name=Jo', '-c', 'user.email=jo@lab.org', 'revert', '--no-edit', 'HEAD');
    git(clone, 'push', '--quiet', 'origin', 'gh-pages');
    const first = git(repository, 'rev-list', '--max-parents=0', 'gh-pages').trim();
    const back = ['rollback', '--to', first, '--remote', repository, '--dry-run', '--json'];
    expect(momentOf(resultOf(runCli(back, { cwd })))).toBe(added + 2 * SECOND);
    writeFiles(cwd, { 'app/macros/A.ijm': 'fixed' });
    const fixed = publish(cwd, repository);
    expect(momentOf(fixed)).toBe(added + 2 * SECOND);
    const stored = (name: Result, commit: string) =>
      git(repository, 'show', `${commit}:macros/A.ijm-${name.timestamp}`);
    expect([stored(lost, 'gh-pages~2'), stored(fixed, 'gh-pages')]).toEqual(['broken', 'fixed']);
  });
});

describe('the date of the deployed index', () => {
  type Answer = (request: IncomingMessage, response: ServerResponse) => void;

  async function publishBeside(answer: Answer, site = 'site/') {
    const requests: IncomingMessage[] = [];
    const server = await serveWeb((request, response) => {
      requests.push(request);
      answer(request, response);
    });
    try {
      const written = ago(10 * HOUR);
      const args = ['publish', ...FOLDER, '--site-url', `${server.url}/${site}`, '--verbose'];
      const env = { UPDATE_SITE_TOKEN: 'secret', GITHUB_TOKEN: 'secret' };
      const start = Date.now();
      const ran = await startCli(args, { cwd: makeSite(written), env });
      return { ran, requests, written: written.getTime(), took: Date.now() - start };
    } finally {
      await server.close();
    }
  }

  test('counts if it is later, and is requested once without a login', async () => {
    const deployed = ago(HOUR);
    const { ran, requests } = await publishBeside((_, response) => {
      response.writeHead(200, { 'last-modified': deployed.toUTCString() }).end();
    });
    expect(momentOf(resultOf(ran))).toBe(deployed.getTime() + LEAD);
    expect(requests.map(({ method, url }) => `${method ?? ''} ${url ?? ''}`)).toEqual([
      'HEAD /site/db.xml.gz',
    ]);
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test('is requested from the new address of a site that has moved', async () => {
    const deployed = ago(HOUR);
    const { ran } = await publishBeside(({ url }, response) => {
      if (url?.startsWith('/moved/')) response.writeHead(200, { 'last-modified': deployed.toUTCString() });
      else response.writeHead(301, { location: '/moved/db.xml.gz' });
      response.end();
    });
    expect(momentOf(resultOf(ran))).toBe(deployed.getTime() + LEAD);
  });

  test.each<[string, Answer]>([
    [
      'it is missing',
      (_, response) => response.writeHead(404, { 'last-modified': ago(HOUR).toUTCString() }).end(),
    ],
    ['it is not a date', (_, response) => response.writeHead(200, { 'last-modified': 'yesterday 5' }).end()],
    ['the server does not respond', () => undefined],
    [
      'the server redirects in a circle',
      ({ url }, response) => response.writeHead(302, { location: url }).end(),
    ],
    ['the server closes the connection', (request) => request.socket.destroy()],
    [
      'it is in the past',
      (_, response) => response.writeHead(200, { 'last-modified': ago(DAY).toUTCString() }).end(),
    ],
  ])('does not matter if %s', async (_name, answer) => {
    const { ran, written, took } = await publishBeside(answer);
    expect(ran.code).toBe(0);
    expect(resultOf(ran)).toMatchObject({ problems: [] });
    expect(momentOf(resultOf(ran))).toBe(written + LEAD);
    expect(took).toBeLessThan(30 * SECOND);
  });

  test('is not requested if clients do not compare timestamps with it', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'b/a.zip': pluginZip() });
    let asked = 0;
    const server = await serveWeb((_, response) => {
      asked++;
      response.writeHead(200, { 'last-modified': ago(HOUR).toUTCString() }).end();
    });
    const args = ['publish', '--format', 'jetbrains', '--files', 'b/*.zip', '--site-dir', 'site', '--json'];
    const ran = await startCli([...args, '--site-url', `${server.url}/`], { cwd });
    await server.close();
    expectNow(momentOf(resultOf(ran)));
    expect(asked).toBe(0);
  });

  test('does not delay a run that has already failed', async () => {
    let lasted = 0;
    const server = await serveWeb(({ socket }) => {
      const start = Date.now();
      socket.on('close', () => (lasted = Date.now() - start));
    });
    const args = ['publish', '--app-dir', 'nowhere', '--site-dir', 'site', '--site-url', `${server.url}/`];
    const ran = await startCli(args, { cwd: makeFolder() });
    expect(ran.code).toBe(1);
    await server.close();
    expect(lasted).toBeLessThan(4 * SECOND);
  });
});
