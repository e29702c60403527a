import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { makeFolder, writeFiles } from '../support/folders.js';
import { makeBareRepository } from '../support/git.js';
import { makeJar, pomEntry } from '../support/maven.js';
import { runCli, startCli } from '../support/program.js';
import { serveFolder, type Intercept } from '../support/site-server.js';

interface Result {
  format: string;
  site: string;
  checks: { name: string; status: string; reason: string | null; files: string[]; details: unknown[] }[];
}

const cwd = makeFolder();
const good = path.join(cwd, 'good');
const UPSTREAM = ['--upstream', 'fiji-stable=upstream.xml'];
const OLD = '20260101000000';
const NEW = '20260201000000';

/** A jar with its own POM and a class for a Java version. */
function jar(artifact: string, text: string, { group = 'org.lab', java = 8, pom = '' } = {}): Buffer {
  const folder = `META-INF/maven/${group}/${artifact}`;
  const own = pom === '' ? pomEntry({ id: `${group}:${artifact}:1` }) : { [`${folder}/pom.xml`]: pom };
  return makeJar([{ name: `org/lab/${artifact}`, majorVersion: java + 44 }], { ...own, 'text.txt': text });
}

/** A record of an index, for an upstream site. */
function record(filename: string, checksum = 'a'.repeat(40)): string {
  return `<plugin filename="${filename}"><version checksum="${checksum}" timestamp="${OLD}" filesize="5"/></plugin>`;
}

beforeAll(() => {
  writeFiles(cwd, {
    'upstream.xml': `<pluginRecords>${record('jars/ij-1.54.jar')}</pluginRecords>`,
    'build/Tool.jar': jar('Tool', 'first'),
    'build/lib.jar': jar('lib', 'library'),
    'build/macro.ijm': 'print(1);',
  });
  publish(OLD);
  writeFiles(cwd, { 'build/Tool.jar': jar('Tool', 'second') });
  publish(NEW);
});

/** Publishes the build, with metadata that makes the tool depend on the library and on ImageJ. */
function publish(timestamp: string, site = 'good'): void {
  writeFiles(cwd, {
    'update-site.yml':
      'files:\n  plugins/Tool.jar:\n    dependencies:\n      add: [jars/lib.jar, jars/ij.jar]\n',
  });
  const files = ['build/Tool.jar => plugins/', 'build/lib.jar => jars/', 'build/macro.ijm => macros/'];
  const ran = runCli(
    [
      ...['publish', '--site-dir', site, '--timestamp', timestamp, '--dependencies', 'none', ...UPSTREAM],
      ...['--config', 'update-site.yml', ...files.flatMap((line) => ['--files', line])],
    ],
    { cwd },
  );
  expect(ran).toMatchObject({ code: 0 });
}

