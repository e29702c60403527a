import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { runCli, type Ran } from '../support/program.js';
import { makeZip } from '../support/zip.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const VERSION = '<version checksum="aa" timestamp="1" filesize="1"/>';

function expectOneMessage(ran: Ran, code: number, message: RegExp): void {
  expect(ran.stderr).toMatch(message);
  expect(ran.code).toBe(code);
  expect(ran.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
}

describe('an index that cannot be read is reported and not changed', () => {
  const truncated = gzipSync(`${HEAD}<pluginRecords/>`).subarray(0, 30);
  const wrongSum = Buffer.from(gzipSync(`${HEAD}<pluginRecords/>`));
  wrongSum.writeUInt32LE(0, wrongSum.length - 8);
  const bomb = '<!DOCTYPE pluginRecords [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
  const external = '<!DOCTYPE pluginRecords [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  test.each<[string, Buffer, RegExp]>([
    ['no gzip', Buffer.from('hello'), /is not a gzip file/],
    ['empty', Buffer.alloc(0), /the file is empty/],
    ['cut short', truncated, /cut short/],
    ['of a wrong check sum', wrongSum, /damaged/],
    ['empty inside', gzipSync(''), /holds no element|well-formed/],
    [
      'not well-formed',
      gzipSync(`${HEAD}<pluginRecords><plugin filename="a"></pluginRecords>`),
      /not well-formed XML \(line 1/,
    ],
    ['of two roots', gzipSync(`${HEAD}<pluginRecords/><pluginRecords/>`), /outside of the root element/],
    ['of another root', gzipSync(`${HEAD}<plugins/>`), /root element is <plugins>/],
    ['HTML', Buffer.from('<!DOCTYPE html><html></html>'), /but an HTML page/],
    ['HTML inside', gzipSync('<!DOCTYPE html><html><body><br></body></html>'), /well-formed|root element/],
    [
      'with an entity bomb',
      gzipSync(`${HEAD}${bomb}<pluginRecords>&b;</pluginRecords>`),
      /the entity &[ab]; that it declares itself, but entities are not expanded|declares entities/,
    ],
    [
      'with an external entity',
      gzipSync(`${HEAD}${external}<pluginRecords>&a;</pluginRecords>`),
      /the entity &[ab]; that it declares itself, but entities are not expanded|declares entities/,
    ],
    [
      'with an unknown reference',
      gzipSync(`${HEAD}<pluginRecords><plugin filename="&nope;">${VERSION}</plugin></pluginRecords>`),
      /the entity &nope; is not declared/,
    ],
    [
      'with a record without a name',
      gzipSync(`${HEAD}<pluginRecords><plugin>${VERSION}</plugin></pluginRecords>`),
      /record 1 has no file name/,
    ],
    [
      'with a date that is none',
      gzipSync(
        `${HEAD}<pluginRecords><plugin filename="a"><version checksum="a" timestamp="x"/></plugin></pluginRecords>`,
      ),
      /"x", which is not a number/,
    ],
    [
      'a gzip bomb',
      gzipSync(Buffer.alloc(300 * 1024 * 1024)),
      /unpacks to more than the limit of 268435456 bytes/,
    ],
    [
      'nested too deep',
      gzipSync(`${HEAD}<pluginRecords>${'<a>'.repeat(250)}${'</a>'.repeat(250)}</pluginRecords>`),
      /nested more than 200 deep/,
    ],
  ])('%s', (_name, bytes, message) => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/A.ijm': 'a', 'site/db.xml.gz': bytes });
    expectOneMessage(runCli(['publish', '--app-dir', 'app', '--site-dir', 'site'], { cwd }), 1, message);
    expect(readFileSync(path.join(cwd, 'site/db.xml.gz')).equals(bytes)).toBe(true);
    expect(existsSync(path.join(cwd, 'site/macros'))).toBe(false);
  });
});

