import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { applyPatch } from 'diff';
import { makeFolder, writeFiles } from '../support/folders.js';
import { indexOf, makeBareRepository, refsOf } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runCli, startCli } from '../support/program.js';
import { serveFolder } from '../support/site-server.js';
import { serveWeb } from '../support/web.js';

const record = (checksum: string, description: string) =>
  `<plugin filename="jars/a-1.jar"><version checksum="${checksum}" timestamp="20260101000000" filesize="5"><description>${description}</description></version></plugin>`;
const OLD = `<pluginRecords>${record('a', 'Old')}</pluginRecords>`;
const NEW = `<pluginRecords>${record('a', 'New')}<plugin filename="jars/b.jar"><version checksum="b" timestamp="20260102000000" filesize="7"/></plugin></pluginRecords>`;

describe('update-site diff', () => {
  test('shows the changes between two files, in each output format', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'old.xml': OLD, 'new.xml.gz': gzipSync(NEW) });
    const plain = runCli(['diff', 'old.xml', 'new.xml.gz'], { cwd });
    expect(plain.code).toBe(0);
    expect(plain.stdout).toBe(`Changed: 1 file added, 1 with new metadata; users download 7 bytes.
  add      jars/b.jar    7 bytes  it was not on the site before
  metadata jars/a-1.jar           metadata changed
           description: "Old" → "New"

`);
    expect(runCli(['diff', 'old.xml', 'new.xml.gz', '--diff'], { cwd }).stdout).toContain(
      '\n-            <description>Old</description>\n+            <description>New</description>\n',
    );
    expect(runCli(['diff', 'old.xml', 'new.xml.gz', '--markdown'], { cwd }).stdout).toContain(
      '| 🆕 | jars/**b.jar** | 2026-01-02 | 7 bytes |',
    );
    expect(JSON.parse(runCli(['diff', 'old.xml', 'new.xml.gz', '--json'], { cwd }).stdout)).toMatchObject({
      changed: true,
      changes: [
        { kind: 'metadata', path: 'jars/a-1.jar' },
        { kind: 'add', path: 'jars/b.jar', checksum: 'b', size: 7 },
      ],
    });
    expect(runCli(['diff', 'old.xml', 'old.xml'], { cwd }).stdout).toBe('Nothing has changed.\n');
  });

  test('reads sites on the web', async () => {
    const server = await serveWeb((request, response) =>
      request.url === '/site/db.xml.gz' ? response.end(gzipSync(NEW)) : response.writeHead(404).end(),
    );
    const cwd = makeFolder();
    writeFiles(cwd, { 'old.xml': OLD });
    const ran = await startCli(['diff', 'old.xml', `${server.url}/site/`], { cwd });
    const gone = await startCli(['diff', `${server.url}/nowhere`, 'none.xml'], { cwd });
    await server.close();
    expect(ran.stdout).toContain('Changed: 1 file added');
    expect(gone.code).toBe(1);
    expect(gone.stderr).toMatch(
      /No site was found in http:.*\/nowhere\/: it has no db\.xml\.gz or updatePlugins\.xml/,
    );
    expect(gone.stderr).toMatch(
      /The index of the later state \(none\.xml\) cannot be read: it does not exist/,
    );
    expect(gone.stderr.indexOf('/nowhere')).toBeLessThan(gone.stderr.indexOf('later state'));
  });

  test('reads the address of an index, and names it if it is missing', async () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'new.xml': NEW, 'web/any.xml': OLD });
    const server = await serveFolder(path.join(cwd, 'web'));
    const ran = await startCli(['diff', `${server.url}/any.xml`, 'new.xml'], { cwd });
    const gone = await startCli(['diff', `${server.url}/none.xml`, 'new.xml'], { cwd });
    await server.close();
    expect(ran.stdout).toContain('Changed: 1 file added');
    expect(gone.stderr).toMatch(
      /The index of the earlier state \(.*\/none\.xml\) cannot be read: the server responded with 404/,
    );
  });

  test('compares sites in any place with each other and with an index', async () => {
    const cwd = makeFolder();
    const repository = makeBareRepository();
    const publish = (...args: string[]) => {
      expect(
        runCli(['publish', '--app-dir', 'app', '--timestamp', '20260102030405', ...args], { cwd }).code,
      ).toBe(0);
    };
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    publish('--remote', repository);
    publish('--site-dir', 'old');
    writeFiles(cwd, { 'app/macros/B.ijm': 'b', 'plain.xml': indexOf(repository) });
    publish('--site-dir', 'new');
    const server = await serveFolder(path.join(cwd, 'new'));
    const branch = `git+file://${repository}#gh-pages`;
    const diff = (before: string, after: string) => startCli(['diff', before, after, '--exit-code'], { cwd });
    for (const [before, after] of [
      ['old', 'new'],
      ['file:old', `${server.url}/`],
      [branch, 'new'],
      [branch, `${server.url}/db.xml.gz`],
      ['plain.xml', 'new'],
    ] as const) {
      const ran = await diff(before, after);
      expect(ran).toMatchObject({ code: 1, stderr: '' });
      expect(ran.stdout).toContain('Changed: 1 file added;');
    }
    expect(await diff(branch, 'old')).toMatchObject({ code: 0, stdout: 'Nothing has changed.\n' });
    expect(await diff('old', 'old/db.xml.gz')).toMatchObject({ code: 0, stdout: 'Nothing has changed.\n' });
    await server.close();
  });

  test('recognizes plugin repositories by their index, and reports every place without a site', async () => {
    const cwd = makeFolder();
    const site = (version: string) => `<plugins><plugin id="a" version="${version}" url="a.zip"/></plugins>`;
    writeFiles(cwd, {
      'one/updatePlugins.xml': site('1'),
      'two/updatePlugins.xml': site('2'),
      'imagej/db.xml.gz': gzipSync(OLD),
      'empty/readme.txt': 'x',
    });
    const diff = (...args: readonly string[]) => startCli(['diff', ...args], { cwd });
    expect((await diff('one', 'two')).stdout).toContain('Changed: 1 plugin updated');
    expect((await diff('two/updatePlugins.xml', 'one', '--exit-code')).code).toBe(1);
    const other = await diff('one', 'imagej', '--exit-code');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('No site was found in folder imagej: it has no updatePlugins.xml.');
    const none = await diff('empty', 'git+file:///nowhere');
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('No site was found in folder empty');
    expect(none.stderr).toContain('file:///nowhere');
    expect((await diff('one', 'ftp://lab.org/')).code).toBe(2);
  });

  test('compares the histories of repositories only with each other', async () => {
    const cwd = makeFolder();
    const publish = (version: string) => {
      writeFiles(cwd, { 'build/a.zip': pluginZip({ id: 'org.lab.a', version }) });
      const args = ['--format', 'jetbrains', '--files', 'build/a.zip', '--site-url', 'https://lab.org/'];
      expect(runCli(['publish', ...args, '--site-dir', 'site'], { cwd }).code).toBe(0);
    };
    publish('1.0');
    publish('1.1');
    for (const other of ['site', 'site/updatePlugins.xml'])
      for (const args of [
        ['site', other],
        [other, 'site'],
      ])
        expect((await startCli(['diff', ...args], { cwd })).stdout).toBe('Nothing has changed.\n');
  });

  test('with --exit-code shows by the exit code whether two states differ', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'old.xml': OLD, 'new.xml': NEW });
    const diff = (...args: readonly string[]) => runCli(['diff', ...args], { cwd });
    expect(diff('old.xml', 'old.xml', '--exit-code')).toMatchObject({
      code: 0,
      stdout: 'Nothing has changed.\n',
    });
    expect(diff('old.xml', 'new.xml', '--exit-code').code).toBe(1);
    expect(diff('old.xml', 'new.xml').code).toBe(0);
    const missing = diff('old.xml', 'none.xml', '--exit-code', '--json');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('(none.xml) cannot be read: it does not exist');
    expect(JSON.parse(missing.stdout)).toMatchObject({ changed: false, problems: [{ severity: 'error' }] });
    expect(diff('old.xml', 'none.xml').code).toBe(1);
  });

  test.each([[['diff']], [['diff', 'one.xml']], [['diff', 'a', 'b', 'c']]])(
    'is a usage error with %j',
    (args) => {
      const ran = runCli(args, { cwd: makeFolder() });
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('update-site diff OLD NEW');
    },
  );
});

