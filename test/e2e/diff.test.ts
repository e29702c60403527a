import { gzipSync } from 'node:zlib';
import { applyPatch } from 'diff';
import { makeFolder, writeFiles } from '../support/folders.js';
import { indexOf, makeBareRepository, refsOf } from '../support/git.js';
import { runCli, startCli } from '../support/program.js';
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
    expect(plain.stdout).toBe(`  metadata jars/a-1.jar           metadata changed
           description: "Old" → "New"
  add      jars/b.jar    7 bytes  it was not on the site before

Changed: 1 file added, 1 with new metadata; users download 7 bytes.
`);
    expect(runCli(['diff', 'old.xml', 'new.xml.gz', '--diff'], { cwd }).stdout).toContain(
      '\n-            <description>Old</description>\n+            <description>New</description>\n',
    );
    expect(runCli(['diff', 'old.xml', 'new.xml.gz', '--markdown'], { cwd }).stdout).toContain(
      '| add | `jars/b.jar` | 2026-01-02 | 7 bytes |',
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
      /The index of the earlier state \(.*\/nowhere\/db\.xml\.gz\) cannot be read: the server responded with 404/,
    );
    expect(gone.stderr).toMatch(
      /The index of the later state \(none\.xml\) cannot be read: it does not exist/,
    );
    expect(gone.stderr.indexOf('earlier state')).toBeLessThan(gone.stderr.indexOf('later state'));
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