describe('artifacts that cannot be published', () => {
  const publish = (cwd: string, ...args: string[]) =>
    runCli(['publish', '--site-dir', 'site', ...args], { cwd });

  test('one run reports all broken jars, by file and entry', () => {
    const cwd = makeFolder();
    const good = makeZip([{ name: 'a/B.class', content: 'x'.repeat(2000) }]);
    const spoiled = Buffer.from(good);
    // A deflated block of an unknown type.
    spoiled[30 + 'a/B.class'.length] = 0x07;
    writeFiles(cwd, {
      'app/jars/cut.jar': good.subarray(0, good.length - 30),
      'app/jars/none.jar': 'hello',
      'app/jars/empty.jar': '',
      'app/jars/spoiled.jar': spoiled,
    });
    const ran = publish(cwd, '--app-dir', 'app');
    expectOneMessage(ran, 1, /jars\/cut\.jar cannot be read/);
    for (const text of [
      'none.jar cannot be read',
      'empty.jar cannot be read: the file is empty',
      'spoiled.jar',
      '"a/B.class"',
    ]) {
      expect(ran.stderr).toContain(text);
    }
    expect(ran.stderr.match(/^error:/gm)).toHaveLength(4);
    expect(existsSync(path.join(cwd, 'site/db.xml.gz'))).toBe(false);
  });

  test.each([
    ['..', '../x.ijm', 2],
    ['absolute', '/x.ijm', 2],
    ['a backslash', 'macros\\x.ijm', 2],
    ['a control character', 'macros/x\u0007.ijm', 2],
    ['an empty part', 'macros//x.ijm', 2],
    ['a dot part', 'macros/./x.ijm', 2],
    ['a drive', 'C:/x.ijm', 2],
    ['hidden', 'macros/.x.ijm', 1],
    ['the index', 'db.xml.gz', 1],
    ['beside the index', 'db.xml.gz.lock', 1],
    ['the page', 'index.html', 1],
    ['.nojekyll', '.nojekyll', 1],
  ])('destination: %s', (_name, destination, code) => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'x.ijm': 'x' });
    const ran = publish(cwd, '--files', `x.ijm => ${destination}`);
    expectOneMessage(ran, code, /^error: /m);
    expect(existsSync(path.join(cwd, 'site'))).toBe(false);
  });

  test('reports that nothing matches', () => {
    const cwd = makeFolder();
    expectOneMessage(publish(cwd), 1, /No file matches "target\/\*\.jar"[\s\S]*Run the build/);
    expectOneMessage(
      publish(cwd, '--files', 'a/*.x => jars/', '--files', 'b/*.x => jars/'),
      1,
      /"a\/\*\.x"[\s\S]*"b\/\*\.x"/,
    );
  });

  test('reports a missing or empty application folder', () => {
    const cwd = makeFolder();
    expectOneMessage(publish(cwd, '--app-dir', 'Fiji.app'), 1, /Fiji\.app cannot be read: it does not exist/);
    mkdirSync(path.join(cwd, 'Fiji.app/plugins'), { recursive: true });
    expectOneMessage(publish(cwd, '--app-dir', 'Fiji.app'), 1, /does not contain files that belong/);
  });

  test('reports several files for one path, and two versions of one component', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'a.ijm': 'a', 'b.ijm': 'b', 'c-1.0.jar': makeZip([]), 'c-1.1.jar': makeZip([]) });
    expectOneMessage(
      publish(cwd, '--files', '*.ijm => macros/x.ijm'),
      1,
      /matches 2 files, which cannot all be macros\/x\.ijm/,
    );
    expectOneMessage(publish(cwd, '--files', '*.jar => jars/'), 1, /versions of the same file, jars\/c\.jar/);
  });

  test('leaves by-products of a build out, and warns if a pattern matches them', () => {
    const cwd = makeFolder();
    writeFiles(cwd, {
      'target/t-1.0.jar': makeZip([]),
      'target/t-1.0-sources.jar': makeZip([{ name: 'a', content: '' }]),
    });
    const paths = (ran: Ran) =>
      (JSON.parse(ran.stdout) as { changes: { path: string }[] }).changes.map(({ path: to }) => to);
    const found = runCli(['preview', '--site-dir', 'site', '--json'], { cwd });
    expect(paths(found)).toEqual(['jars/t-1.0.jar']);
    expect(found.stderr).toMatch(/Left out target.t-1\.0-sources\.jar/);
    const caught = runCli(['preview', '--site-dir', 'site', '--json', '--files', 'target/*.jar => jars/'], {
      cwd,
    });
    expect(paths(caught)).toEqual(['jars/t-1.0-sources.jar', 'jars/t-1.0.jar']);
    expect(JSON.parse(caught.stdout)).toMatchObject({
      problems: [{ severity: 'warning', code: 'by-product' }],
    });
    const meant = runCli(
      ['preview', '--site-dir', 'site', '--json', '--files', 'target/*-sources.jar => jars/'],
      { cwd },
    );
    expect(JSON.parse(meant.stdout)).toMatchObject({
      changes: [{ path: 'jars/t-1.0-sources.jar' }],
      problems: [],
    });
  });

  test('suggests a near match for a file to remove that does not exist', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/Tool.ijm': 'a' });
    publish(cwd, '--app-dir', 'app');
    expectOneMessage(publish(cwd, '--remove', 'macros/Tol.ijm'), 1, /Did you mean "macros\/Tool\.ijm"\?/);
  });

  posixTest('refuses a link that leads out of the application folder', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'app/macros/A.ijm': 'a', secret: 'secret' });
    symlinkSync(path.join(cwd, 'secret'), path.join(cwd, 'app/macros/B.ijm'));
    expectOneMessage(publish(cwd, '--app-dir', 'app'), 1, /leads out of the application folder/);
  });
});