describe('a preview', () => {
  test('shows with --diff the lines that the publication then writes', () => {
    const cwd = makeFolder();
    const repository = makeBareRepository();
    const args = ['--app-dir', 'app', '--remote', repository, '--timestamp', '20260102030405'];
    writeFiles(cwd, { 'app/macros/A.ijm': 'a', 'app/macros/B.ijm': 'b' });
    runCli(['publish', ...args], { cwd });
    const before = indexOf(repository);
    writeFiles(cwd, { 'app/macros/A.ijm': 'new', 'app/macros/C.ijm': 'c' });
    const refs = refsOf(repository);
    const shown = runCli(['preview', ...args, '--diff'], { cwd });
    expect(shown.code).toBe(0);
    expect(refsOf(repository)).toBe(refs);
    runCli(['publish', ...args], { cwd });
    const diff = shown.stdout.slice(0, shown.stdout.indexOf('\n\n') + 1);
    expect(applyPatch(before, diff)).toBe(indexOf(repository));
  });

  test('fails on warnings or never, as requested', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'odd.xyz': 'x', 'a.jar': 'no jar' });
    const odd = ['--files', 'odd.xyz => odd/', '--site-dir', 'site'];
    expect(runCli(['publish', ...odd, '--dry-run'], { cwd }).code).toBe(0);
    const strict = runCli(['publish', ...odd, '--fail-on', 'warning'], { cwd });
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain('Nothing was published: there are warnings');
    const broken = ['--files', 'a.jar => jars/', '--site-dir', 'site'];
    expect(runCli(['preview', ...broken], { cwd }).code).toBe(1);
    const lenient = runCli(['preview', ...broken, '--fail-on', 'never'], { cwd });
    expect(lenient).toMatchObject({ code: 0 });
    expect(lenient.stdout).toContain('Nothing would be published: there are errors.');
    expect(runCli(['publish', ...broken, '--fail-on', 'never', '--json'], { cwd }).stdout).toContain(
      '"changed":false',
    );
  });
});
