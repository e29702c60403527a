import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { CHECK_NAMES, type CheckName } from '../../src/model/check-names.js';
import { FORMAT_NAMES, type FormatName } from '../../src/model/format-name.js';
import {
  copyOf,
  labJar,
  makeCheckedSite,
  NEW,
  OLD,
  TOOL,
  upstreamRecord,
  UPSTREAM,
  verifyServed,
  type Verified,
} from '../support/checked-site.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { git, makeBareRepository } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runCli, startCli } from '../support/program.js';
import type { Intercept } from '../support/site-server.js';

/** A fault of a site or its server, which one check finds. */
interface Breakage {
  readonly check: CheckName;
  /** The fault, as a clause. */
  readonly fault: string;
  /** What the check becomes. */
  readonly status?: 'warning';
  /** Changes a copy of the good site. */
  readonly breaks?: (site: string) => void;
  /** Responds instead of the good server. */
  readonly intercept?: Intercept;
  /** Further arguments. */
  readonly args?: readonly string[];
  /** The address of the site instead of that of the server. */
  readonly address?: string;
  /** The files that the check names. */
  readonly files: readonly string[];
}

const cwd = makeFolder();
const good: Record<FormatName, string> = { imagej: '', jetbrains: '' };
const ADDRESS = 'https://lab.github.io/p/';
/** Arguments of the checks: everything that can be checked is. */
const ARGUMENTS: Record<FormatName, readonly string[]> = {
  imagej: ['--history', ...UPSTREAM],
  jetbrains: ['--history'],
};

/** Faults of the address and the server, which do not depend on the format. */
const SERVED: readonly Breakage[] = [
  {
    check: 'https',
    fault: 'its address is not secure',
    address: 'http://lab.example.org/',
    files: ['http://lab.example.org/'],
  },
  {
    check: 'absent-files',
    fault: 'its server sends a page for every file',
    intercept(request, response) {
      if (request.url?.includes('does-not-exist') !== true) return false;
      response.writeHead(200, { 'content-type': 'text/html' }).end();
      return true;
    },
    files: ['plugins/this-file-does-not-exist.jar-20000101000000'],
  },
];

/** A server that lets caches keep the index for a year. */
function cachedForever(index: string): Breakage {
  return {
    check: 'cache-headers',
    fault: 'its server lets caches keep the index for a year',
    intercept(request, response) {
      if (request.url === `/${index}`)
        response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      return false;
    },
    files: [index],
  };
}

const MACRO = `macros/macro.ijm-${OLD}`;
const INDEX = 'db.xml.gz';

