import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  copyOf,
  makeCheckedSite,
  NEW,
  OLD,
  TOOL,
  UPSTREAM,
  verifyServed,
  type Verified,
} from '../support/checked-site.js';
import { makeFolder } from '../support/folders.js';
import { makeBareRepository } from '../support/git.js';
import { runCli } from '../support/program.js';
import type { Intercept } from '../support/site-server.js';

const cwd = makeFolder();
let good: string;

beforeAll(() => {
  good = makeCheckedSite(cwd);
});

const copyOfSite = () => copyOf(good);

function verify(place: string, ...args: string[]) {
  const ran = runCli(['verify', place, '--json', ...UPSTREAM, ...args], { cwd });
  return { ...ran, result: JSON.parse(ran.stdout) as Verified };
}

function verifyAtAddress(intercept?: Intercept, ...args: string[]) {
  return verifyServed(good, [...UPSTREAM, ...args], { cwd, intercept });
}

function failing({ checks }: Verified, status = 'failed'): string[] {
  return checks.filter((check) => check.status === status).map(({ name }) => name);
}

test('every check of a good site passes, or is skipped for a reason', () => {
  const { code, result, stderr } = verify(good);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(result).toMatchObject({ format: 'imagej', site: `folder ${good}` });
  expect(failing(result)).toEqual([]);
  expect(failing(result, 'warning')).toEqual([]);
  expect(failing(result, 'skipped')).toEqual([
    'lost-versions',
    'https',
    'redirects',
    'last-modified',
    'absent-files',
    'cache-headers',
  ]);
  expect(result.checks.every(({ status, reason }) => (status === 'skipped') === (reason !== null))).toBe(
    true,
  );
});

test('a good site on a branch and at its address passes too', async () => {
  const remote = makeBareRepository();
  const build = ['--files', 'build/Tool.jar => plugins/', '--files', 'build/lib.jar => jars/'];
  const common = ['--dependencies', 'none', ...UPSTREAM, '--timestamp', NEW];
  expect(runCli(['publish', '--remote', remote, ...build, ...common], { cwd })).toMatchObject({ code: 0 });
  for (const place of [[`git+file://${remote}#gh-pages`], ['--remote', remote]]) {
    const ran = runCli(['verify', ...place, '--json', ...UPSTREAM, '--history'], { cwd });
    expect(failing(JSON.parse(ran.stdout) as Verified)).toEqual([]);
    expect(ran.code).toBe(0);
  }
  const served = await verifyAtAddress(undefined, '--history');
  expect(failing(served.result)).toEqual([]);
  expect(failing(served.result, 'skipped')).toEqual(['lost-versions', 'orphans', 'https']);
  expect(served).toMatchObject({ code: 0, stderr: '' });
});

test('each payload is requested once, at most four at the same time', async () => {
  const { requests, peak } = await verifyAtAddress(undefined, '--history');
  const payloads = requests.filter((request) => /-\d{14}$/.test(request) && !request.includes('not-exist'));
  expect(payloads.sort()).toEqual([
    `GET /jars/lib.jar-${OLD}`,
    `GET /macros/macro.ijm-${OLD}`,
    `GET /plugins/Tool.jar-${OLD}`,
    `GET /plugins/Tool.jar-${NEW}`,
  ]);
  expect(peak).toBeLessThanOrEqual(4);
});

test('a missing previous version is a warning, and a failure with --history', () => {
  const site = copyOfSite();
  rmSync(path.join(site, `plugins/Tool.jar-${OLD}`));
  const usual = verify(site);
  expect(failing(usual.result, 'warning')).toEqual(['previous-payloads']);
  expect(usual.code).toBe(0);
  expect(verify(site, '--fail-on', 'warning').code).toBe(1);
  const strict = verify(site, '--history');
  expect(failing(strict.result)).toEqual(['previous-payloads']);
  expect(strict.code).toBe(1);
  expect(verify(site, '--history', '--fail-on', 'never').code).toBe(0);
  const without = verify(site, '--current-only').result;
  expect(without.checks.find(({ name }) => name === 'previous-payloads')?.status).toBe('skipped');
  expect(verify(site, '--history', '--skip', 'previous-payloads').code).toBe(0);
});

test('a folder without a site fails the check of the index, with the reason', () => {
  const { result, code } = verify(path.join(cwd, 'no such folder'));
  expect(code).toBe(1);
  expect(result.checks[0]).toMatchObject({
    name: 'index-readable',
    status: 'failed',
    reason: `No site was found in folder ${path.join(cwd, 'no such folder')}: it has no db.xml.gz or updatePlugins.xml. Check the address or path. It must be that of the folder with the index.`,
  });
});