describe('a command line with a mistake', () => {
  test.each<[string, string[], RegExp]>([
    ['no command', [], /Usage: update-site/],
    ['an unknown command', ['publsh'], /Did you mean "publish"\?/],
    [
      'an unknown option',
      ['publish', '--remote', 'y', '--branhc', 'x'],
      /^error: The option --branhc is unknown\.\n {2}Did you mean "--branch"\?\n$/,
    ],
    ['an unknown format', ['publish', '--site-dir', 'x', '--format', 'imagejj'], /Did you mean "imagej"\?/],
    ['no site', ['publish'], /^error: No site was given\.$/m],
    [
      'a bad timestamp',
      ['publish', '--site-dir', 'x', '--timestamp', '2026'],
      /--timestamp: "2026" is not a date of the form YYYYMMDDhhmmss/,
    ],
    [
      'a date that does not exist',
      ['publish', '--site-dir', 'x', '--timestamp', '20260230000000'],
      /is not a date of the form/,
    ],
    [
      'a value left out, which is the only fault',
      ['publish', '--site-dir'],
      /^error: --site-dir needs a value\.\n {2}Write --site-dir DIR\.\n$/,
    ],
    [
      'a file without its option',
      ['publish', 'a.ijm', '--site-dir', 'x'],
      /The argument "a\.ijm" is unexpected\.\n.*write --files 'a\.ijm'/,
    ],
    [
      'a value of a flag',
      ['publish', '--json=x', '--site-dir', 'x'],
      /--json: "x" is neither true nor false/,
    ],
    ['an upstream site', ['publish', '--site-dir', 'x', '--upstream', 'fiji-lastest'], /is not a site/],
    [
      'two places',
      ['publish', '--site-dir', 'x', '--remote', 'y'],
      /cannot be used together with --site-dir/,
    ],
    ['a branch that is none', ['publish', '--remote', 'x', '--branch', 'a..b'], /is not a valid branch name/],
    [
      'an address that runs commands',
      ['publish', '--remote', 'ext::sh -c true'],
      /is not the address of a repository/,
    ],
    ['checksum of nothing', ['checksum'], /No file was given/],
    ['checksum without a path', ['checksum', 'x.ijm'], /Add --as SITE_PATH/],
  ])('%s', (_name, args, message) => {
    expectOneMessage(runCli(args, { cwd: makeFolder() }), 2, message);
  });

  test('reports all faults together', () => {
    const args = [
      'publish',
      '--timestamp',
      'x',
      '--nope',
      '--format',
      'y',
      '--files',
      '=> z',
      '--timeout',
      '-1',
      'stray',
    ];
    const ran = runCli(args, { cwd: makeFolder() });
    expect(ran.code).toBe(2);
    for (const part of ['--timestamp', '--nope', '--format', '--files', 'No site', '--timeout', '"stray"']) {
      expect(ran.stderr).toContain(part);
    }
  });

  test('reports faults in the result with --json', () => {
    const ran = runCli(['publish', '--json'], { cwd: makeFolder() });
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      changed: false,
      problems: [{ severity: 'error', code: 'usage' }],
    });
  });
});

describe('checksum', () => {
  test('prints checksum and path', () => {
    const cwd = makeFolder();
    writeFileSync(path.join(cwd, 'hello.ijm'), 'print("hi");\n');
    const ran = runCli(['checksum', 'hello.ijm', '--as', 'macros/hello.ijm'], { cwd });
    expect(ran).toMatchObject({ code: 0, stdout: '5e02f13b0867084e0153ea9d5093d1975e4e0054  hello.ijm\n' });
  });
});