const IMAGEJ: readonly Breakage[] = [
  {
    check: 'index-for-clients',
    fault: 'older clients fail at an element of its index',
    breaks: indexWith('</pluginRecords>', '<extra><link>x</link></extra></pluginRecords>'),
    files: [INDEX],
  },
  {
    check: 'local-database',
    fault: 'its index is the database of a user',
    breaks: indexWith(
      '</pluginRecords>',
      '<update-site name="Other" url="https://x/" timestamp="1"/></pluginRecords>',
    ),
    files: [INDEX],
  },
  { check: 'payloads-present', fault: 'a file is missing', breaks: without(TOOL), files: [TOOL] },
  { check: 'payload-sizes', fault: 'a file is longer', breaks: longer(TOOL), files: [TOOL] },
  {
    check: 'payload-checksums',
    fault: 'a file has another content of the same size',
    breaks: (site) => {
      writeFileSync(path.join(site, MACRO), 'print(2);');
    },
    files: [MACRO],
  },
  {
    check: 'previous-payloads',
    fault: 'a previous version is missing',
    breaks: without(`plugins/Tool.jar-${OLD}`),
    files: [`plugins/Tool.jar-${OLD}`],
  },
  {
    check: 'orphans',
    fault: 'it stores a file that the index does not name',
    breaks: (site) => {
      writeFiles(site, { [`plugins/Lost.jar-${OLD}`]: 'lost' });
    },
    files: [`plugins/Lost.jar-${OLD}`],
  },
  {
    check: 'names',
    fault: 'the name of a file has another meaning in an address',
    breaks(site) {
      renameSync(path.join(site, MACRO), path.join(site, `macros/macro#1.ijm-${OLD}`));
      const sum = checksumOf('macro#1.ijm', 'print(1);', 'macros/macro#1.ijm');
      indexWith('"macros/macro.ijm"', '"macros/macro#1.ijm"')(site);
      indexWith(/(macro#1\.ijm"[^>]*>\s*<version checksum=")[^"]*/, `$1${sum}`)(site);
    },
    files: ['macros/macro#1.ijm'],
  },
  {
    check: 'timestamps',
    fault: 'two previous versions of a file have the same timestamp',
    breaks: indexWith(
      /(<previous-version timestamp="\d+"[^>]*filename="plugins\/Tool\.jar"\/>)/,
      `$1<previous-version timestamp="${OLD}" timestamp-obsolete="${NEW}" checksum="${'b'.repeat(40)}" filename="plugins/Tool.jar"/>`,
    ),
    files: ['plugins/Tool.jar'],
  },
  {
    check: 'future-timestamps',
    fault: 'a timestamp is years ahead',
    status: 'warning',
    breaks(site) {
      indexWith(new RegExp(`${NEW}(" filesize)`), '20991231000000$1')(site);
      renameSync(path.join(site, TOOL), path.join(site, 'plugins/Tool.jar-20991231000000'));
    },
    files: ['plugins/Tool.jar'],
  },
  {
    check: 'poms',
    fault: 'the POM of a jar cannot be read',
    breaks: withTool({ pom: '<project><unclosed></project>' }),
    files: ['plugins/Tool.jar'],
  },
  {
    check: 'dependencies',
    fault: 'no site serves a file that another one needs',
    breaks: indexWith('<dependency filename="jars/ij', '<dependency filename="jars/gone'),
    files: ['plugins/Tool.jar'],
  },
  {
    check: 'circular-dependencies',
    fault: 'two files need each other',
    breaks: indexWith(
      /("jars\/lib\.jar"[^]*?<version [^>]*)\/>/,
      `$1>\n<dependency filename="plugins/Tool.jar" timestamp="${NEW}"/>\n</version>`,
    ),
    files: ['jars/lib.jar'],
  },
  {
    check: 'shadowed-files',
    fault: 'an upstream site has a file of the same name',
    args: ['--upstream', 'shadowed=shadowed.xml'],
    files: ['jars/lib.jar'],
  },
  {
    check: 'java-version',
    fault: 'a jar needs a newer Java than users have',
    breaks: withTool({ java: 17 }),
    files: ['plugins/Tool.jar'],
  },
  {
    check: 'coordinates',
    fault: 'two artifacts share a record',
    breaks(site) {
      const jar = labJar('Tool', 'first', { group: 'com.other' });
      writeFileSync(path.join(site, `plugins/Tool.jar-${OLD}`), jar);
      indexWith(/(previous-version [^>]*checksum=")[^"]*/, `$1${checksumOf('Other.jar', jar)}`)(site);
    },
    files: ['plugins/Tool.jar'],
  },
  {
    check: 'redirects',
    fault: 'its server redirects where clients do not follow',
    intercept(request, response) {
      if (request.url === `/moved/${TOOL}`) request.url = `/${TOOL}`;
      else if (request.url === `/${TOOL}`) {
        response.writeHead(308, { location: `/moved/${TOOL}` }).end();
        return true;
      }
      return false;
    },
    files: [TOOL],
  },
  {
    check: 'last-modified',
    fault: 'its server does not send the date of the index',
    intercept(request, response) {
      if (request.url !== `/${INDEX}`) return false;
      const bytes = readFileSync(path.join(good.imagej, INDEX));
      response.writeHead(200).end(request.method === 'HEAD' ? undefined : bytes);
      return true;
    },
    files: [INDEX],
  },
  ...SERVED,
  cachedForever(INDEX),
];

const PLUGINS = 'updatePlugins.xml';
const archive = (version: string) => `plugins/org.lab.cells/${version}/cells.zip`;

const JETBRAINS: readonly Breakage[] = [
  {
    check: 'index-for-clients',
    fault: 'its index has a document type',
    breaks: edit(PLUGINS, (text) => text.replace('<plugins', '<!DOCTYPE plugins>\n<plugins')),
    files: [PLUGINS],
  },
  {
    check: 'index-for-clients',
    fault: 'the file of a branch was edited by hand',
    breaks: edit('updatePlugins-242.xml', (text) => text.replace('since-build="242"', 'since-build="242.1"')),
    files: ['updatePlugins-242.xml'],
  },
  {
    check: 'payloads-present',
    fault: 'an archive is missing',
    breaks: without(archive('2.0')),
    files: [archive('2.0')],
  },
  {
    check: 'payload-sizes',
    fault: 'an archive is longer',
    breaks: longer(archive('2.0')),
    files: [archive('2.0')],
  },
  {
    check: 'payload-checksums',
    fault: 'an archive has another content of the same size',
    breaks(site) {
      const file = path.join(site, archive('2.0'));
      const bytes = readFileSync(file);
      // The date of the first entry, which no other check looks at.
      bytes.writeUInt16LE(0x21, 12);
      writeFileSync(file, bytes);
    },
    files: [archive('2.0')],
  },
  {
    check: 'previous-payloads',
    fault: 'a superseded archive is missing',
    breaks: without(archive('1.0')),
    files: [archive('1.0')],
  },
  {
    check: 'orphans',
    fault: 'it stores an archive that the index does not name',
    breaks(site) {
      writeFiles(site, { [archive('3.0')]: pluginZip({ version: '3.0' }) });
    },
    files: [archive('3.0')],
  },
  {
    check: 'names',
    fault: 'an address is not secure',
    breaks: editIndexes((text) =>
      text.replace(`${ADDRESS}${archive('2.0')}`, (url) => url.replace('https:', 'http:')),
    ),
    files: [`${ADDRESS}${archive('2.0')}`.replace('https:', 'http:')],
  },
  {
    check: 'entries-agree',
    fault: 'an entry is for more IDEs than its archive',
    breaks: editIndexes((text) => text.replace('since-build="242"', 'since-build="231"')),
    files: [archive('2.0')],
  },
  ...SERVED,
  cachedForever(PLUGINS),
];

const BREAKAGES: Record<FormatName, readonly Breakage[]> = { imagej: IMAGEJ, jetbrains: JETBRAINS };

const NEEDS_BRANCH = 'only a branch keeps earlier states; it has a test of its own below';

/** The checks that cannot fail alone, or not at all, with the reasons. */
const EXCEPTIONS: Record<FormatName, Partial<Record<CheckName, string>>> = {
  imagej: {
    'lost-versions': NEEDS_BRANCH,
    'index-readable':
      'all other checks need the index, so that they are skipped; it has a test of its own below',
  },
  jetbrains: {
    'lost-versions': NEEDS_BRANCH,
    'index-readable':
      'all other checks need the index, so that they are skipped; it has a test of its own below',
    redirects:
      'IDEs follow all redirects that this program follows; it reports one to http as a file that cannot be fetched',
    'last-modified': 'IDEs do not look at the date of the index, so the check is always skipped',
  },
};

/** Returns the names of the checks with a fault, or a reason why they have none. */
function coveredIn(format: FormatName): string[] {
  return [
    ...new Set<string>(BREAKAGES[format].map(({ check }) => check)),
    ...Object.keys(EXCEPTIONS[format]),
  ];
}

/** Returns a change of a text file, which must not be without effect. */
function edit(
  file: string,
  how: (text: string) => string,
  read = (bytes: Buffer) => bytes,
  write: (bytes: Buffer) => Buffer = (bytes) => bytes,
): (site: string) => void {
  return (site) => {
    const before = read(readFileSync(path.join(site, file))).toString();
    const after = how(before);
    expect(after).not.toBe(before);
    writeFileSync(path.join(site, file), write(Buffer.from(after)));
  };
}

/** Returns a change of the index of a plugin repository and of the files of its branches, which must agree. */
function editIndexes(how: (text: string) => string): (site: string) => void {
  return (site) => {
    for (const file of readdirSync(site)) if (/^updatePlugins.*\.xml$/.test(file)) edit(file, how)(site);
  };
}

function indexWith(from: string | RegExp, to: string): (site: string) => void {
  return edit(INDEX, (text) => text.replace(from, to), gunzipSync, gzipSync);
}

function without(file: string): (site: string) => void {
  return (site) => {
    rmSync(path.join(site, file));
  };
}

function longer(file: string): (site: string) => void {
  return (site) => {
    writeFileSync(
      path.join(site, file),
      Buffer.concat([readFileSync(path.join(site, file)), Buffer.alloc(3)]),
    );
  };
}

/** Replaces the current version of the tool, also in the index. */
function withTool(how: Parameters<typeof labJar>[2]): (site: string) => void {
  return (site) => {
    const jar = labJar('Tool', 'second', how);
    writeFileSync(path.join(site, TOOL), jar);
    indexWith(
      new RegExp(`checksum="[^"]*" timestamp="${NEW}" filesize="\\d+"`),
      `checksum="${checksumOf('Broken.jar', jar)}" timestamp="${NEW}" filesize="${jar.length}"`,
    )(site);
  };
}

/** Returns the checksum of a file as ImageJ computes it. */
function checksumOf(name: string, content: string | Buffer, as = `jars/${name}`): string {
  writeFiles(cwd, { [name]: content });
  return runCli(['checksum', name, '--as', as], { cwd }).stdout.slice(0, 40);
}

/** Publishes a repository that passes all checks: one plugin in two versions, and another one. */
function makeRepository(): string {
  for (const version of ['1.0', '2.0']) {
    const other = pluginZip({ id: 'org.lab.other', name: 'Other Tools' });
    writeFiles(cwd, { 'plugins/cells.zip': pluginZip({ version }), 'plugins/other.zip': other });
    const site = ['--format', 'jetbrains', '--site-dir', 'repository', '--site-url', ADDRESS];
    expect(runCli(['publish', ...site, '--files', 'plugins/*.zip'], { cwd })).toMatchObject({ code: 0 });
  }
  return path.join(cwd, 'repository');
}

/** A further publication to each site, and the file in it. */
const MORE: Record<FormatName, { readonly more: readonly string[]; readonly file: string }> = {
  imagej: { more: ['--files', 'more.ijm => macros/', ...UPSTREAM], file: 'macros/more.ijm' },
  jetbrains: {
    more: ['--format', 'jetbrains', '--files', 'cells-3.0.zip'],
    file: 'plugins/org.lab.cells/3.0/cells-3.0.zip',
  },
};

/** Reverts the last publication in the clone of a branch, as `git revert` does, and pushes the result. */
function revert(clone: string): void {
  const author = ['-c', 'user.name=Jo', '-c', 'user.email=jo@example.org'];
  git(clone, ...author, 'revert', '--no-edit', 'HEAD');
  git(clone, 'push', '--quiet', 'origin', 'gh-pages');
}

async function verifyLocally(site: string, args: readonly string[]) {
  const ran = await startCli(['verify', site, '--json', ...args], { cwd });
  return { ...ran, result: JSON.parse(ran.stdout) as Verified };
}

function statusesOf({ checks }: Verified): Record<string, string> {
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}

function filesOf({ checks }: Verified, name: CheckName): readonly string[] | undefined {
  return checks.find((check) => check.name === name)?.files;
}

beforeAll(() => {
  good.imagej = makeCheckedSite(cwd);
  good.jetbrains = makeRepository();
  writeFiles(cwd, {
    'shadowed.xml': `<pluginRecords>${upstreamRecord('jars/lib-2.0.jar')}</pluginRecords>`,
  });
});

describe.each(FORMAT_NAMES)('a site of the format %s', (format) => {
  let usual: { local: Record<string, string>; served: Record<string, string> };
  const args = ARGUMENTS[format];

  beforeAll(async () => {
    const local = await verifyLocally(good[format], args);
    const served = await verifyServed(good[format], args, { cwd });
    expect([local.code, served.code]).toEqual([0, 0]);
    usual = { local: statusesOf(local.result), served: statusesOf(served.result) };
  });

  test('passes all checks that are not skipped, if it is good', () => {
    expect(new Set(Object.values(usual.local))).toEqual(new Set(['passed', 'skipped']));
    expect(new Set(Object.values(usual.served))).toEqual(new Set(['passed', 'skipped']));
  });

  test('has a fault for every check, or a reason why not', () => {
    expect(coveredIn(format).sort()).toEqual(Object.keys(usual.local).sort());
  });

  test.each(BREAKAGES[format])(
    'fails the check $check and no other if $fault',
    async ({ check, status = 'failed', breaks, intercept, args: more = [], address, files }) => {
      const site = copyOf(good[format]);
      breaks?.(site);
      const all = [...args, ...more];
      const served = await verifyServed(site, all, { cwd, intercept, address });
      // A web server does not list its files.
      const isHidden = check === 'orphans';
      expect(statusesOf(served.result)).toEqual({
        ...usual.served,
        ...(isHidden ? {} : { [check]: status }),
      });
      if (!isHidden)
        expect(
          filesOf(served.result, check)?.map((file) => file.replace(/^http:\/\/127[^/]*\//, '')),
        ).toEqual(files);
      if (intercept ?? address) return;
      const local = await verifyLocally(site, all);
      expect(statusesOf(local.result)).toEqual({ ...usual.local, [check]: status });
      expect(filesOf(local.result, check)).toEqual(files);
      expect(local.code).toBe(status === 'failed' ? 1 : 0);
    },
  );

  test('fails the check lost-versions and no other if a publication to a branch was reverted', async () => {
    const remote = makeBareRepository();
    const place = ['--remote', remote, '--site-url', ADDRESS];
    expect(runCli(['import', good[format], ...place, '--history'], { cwd })).toMatchObject({ code: 0 });
    writeFiles(cwd, { 'more.ijm': 'print(3);', 'cells-3.0.zip': pluginZip({ version: '3.0' }) });
    const { more, file } = MORE[format];
    expect(runCli(['publish', ...place, ...more], { cwd })).toMatchObject({ code: 0 });
    const branch = `git+file://${remote}#gh-pages`;
    const before = await verifyLocally(branch, args);
    expect(statusesOf(before.result)).toEqual({ ...usual.local, 'lost-versions': 'passed' });

    const clone = path.join(makeFolder(), 'clone');
    git(cwd, 'clone', '--quiet', '--branch', 'gh-pages', remote, clone);
    revert(clone);
    const commit = git(remote, 'rev-parse', '--short=12', 'gh-pages').trim();
    const after = await verifyLocally(branch, args);
    expect(statusesOf(after.result)).toEqual({ ...usual.local, 'lost-versions': 'failed' });
    expect(after.code).toBe(1);
    const details = after.result.checks.find(({ name }) => name === 'lost-versions')?.details;
    expect(details?.map(({ path: lost, message }) => [lost.replace(/-\d{14}$/, ''), message])).toEqual([
      [file, `the commit ${commit} has removed it from the index`],
    ]);
  });

  test('fails the check index-readable if the index cannot be read, and skips all others', async () => {
    const site = copyOf(good[format]);
    writeFileSync(path.join(site, format === 'imagej' ? INDEX : PLUGINS), '<html>Not found</html>');
    const { result, code } = await verifyLocally(site, args);
    const skipped = Object.keys(usual.local).map((name) => [name, 'skipped']);
    expect(statusesOf(result)).toEqual({ ...Object.fromEntries(skipped), 'index-readable': 'failed' });
    expect(code).toBe(1);
  });
});

test('every check belongs to a format', () => {
  expect([...new Set(FORMAT_NAMES.flatMap(coveredIn))].sort()).toEqual([...CHECK_NAMES].sort());
});