/** Makes a copy of the site that a test may break. */
function copyOfSite(): string {
  const copy = path.join(makeFolder(), 'site');
  cpSync(good, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

function verify(place: string, ...args: string[]) {
  const ran = runCli(['verify', place, '--json', ...UPSTREAM, ...args], { cwd });
  return { ...ran, result: JSON.parse(ran.stdout) as Result };
}

async function verifyServed(folder: string, intercept?: Intercept, ...args: string[]) {
  const server = await serveFolder(folder, intercept);
  try {
    const ran = await startCli(['verify', `${server.url}/`, '--json', ...UPSTREAM, ...args], { cwd });
    const { requests, peak } = server;
    return { ...ran, requests, peak: peak(), result: JSON.parse(ran.stdout) as Result };
  } finally {
    await server.close();
  }
}

function failing({ checks }: Result, status = 'failed'): string[] {
  return checks.filter((check) => check.status === status).map(({ name }) => name);
}

function detailsOf({ checks }: Result, name: string): unknown[] | undefined {
  return checks.find((check) => check.name === name)?.details;
}

function editIndex(site: string, edit: (text: string) => string): void {
  const file = path.join(site, 'db.xml.gz');
  const before = gunzipSync(readFileSync(file)).toString();
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(file, gzipSync(after));
}

test('every check of a good site passes, or is skipped for a reason', () => {
  const { code, result, stderr } = verify(good);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(result).toMatchObject({ format: 'imagej', site: `folder ${good}` });
  expect(failing(result)).toEqual([]);
  expect(failing(result, 'warning')).toEqual([]);
  expect(failing(result, 'skipped')).toEqual([
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
    expect(failing(JSON.parse(ran.stdout) as Result)).toEqual([]);
    expect(ran.code).toBe(0);
  }
  const served = await verifyServed(good, undefined, '--history');
  expect(failing(served.result)).toEqual([]);
  expect(failing(served.result, 'skipped')).toEqual(['orphans', 'https']);
  expect(served).toMatchObject({ code: 0, stderr: '' });
});

test('each payload is requested once, at most four at the same time', async () => {
  const { requests, peak } = await verifyServed(good, undefined, '--history');
  const payloads = requests.filter((request) => /-\d{14}$/.test(request) && !request.includes('not-exist'));
  expect(payloads.sort()).toEqual([
    `GET /jars/lib.jar-${OLD}`,
    `GET /macros/macro.ijm-${OLD}`,
    `GET /plugins/Tool.jar-${OLD}`,
    `GET /plugins/Tool.jar-${NEW}`,
  ]);
  expect(peak).toBeLessThanOrEqual(4);
});

type Breakage = readonly [check: string, how: (site: string) => void, file: string];

const TOOL = `plugins/Tool.jar-${NEW}`;
const breakages: readonly Breakage[] = [
  [
    'payloads-present',
    (site) => {
      rmSync(path.join(site, TOOL));
    },
    TOOL,
  ],
  [
    'payload-sizes',
    (site) => {
      writeFileSync(
        path.join(site, TOOL),
        Buffer.concat([readFileSync(path.join(site, TOOL)), Buffer.alloc(3)]),
      );
    },
    TOOL,
  ],
  [
    'payload-checksums',
    (site) => {
      writeFileSync(path.join(site, `macros/macro.ijm-${OLD}`), 'print(2);');
    },
    `macros/macro.ijm-${OLD}`,
  ],
  [
    'orphans',
    (site) => {
      writeFiles(site, { [`plugins/Lost.jar-${OLD}`]: 'lost' });
    },
    `plugins/Lost.jar-${OLD}`,
  ],
  [
    'names',
    (site) => {
      editIndex(site, (text) => text.replaceAll('"macros/macro.ijm"', '"macros/macro#1.ijm"'));
      const content = 'print(3);';
      writeFiles(site, { [`macros/macro#1.ijm-${OLD}`]: content });
      rmSync(path.join(site, `macros/macro.ijm-${OLD}`));
      const file = path.join(cwd, 'macro#1.ijm');
      writeFileSync(file, content);
      const sum = runCli(['checksum', file, '--as', 'macros/macro#1.ijm'], { cwd }).stdout.slice(0, 40);
      editIndex(site, (text) => text.replace(/(macro#1\.ijm"[^>]*>\s*<version checksum=")[^"]*/, `$1${sum}`));
    },
    'macros/macro#1.ijm',
  ],
  [
    'timestamps',
    (site) => {
      editIndex(site, (text) =>
        text.replace(
          /(<previous-version timestamp=")\d+("[^>]*filename="plugins\/Tool\.jar")/,
          `$1${OLD}$2/>\n        <previous-version timestamp="${OLD}" timestamp-obsolete="${NEW}" checksum="${'b'.repeat(40)}" filename="plugins/Tool.jar"`,
        ),
      );
    },
    'plugins/Tool.jar',
  ],
  [
    'dependencies',
    (site) => {
      editIndex(site, (text) =>
        text.replace('<dependency filename="jars/ij', '<dependency filename="jars/gone'),
      );
    },
    'plugins/Tool.jar',
  ],
  [
    'circular-dependencies',
    (site) => {
      editIndex(site, (text) =>
        text.replace(
          /("jars\/lib\.jar"[^]*?<version [^>]*)\/>/,
          `$1>\n<dependency filename="plugins/Tool.jar" timestamp="${NEW}"/>\n</version>`,
        ),
      );
    },
    'jars/lib.jar',
  ],
  [
    'local-database',
    (site) => {
      editIndex(site, (text) =>
        text.replace(
          '</pluginRecords>',
          '<update-site name="Other" url="https://x/" timestamp="1"/></pluginRecords>',
        ),
      );
    },
    'db.xml.gz',
  ],
  [
    'index-for-clients',
    (site) => {
      editIndex(site, (text) =>
        text.replace('</pluginRecords>', '<extra><link>x</link></extra></pluginRecords>'),
      );
    },
    'db.xml.gz',
  ],
];

test.each(breakages)('a site with broken %s fails this check and no other', async (check, how, file) => {
  const site = copyOfSite();
  how(site);
  const local = verify(site, '--history');
  expect(failing(local.result)).toEqual([check]);
  expect(local.code).toBe(1);
  expect(local.result.checks.find(({ name }) => name === check)?.files).toEqual([file]);
  // At its address, the same check fails, or the server cannot show it.
  const served = await verifyServed(site, undefined, '--history');
  expect(failing(served.result)).toEqual(check === 'orphans' ? [] : [check]);
});

test.each([
  ['poms', { pom: '<project><unclosed></project>' }],
  ['java-version', { java: 17 }],
] as const)('a jar with broken %s fails this check and no other', (check, how) => {
  const site = copyOfSite();
  const content = jar('Tool', 'second', how);
  writeFileSync(path.join(site, TOOL), content);
  writeFileSync(path.join(cwd, 'Broken.jar'), content);
  const sum = runCli(['checksum', 'Broken.jar'], { cwd }).stdout.slice(0, 40);
  editIndex(site, (text) =>
    text.replace(
      new RegExp(`checksum="[^"]*" timestamp="${NEW}" filesize="\\d+"`),
      `checksum="${sum}" timestamp="${NEW}" filesize="${content.length}"`,
    ),
  );
  const { result } = verify(site);
  expect(failing(result)).toEqual([check]);
});

test('two artifacts in one record fail the check of coordinates and no other', () => {
  const site = copyOfSite();
  const content = jar('Tool', 'first', { group: 'com.other' });
  writeFileSync(path.join(site, `plugins/Tool.jar-${OLD}`), content);
  writeFileSync(path.join(cwd, 'Other.jar'), content);
  const sum = runCli(['checksum', 'Other.jar'], { cwd }).stdout.slice(0, 40);
  editIndex(site, (text) => text.replace(/(previous-version [^>]*checksum=")[^"]*/, `$1${sum}`));
  expect(failing(verify(site).result)).toEqual([]);
  const { result } = verify(site, '--history');
  expect(failing(result)).toEqual(['coordinates']);
  expect(detailsOf(result, 'coordinates')).toEqual([
    { path: 'plugins/Tool.jar', message: 'its versions are org.lab:Tool and com.other:Tool' },
  ]);
});

test('a file that replaces one of an upstream site fails this check and no other', () => {
  writeFiles(cwd, {
    'shadowed.xml': `<pluginRecords>${record('jars/ij-1.54.jar')}${record('jars/lib-2.0.jar')}</pluginRecords>`,
  });
  const ran = runCli(['verify', good, '--json', '--upstream', 'fiji-stable=shadowed.xml'], { cwd });
  const result = JSON.parse(ran.stdout) as Result;
  expect(failing(result)).toEqual(['shadowed-files']);
  expect(detailsOf(result, 'shadowed-files')).toEqual([
    { path: 'jars/lib.jar', message: 'it replaces jars/lib-2.0.jar of fiji-stable' },
  ]);
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

test('a timestamp far ahead of the clock is a warning', () => {
  const site = copyOfSite();
  editIndex(site, (text) => text.replaceAll(NEW, '20991231000000'));
  renameSync(path.join(site, TOOL), path.join(site, 'plugins/Tool.jar-20991231000000'));
  const { result, code } = verify(site);
  expect([code, failing(result), failing(result, 'warning')]).toEqual([0, [], ['future-timestamps']]);
});

test('an index that cannot be read fails this check, and all others are skipped', () => {
  const site = copyOfSite();
  writeFileSync(path.join(site, 'db.xml.gz'), '<html>Not found</html>');
  const { result, code } = verify(site);
  expect([code, failing(result)]).toEqual([1, ['index-readable']]);
  expect(new Set(result.checks.slice(1).map(({ status }) => status))).toEqual(new Set(['skipped']));
  const nothing = verify(path.join(cwd, 'no such folder')).result;
  expect(nothing.checks[0]).toMatchObject({
    name: 'index-readable',
    reason: `No site was found in folder ${path.join(cwd, 'no such folder')}: it has no db.xml.gz or updatePlugins.xml. Check the address or path. It must be that of the folder with the index.`,
  });
});

const INDEX = '/db.xml.gz';
const servers: readonly (readonly [check: string, intercept: Intercept])[] = [
  [
    'last-modified',
    (request, response) => {
      if (request.url !== INDEX) return false;
      response
        .writeHead(200)
        .end(request.method === 'HEAD' ? undefined : readFileSync(path.join(good, INDEX)));
      return true;
    },
  ],
  [
    'absent-files',
    (request, response) => {
      if (request.url?.includes('does-not-exist') !== true) return false;
      response.writeHead(200, { 'content-type': 'text/html' }).end();
      return true;
    },
  ],
  [
    'cache-headers',
    (request, response) => {
      if (request.url === INDEX) response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      return false;
    },
  ],
  [
    'redirects',
    (request, response) => {
      if (request.url !== `/${TOOL}`) return false;
      response.writeHead(308, { location: `/jars/../plugins/Tool.jar-${NEW}?moved` }).end();
      return true;
    },
  ],
];

test.each(servers)('a server with broken %s fails this check and no other', async (check, intercept) => {
  const { result, code } = await verifyServed(good, (request, response) => {
    if (request.url?.endsWith('?moved') === true) request.url = request.url.replace('?moved', '');
    else return intercept(request, response);
    return false;
  });
  expect([code, failing(result)]).toEqual([1, [check]]);
});

test('a server that asks for fewer requests gets them', async () => {
  let refusals = 0;
  const { result, code, stderr } = await verifyServed(good, (request, response) => {
    if (!request.url?.startsWith('/plugins/') || refusals >= 2) return false;
    refusals++;
    response.writeHead(429, { 'retry-after': '1' }).end();
    return true;
  });
  expect([code, failing(result)]).toEqual([0, []]);
  expect(stderr).toContain('The server asks for fewer requests (429): waiting 1 second.');
});

test('a sample reads only some files, and looks for the others', async () => {
  const { requests, result } = await verifyServed(good, undefined, '--sample', '1');
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
  expect(plain.stdout).toContain('1 of 17 checks failed (5 skipped): payloads-present.');
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