test('a server that asks for fewer requests gets them', async () => {
  let refusals = 0;
  const { result, code, stderr } = await verifyAtAddress((request, response) => {
    if (!request.url?.startsWith('/plugins/') || refusals >= 2) return false;
    refusals++;
    response.writeHead(429, { 'retry-after': '1' }).end();
    return true;
  });
  expect([code, failing(result)]).toEqual([0, []]);
  expect(stderr).toContain('The server asks for fewer requests (429): waiting 1 second.');
});

test('a sample reads only some files, and looks for the others', async () => {
  const { requests, result } = await verifyAtAddress(undefined, '--sample', '1');
  const payloads = requests.filter((request) => /-\d{14}$/.test(request) && !request.includes('not-exist'));
  expect(payloads.filter((request) => request.startsWith('GET'))).toHaveLength(1);
  expect(payloads.filter((request) => request.startsWith('HEAD'))).toHaveLength(3);
  // What the files contain was not seen of all of them.
  const limited = result.checks.filter(({ reason }) => reason === 'Only 1 file of 3 was read.');
  expect(limited.map(({ name, status }) => [name, status])).toEqual(
    ['payload-checksums', 'poms', 'java-version', 'coordinates'].map((name) => [name, 'passed']),
  );
});

test('the reports for people name what failed', () => {
  const site = copyOfSite();
  rmSync(path.join(site, TOOL));
  const plain = runCli(['verify', site, ...UPSTREAM], { cwd });
  expect(plain.stdout).toContain(
    `failed   payloads-present       1 file that the index offers is not there.`,
  );
  expect(plain.stdout).toContain(`           ${TOOL}: it does not exist`);
  expect(plain.stdout).toContain('1 of 17 checks failed (6 skipped): payloads-present.');
  const markdown = runCli(['verify', site, ...UPSTREAM, '--markdown'], { cwd });
  expect(markdown.stdout).toContain('### ❌ Site check: 1 of 17 checks failed');
  expect(markdown.stdout).toContain(`- \`${TOOL}\`: it does not exist`);
});

test('wrong usage is explained, with all mistakes at once', () => {
  const { code, stderr } = runCli(
    ['verify', 'x', 'y', '--sample', '0', '--skip', 'name', '--history', '--current-only'],
    { cwd },
  );
  expect(code).toBe(2);
  expect(stderr).toContain('The argument "y" is unexpected.');
  expect(stderr).toContain('--sample: "0" is not a whole number from 1');
  expect(stderr).toContain('--skip: the check "name" is unknown.\n  Did you mean "names"');
  expect(stderr).toContain('--history: it cannot be used together with --current-only.');
  expect(runCli(['verify'], { cwd }).stderr).toContain('No site was given.');
  expect(runCli(['verify', 'ftp://host/'], { cwd }).stderr).toContain(
    'ftp://host/: places of this kind are unknown.',
  );
});

test('wrong usage of a command without an outcome is only a list of problems in JSON', () => {
  for (const args of [
    ['verify', 'x', '--bogus'],
    ['list', 'x', '--bogus'],
    ['history', 'x', '--bogus'],
  ]) {
    const { code, stdout } = runCli([...args, '--json'], { cwd });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      problems: [
        expect.objectContaining({
          severity: 'error',
          code: 'usage',
          message: 'The option --bogus is unknown.',
        }),
      ],
    });
  }
  const diff = runCli(['diff', 'x', '--json'], { cwd });
  expect(JSON.parse(diff.stdout)).toMatchObject({
    changed: false,
    changes: [],
    problems: [{ code: 'usage' }],
  });
});

test('no temporary files are left', () => {
  const temp = makeFolder();
  const remote = makeBareRepository();
  const common = ['--dependencies', 'none', ...UPSTREAM, '--timestamp', NEW];
  runCli(['publish', '--remote', remote, '--files', 'build/lib.jar => jars/', ...common], { cwd });
  expect(runCli(['verify', '--remote', remote, ...UPSTREAM], { cwd, env: { RUNNER_TEMP: temp } }).code).toBe(
    0,
  );
  // Only copies of upstream indexes may stay.
  expect(readdirSync(temp).filter((name) => name.startsWith('update-site-'))).toEqual([]);
});
