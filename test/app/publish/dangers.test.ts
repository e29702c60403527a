import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { checksumOf } from '../../../src/formats/imagej/artifacts/checksum.js';
import { byteSourceOf } from '../../../src/model/byte-source.js';
import { errorsFirst } from '../../../src/model/problem.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';
import { filesOf, makeBareRepository } from '../../support/git.js';
import { runHere } from '../../support/in-process.js';
import { makeJar, pomEntry } from '../../support/maven.js';

interface Result {
  refusal: string | undefined;
  /** `severity code path`, errors first. */
  problems: string[];
  changes: string[];
  hints: string;
}

async function run(cwd: string, args: readonly string[], site = ['--site-dir', 'site']): Promise<Result> {
  const outcome = await runHere([...args, ...site], cwd);
  for (const { message, hint } of outcome.problems) {
    expect(message).toMatch(/\.$/);
    expect(hint).toMatch(/\.$/);
  }
  const problems = errorsFirst(outcome.problems);
  return {
    refusal: outcome.refusal,
    problems: problems.map(({ severity, code, path: where }) => `${severity} ${code} ${where ?? ''}`),
    changes: outcome.changes.map(({ kind, path: where }) => `${kind} ${where}`),
    hints: problems.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n'),
  };
}

const publishApp = (cwd: string, ...args: string[]) => run(cwd, ['publish', '--app-dir', 'app', ...args]);

function makeApp(files: Record<string, string | Buffer>): string {
  const cwd = makeFolder();
  writeFiles(path.join(cwd, 'app'), files);
  return cwd;
}

/** Writes a site of another program, with these current files. */
function writeSite(cwd: string, files: readonly (string | { name: string; size: number })[]): void {
  const records = files.map((file) => {
    const { name, size } = typeof file === 'string' ? { name: file, size: 3 } : file;
    return `<plugin filename="${name}"><version checksum="${'a'.repeat(40)}" timestamp="20200101000000" filesize="${size}"/></plugin>`;
  });
  const payloads = files.map((file) => `site/${typeof file === 'string' ? file : file.name}-20200101000000`);
  writeFiles(cwd, {
    ...Object.fromEntries(payloads.map((payload) => [payload, 'old'])),
    'site/db.xml.gz': gzipSync(`<pluginRecords>${records.join('')}</pluginRecords>`),
  });
}

const indexOf = (cwd: string) => gunzipSync(readFileSync(path.join(cwd, 'site/db.xml.gz'))).toString('utf8');

const jarWithPom = (pom: string | Buffer) => makeJar([], { 'META-INF/maven/g/a/pom.xml': pom as string });

describe('a jar whose POM would stop the updater of its users', () => {
  const BAD: readonly (readonly [string, string | Buffer])[] = [
    ['an entity that is not declared', '<project><description>&eacute;</description></project>'],
    ['a prefix that is not bound', '<project><x:y/></project>'],
    ['an attribute with a prefix that is not bound', '<project xsi:schemaLocation="a b"/>'],
    ['bytes that are not in its encoding', Buffer.from('<project><name>Andr\xe9</name></project>', 'latin1')],
    ['a truncated POM', '<project><name>a</na'],
    ['an empty POM', ''],
  ];

  test.each(BAD)('is refused before anything is written: %s', async (_what, pom) => {
    const cwd = makeApp({ 'jars/a-1.0.jar': jarWithPom(pom) });
    const refused = await publishApp(cwd);
    expect(refused).toMatchObject({
      refusal: 'errors',
      problems: ['error bad-pom jars/a-1.0.jar'],
      changes: ['add jars/a-1.0.jar'],
    });
    expect(existsSync(path.join(cwd, 'site/db.xml.gz'))).toBe(false);
  });

  test('is also refused if "files" or "with-dependencies" has found it', async () => {
    const cwd = makeFolder();
    const repository = path.join(cwd, 'm2');
    const spec = { id: 'org.x:codec:1.0' };
    writeFiles(repository, {
      'org/x/codec/1.0/codec-1.0.pom':
        '<project><groupId>org.x</groupId><artifactId>codec</artifactId><version>1.0</version></project>',
      'org/x/codec/1.0/codec-1.0.jar': makeJar([{ name: 'codec/C' }], {
        'META-INF/maven/org.x/codec/pom.xml': '<project><x:y/></project>',
      }),
    });
    writeFiles(cwd, {
      'target/bad-1.0.jar': jarWithPom(''),
      'target/tool-1.0.jar': makeJar(
        [{ name: 't/T', references: ['codec/C'] }],
        pomEntry({ id: 'org.x:tool:1.0', dependencies: [spec.id] }),
      ),
    });
    const refused = await run(cwd, ['preview', '--with-dependencies', '--maven-repository', repository]);
    expect(refused.refusal).toBe('errors');
    expect(refused.problems.filter((line) => line.startsWith('error'))).toEqual([
      'error bad-pom jars/bad-1.0.jar',
      'error bad-pom jars/codec-1.0.jar',
    ]);
  });

  test('is refused if its POM is too large to be checked', async () => {
    const pom = `<project>${' '.repeat(4 * 1024 * 1024)}</project>`;
    const refused = await publishApp(makeApp({ 'jars/a-1.0.jar': jarWithPom(pom) }));
    expect(refused).toMatchObject({ refusal: 'errors', problems: ['error bad-pom jars/a-1.0.jar'] });
    expect(refused.hints).toContain('cannot be checked: it is larger than the limit of 4194304 bytes');
  });

  test('is reported once, with the reason and its place in the jar', async () => {
    const refused = await publishApp(makeApp({ 'jars/a-1.0.jar': jarWithPom('<project><x:y/></project>') }));
    expect(refused.hints).toContain(
      'ImageJ cannot read META-INF/maven/g/a/pom.xml in jars/a-1.0.jar: it is not well-formed XML (line 1, column 15: ',
    );
  });

  const UNREAD: readonly (readonly [string, string | Buffer])[] = [
    ['is in the encoding "shift_jis", which', '<?xml version="1.0" encoding="Shift_JIS"?><project/>'],
    ['is XML 1.1, but only XML 1.0 is supported', '<?xml version="1.1"?><project/>'],
    ['are nested more than 200 deep', '<a>'.repeat(201) + '</a>'.repeat(201)],
    ['parameter entities are not supported', '<!DOCTYPE project [<!ENTITY % a "b">]><project/>'],
    ['it uses the entity &a; that it declares', '<!DOCTYPE p [<!ENTITY a "b">]><p>&a;</p>'],
  ];
  test.each(UNREAD)('is not called malformed if it %s', async (reason, pom) => {
    const refused = await publishApp(makeApp({ 'jars/a-1.0.jar': jarWithPom(pom) }));
    expect(refused).toMatchObject({ refusal: 'errors', problems: ['error bad-pom jars/a-1.0.jar'] });
    expect(refused.hints).toContain('META-INF/maven/g/a/pom.xml in jars/a-1.0.jar cannot be checked: it ');
    expect(refused.hints).toContain(reason);
    expect(refused.hints).not.toContain('well-formed');
  });

  test('is published if the POM only names an external document type', async () => {
    const pom = '<!DOCTYPE project SYSTEM "http://localhost:1/maven.dtd"><project><name>a</name></project>';
    expect(await publishApp(makeApp({ 'jars/a-1.0.jar': jarWithPom(pom) }))).toMatchObject({
      refusal: undefined,
      problems: [],
    });
  });

  test('is a warning with a remedy if the site already has it, and can be removed', async () => {
    const cwd = makeApp({ 'jars/a-1.0.jar': jarWithPom(''), 'macros/New.ijm': 'x' });
    const sum = await checksumOf(byteSourceOf(jarWithPom('')), 'jars/a-1.0.jar', 'a.jar');
    writeFiles(cwd, {
      'site/jars/a-1.0.jar-20200101000000': 'old',
      'site/db.xml.gz': gzipSync(
        `<pluginRecords><plugin filename="jars/a-1.0.jar"><version checksum="${sum}" timestamp="20200101000000" filesize="3"/></plugin></pluginRecords>`,
      ),
    });
    const published = await publishApp(cwd);
    expect(published).toMatchObject({
      refusal: undefined,
      problems: ['warning bad-pom jars/a-1.0.jar'],
      changes: ['add macros/New.ijm'],
    });
    expect(published.hints).toContain('--remove jars/a-1.0.jar');
    expect(await run(cwd, ['publish', '--remove', 'jars/a-1.0.jar'])).toMatchObject({
      refusal: undefined,
      problems: [],
    });
  });
});

describe('a name that clients cannot request', () => {
  posixTest('is refused together with all other such names', async () => {
    const cwd = makeApp({
      'macros/a#b.ijm': '1',
      'macros/what?.ijm': '2',
      'macros/100%25.ijm': '3',
      'macros/50% off + [x] {y} & ^z.ijm': '4',
    });
    const refused = await publishApp(cwd);
    expect(refused).toMatchObject({
      refusal: 'errors',
      problems: [
        'error unfetchable-name macros/100%25.ijm',
        'error unfetchable-name macros/a#b.ijm',
        'error unfetchable-name macros/what?.ijm',
      ],
    });
    expect(existsSync(path.join(cwd, 'site'))).toBe(false);
  });

  test('is one warning with the options to use if the site already has it, and can be removed', async () => {
    const cwd = makeApp({ 'macros/New.ijm': 'x' });
    writeSite(cwd, ['macros/a#b.ijm', 'macros/c%20d.ijm', 'macros/ok.ijm']);
    const published = await publishApp(cwd);
    expect(published).toMatchObject({
      refusal: undefined,
      problems: ['warning unfetchable-name macros/a#b.ijm'],
      changes: ['add macros/New.ijm'],
    });
    expect(published.hints).toContain("--remove 'macros/a#b.ijm' --remove 'macros/c%20d.ijm'");
    const removed = await run(cwd, ['publish', '--remove', 'macros/a#b.ijm', '--remove', 'macros/c%20d.ijm']);
    expect(removed).toMatchObject({ refusal: undefined, problems: [] });
    expect(await publishApp(cwd)).toMatchObject({ refusal: undefined, problems: [] });
  });
});

describe('an invalid path that the site has', () => {
  test.each(['macros/back\\slash.ijm', `macros/${'x'.repeat(260)}.ijm`, '/macros/absolute.ijm', 'a//b.ijm'])(
    'is removed if it is named as in the index: %s',
    async (name) => {
      const cwd = makeFolder();
      writeFiles(cwd, {
        'site/db.xml.gz': gzipSync(
          `<pluginRecords><plugin filename="${name}"><version checksum="${'a'.repeat(40)}" timestamp="20200101000000" filesize="3"/></plugin></pluginRecords>`,
        ),
      });
      const removed = await run(cwd, ['publish', '--remove', name]);
      expect(removed).toMatchObject({ refusal: undefined, changes: [`remove ${name}`] });
      expect(indexOf(cwd)).not.toContain('<version');
    },
  );

  test('is refused with the reason if the site does not have it', async () => {
    const cwd = makeFolder();
    writeSite(cwd, ['macros/A.ijm']);
    const refused = await run(cwd, ['publish', '--remove', 'macros/../A.ijm']);
    expect(refused).toMatchObject({ refusal: 'errors', problems: ['error unknown-file macros/../A.ijm'] });
    expect(refused.hints).toBe(
      '"macros/../A.ijm" is not a path on the site: it has a ".." part. Write the path as in the index.',
    );
  });
});

describe('an empty file', () => {
  test('is refused if it is named, and left out with a warning if it comes from a folder or a glob', async () => {
    const cwd = makeApp({ 'macros/Empty.ijm': '', 'scripts/__init__.py': '', 'macros/A.ijm': 'x' });
    writeFiles(cwd, { 'app/macros/Empty (1).ijm': '' });
    const alsoNamed = await run(cwd, ['publish', '--files', 'app/macros/Empty (1).ijm => macros/']);
    expect(alsoNamed.problems).toEqual(['error empty-file macros/Empty (1).ijm']);
    rmSync(path.join(cwd, 'app/macros/Empty (1).ijm'));
    const named = await run(cwd, ['publish', '--files', 'app/macros/Empty.ijm => macros/']);
    expect(named).toMatchObject({ refusal: 'errors', problems: ['error empty-file macros/Empty.ijm'] });
    expect(existsSync(path.join(cwd, 'site'))).toBe(false);
    const found = await publishApp(cwd);
    expect(found).toMatchObject({ refusal: undefined, changes: ['add macros/A.ijm'] });
    expect(found.problems).toEqual([expect.stringMatching(/^warning empty-file .*Empty\.ijm$/)]);
    expect(found.hints).toContain('__init__.py');
    const matched = await run(cwd, [
      'preview',
      '--files',
      'app/scripts/*.py',
      '--files',
      'app/macros/*.ijm => macros/',
    ]);
    expect(matched).toMatchObject({ refusal: undefined, changes: [] });
    expect(matched.problems).toHaveLength(1);
  });

  test.each(['app/scripts/pkg', 'app/scripts/pkg/', './app//scripts/pkg', 'app/scripts/pkg/*'])(
    'is left out with a warning if it comes from the folder "%s", which does not name it',
    async (pattern) => {
      const cwd = makeApp({ 'scripts/pkg/__init__.py': '', 'scripts/pkg/m.py': 'x' });
      const found = await run(cwd, ['preview', '--files', `${pattern} => scripts/pkg/`]);
      expect(found).toMatchObject({ refusal: undefined, changes: ['add scripts/pkg/m.py'] });
      expect(found.problems).toEqual([expect.stringMatching(/^warning empty-file .*__init__\.py$/)]);
    },
  );

  test.each(['app/macros/Empty.ijm', './app//macros/Empty.ijm', 'app/x/../macros/Empty.ijm'])(
    'is named by "%s", which is another form of its path',
    async (pattern) => {
      const cwd = makeApp({ 'macros/Empty.ijm': '', 'x/A.ijm': 'x' });
      const named = await run(cwd, ['preview', '--files', `${pattern} => macros/`]);
      expect(named.problems).toEqual(['error empty-file macros/Empty.ijm']);
    },
  );

  test('is kept in a complete site, wherever it was found', async () => {
    const cwd = makeApp({ 'macros/Empty.ijm': '', 'macros/A.ijm': 'x' });
    writeSite(cwd, ['macros/Empty.ijm', 'macros/Gone.ijm', 'macros/Other.ijm']);
    expect((await publishApp(cwd, '--complete-site', '--dry-run')).changes).toEqual([
      'remove macros/Gone.ijm',
      'remove macros/Other.ijm',
      'add macros/A.ijm',
    ]);
    writeFiles(cwd, { 'build/Other.ijm': '' });
    const withFiles = ['--complete-site', '--dry-run', '--files', 'build/*.ijm'];
    expect((await publishApp(cwd, ...withFiles)).changes).toEqual([
      'remove macros/Gone.ijm',
      'add macros/A.ijm',
    ]);
    // A file that the user names is removed.
    expect((await publishApp(cwd, '--complete-site', '--remove', 'macros/Empty.ijm')).changes).toContain(
      'remove macros/Empty.ijm',
    );
  });

  test('is one warning if the site already has it', async () => {
    const cwd = makeApp({ 'macros/A.ijm': 'x' });
    writeSite(cwd, [{ name: 'macros/Zero.ijm', size: 0 }]);
    const published = await publishApp(cwd);
    expect(published).toMatchObject({ refusal: undefined, problems: ['warning empty-file macros/Zero.ijm'] });
    expect(published.hints).toContain('--remove macros/Zero.ijm');
  });
});

test('a complete site keeps by-products, files that ImageJ ignores, and files that upstream serves', async () => {
  const library = makeJar([{ name: 'lib/L' }]);
  const cwd = makeFolder();
  writeFiles(cwd, {
    'target/tool-1.0.jar': makeJar(
      [{ name: 't/T' }],
      pomEntry({ id: 'g:tool:1.0', dependencies: ['g:up:2.0'] }),
    ),
    'target/tool-1.0-sources.jar': library,
    'app/plugins/manual.pdf': 'x',
    'app/macros/A.ijm': 'x',
    'm2/g/up/2.0/up-2.0.pom':
      '<project><groupId>g</groupId><artifactId>up</artifactId><version>2.0</version></project>',
    'm2/g/up/2.0/up-2.0.jar': library,
    'up.xml': `<pluginRecords><plugin filename="jars/up-2.0.jar"><version checksum="${'b'.repeat(40)}" timestamp="20200101000000" filesize="3"/></plugin></pluginRecords>`,
  });
  writeSite(cwd, ['jars/tool-0.9-sources.jar', 'plugins/manual.pdf', 'jars/up-1.0.jar', 'macros/Gone.ijm']);
  const args = [
    'preview',
    '--app-dir',
    'app',
    '--files',
    'target/*.jar',
    '--complete-site',
    '--with-dependencies',
  ];
  const planned = await run(cwd, [...args, '--maven-repository', 'm2', '--upstream', 'Up=up.xml']);
  expect(planned.changes.filter((line) => line.startsWith('remove'))).toEqual(['remove macros/Gone.ijm']);
});

posixTest('a complete site keeps everything in the application folder', async () => {
  const cwd = makeApp({ 'macros/A.ijm': 'x', 'doc/readme.txt': 'x', 'lib/.keep': 'x', 'lib/folder/b': 'x' });
  execFileSync('mkfifo', [path.join(cwd, 'app/lib/pipe')]);
  symlinkSync('nowhere', path.join(cwd, 'app/doc/link.txt'));
  const there = ['doc/readme.txt', 'lib/.keep', 'lib/pipe', 'doc/link.txt'];
  writeSite(cwd, [...there, 'doc/gone.txt', 'macros/A.ijm/b', 'lib/folder']);
  const planned = await publishApp(cwd, '--complete-site', '--dry-run');
  // A folder does not keep a file with its name.
  expect(planned.changes.filter((line) => line.startsWith('remove'))).toEqual([
    'remove doc/gone.txt',
    'remove macros/A.ijm/b',
    'remove lib/folder',
  ]);
  const named = await publishApp(cwd, '--complete-site', '--remove', 'doc/readme.txt', '--dry-run');
  expect(named.changes).toContain('remove doc/readme.txt');
  expect(named.changes).not.toContain('remove lib/.keep');
});

describe('two names that Windows and macOS do not distinguish', () => {
  posixTest('are refused within one publication, by case and by normalization', async () => {
    const cwd = makeApp({
      'macros/f.ijm': '1',
      'macros/F.ijm': '2',
      'macros/e\u0301.ijm': '3',
      'macros/\u00c9.ijm': '4',
      'macros/fine.ijm': '5',
    });
    const refused = await publishApp(cwd);
    expect(refused.refusal).toBe('errors');
    expect(refused.problems.filter((line) => line.startsWith('error'))).toEqual([
      'error same-name macros/F.ijm',
      'error same-name macros/e\u0301.ijm',
    ]);
  });

  test('are refused beside a current file of the site, and are one warning if the site has both', async () => {
    const cwd = makeApp({ 'macros/tool.ijm': 'x' });
    writeSite(cwd, ['macros/Tool.ijm']);
    expect(await publishApp(cwd)).toMatchObject({
      refusal: 'errors',
      problems: ['error same-name macros/tool.ijm'],
    });
    writeFiles(path.join(cwd, 'other'), { 'macros/New.ijm': 'x' });
    writeSite(cwd, ['macros/Tool.ijm', 'macros/tool.ijm', 'luts/a.lut', 'luts/A.lut']);
    const other = await run(cwd, ['publish', '--app-dir', 'other']);
    expect(other).toMatchObject({ refusal: undefined, changes: ['add macros/New.ijm'] });
    expect(other.problems).toEqual(['warning same-name macros/Tool.ijm']);
    expect(other.hints).toContain('luts/A.lut');
  });

  test('are refused with the line that removes the other one if the site has both and one is updated', async () => {
    const cwd = makeApp({ 'macros/x.ijm': 'new' });
    writeSite(cwd, ['macros/x.ijm', 'macros/X.ijm']);
    const refused = await publishApp(cwd);
    expect(refused).toMatchObject({ refusal: 'errors', problems: ['error same-name macros/x.ijm'] });
    expect(refused.hints).toContain('"remove: macros/X.ijm" (--remove macros/X.ijm)');
    const atOnce = await publishApp(cwd, '--remove', 'macros/X.ijm', '--dry-run');
    expect(atOnce).toMatchObject({ refusal: undefined, problems: ['warning same-name macros/x.ijm'] });
    expect(atOnce.hints).toContain('in a separate publication');
    expect(await run(cwd, ['publish', '--remove', 'macros/X.ijm'])).toMatchObject({ problems: [] });
    expect(await publishApp(cwd)).toMatchObject({ refusal: undefined, problems: [] });
  });

  test('are a warning if one is removed while the other one is added', async () => {
    const cwd = makeApp({ 'macros/tool.ijm': 'x' });
    writeSite(cwd, ['macros/Tool.ijm']);
    const swapped = await run(cwd, ['publish', '--app-dir', 'app', '--remove', 'macros/Tool.ijm']);
    expect(swapped.changes).toEqual(['remove macros/Tool.ijm', 'add macros/tool.ijm']);
    expect(swapped).toMatchObject({ refusal: undefined, problems: ['warning same-name macros/tool.ijm'] });
  });
});

test('names are compared with those of upstream sites, and without versions', async () => {
  const cwd = makeApp({
    'macros/tool.ijm': 'x',
    'jars/foo-1.0.jar': makeJar([], { v: '1' }),
    'jars/bar-1.0.jar': makeJar([], { v: '2' }),
  });
  const record = (name: string) =>
    `<plugin filename="${name}"><version checksum="${'b'.repeat(40)}" timestamp="20200101000000" filesize="3"/></plugin>`;
  writeFiles(cwd, {
    'up.xml': `<pluginRecords>${record('macros/Tool.ijm')}${record('jars/Bar-0.9.jar')}</pluginRecords>`,
  });
  writeSite(cwd, ['jars/Foo-1.1.jar']);
  const args = ['--upstream', 'Up=up.xml', '--dry-run'];
  expect(await publishApp(cwd, ...args)).toMatchObject({
    refusal: 'errors',
    problems: [
      'error same-name macros/tool.ijm',
      'warning same-name jars/foo-1.0.jar',
      'warning same-name jars/bar-1.0.jar',
    ],
  });
  writeSite(cwd, ['macros/tool.ijm']);
  expect(await publishApp(cwd, ...args)).toMatchObject({
    refusal: undefined,
    problems: ['warning same-name jars/bar-1.0.jar', 'warning same-name macros/tool.ijm'],
  });
});

describe('another artifact in the place of a file', () => {
  const jarOf = (id: string, text: string, more = {}) => makeJar([], { ...pomEntry({ id }), text, ...more });
  const places = {
    folder: () => ['--site-dir', 'site'],
    git: () => ['--remote', `file://${makeBareRepository()}`],
  };

  test.each(Object.entries(places))(
    'is refused unless the configuration allows it, in a site of kind %s',
    async (_kind, placeOf) => {
      const cwd = makeApp({ 'jars/codec-1.0.jar': jarOf('org.one:codec:1.0', 'a') });
      const site = placeOf();
      const args = ['publish', '--app-dir', 'app'];
      expect(await run(cwd, args, site)).toMatchObject({ refusal: undefined, problems: [] });
      writeFiles(path.join(cwd, 'app'), { 'jars/codec-1.0.jar': jarOf('org.one:codec:1.0', 'b') });
      expect(await run(cwd, args, site)).toMatchObject({
        refusal: undefined,
        problems: [],
        changes: ['update jars/codec-1.0.jar'],
      });
      writeFiles(path.join(cwd, 'app'), { 'jars/codec-1.0.jar': jarOf('org.two:codec:1.0', 'c') });
      const refused = await run(cwd, args, site);
      expect(refused).toMatchObject({
        refusal: 'errors',
        problems: ['error other-artifact jars/codec-1.0.jar'],
      });
      expect(refused.hints).toContain('replaces: org.one:codec');
      writeFiles(cwd, { 'wrong.yml': 'files: {jars/codec.jar: {replaces: "org.three:codec"}}' });
      expect(await run(cwd, [...args, '--config', 'wrong.yml'], site)).toMatchObject({
        refusal: 'errors',
        problems: ['error other-artifact jars/codec-1.0.jar'],
      });
      writeFiles(cwd, { 'right.yml': 'files: {jars/codec.jar: {replaces: "org.one:codec"}}' });
      expect(await run(cwd, [...args, '--config', 'right.yml'], site)).toMatchObject({
        refusal: undefined,
        problems: [],
      });
      expect(await run(cwd, args, site)).toMatchObject({ refusal: undefined, problems: [], changes: [] });
    },
  );

  test('is detected by the coordinate in the index, which a replacement updates', async () => {
    const cwd = makeApp({ 'jars/codec-1.1.jar': jarOf('org.two:codec:1.1', 'c') });
    writeFiles(cwd, {
      'site/jars/codec-1.0.jar-20200101000000': 'old',
      'site/db.xml.gz': gzipSync(
        `<pluginRecords><plugin filename="jars/codec-1.0.jar" coordinate="org.one:codec"><version checksum="${'a'.repeat(40)}" timestamp="20200101000000" filesize="3"/></plugin></pluginRecords>`,
      ),
      'right.yml': 'files: {jars/codec.jar: {replaces: "org.one:codec"}}',
    });
    expect(await publishApp(cwd)).toMatchObject({
      refusal: 'errors',
      problems: ['error other-artifact jars/codec-1.1.jar'],
    });
    expect(await publishApp(cwd, '--config', 'right.yml')).toMatchObject({
      refusal: undefined,
      problems: [],
    });
    expect(indexOf(cwd)).toContain('coordinate="org.two:codec"');
  });

  test.each<[string, boolean]>([
    ['', false],
    ['codec', false],
    ['org.one:codec:jar:1.0', true],
  ])(
    'is detected by the coordinate %j in the index only if it identifies an artifact',
    async (text, isRefused) => {
      const cwd = makeApp({ 'jars/codec-1.1.jar': jarOf('org.two:codec:1.1', 'c') });
      writeFiles(cwd, {
        'site/jars/codec-1.0.jar-20200101000000': 'old',
        'site/db.xml.gz': gzipSync(
          `<pluginRecords><plugin filename="jars/codec-1.0.jar" coordinate="${text}"><version checksum="${'a'.repeat(40)}" timestamp="20200101000000" filesize="3"/></plugin></pluginRecords>`,
        ),
        'right.yml': 'files: {jars/codec.jar: {replaces: "org.one:codec"}}',
      });
      const first = await publishApp(cwd);
      expect(first.refusal).toBe(isRefused ? 'errors' : undefined);
      if (!isRefused) return;
      expect(first.hints).toContain('{replaces: org.one:codec}');
      expect(await publishApp(cwd, '--config', 'right.yml')).toMatchObject({ refusal: undefined });
    },
  );

  test('is not detected for shaded jars, jars without a POM, and old payloads that are not jars', async () => {
    const shaded = { ...pomEntry({ id: 'org.three:codec:1.0' }) };
    const cwd = makeApp({
      'jars/codec-1.1.jar': jarOf('org.two:codec:1.1', 'c'),
      'jars/none-1.1.jar': makeJar([]),
    });
    writeSite(cwd, ['jars/codec-1.0.jar', 'jars/none-1.0.jar']);
    expect(await publishApp(cwd)).toMatchObject({ refusal: undefined, problems: [] });
    writeFiles(path.join(cwd, 'app'), { 'jars/codec-1.1.jar': jarOf('org.four:codec:1.1', 'd', shaded) });
    expect(await publishApp(cwd)).toMatchObject({ refusal: undefined, problems: [] });
  });
});

describe('the problems that are only warnings', () => {
  posixTest(
    'include names beyond ASCII, names that Windows does not allow, and the state of a machine',
    async () => {
      const cwd = makeApp({
        'macros/é.ijm': '1',
        'macros/con.ijm': '2',
        'macros/a:b.ijm': '3',
        'macros/trail ': '4',
        'lib/end./x': '5',
        'config/jaunch/fiji.cfg': '6',
        'macros/console.ijm': '7',
      });
      const published = await publishApp(cwd, '--files', 'app/macros/trail* => macros/');
      expect(published.refusal).toBeUndefined();
      expect([...published.problems].sort()).toEqual([
        'warning machine-state config/jaunch/fiji.cfg',
        'warning non-ascii-name macros/é.ijm',
        'warning not-picked-up macros/trail ',
        'warning windows-name lib/end./x',
        'warning windows-name macros/a:b.ijm',
        'warning windows-name macros/con.ijm',
        'warning windows-name macros/trail ',
      ]);
      // Unchanged files are not reported again.
      writeFiles(path.join(cwd, 'app'), { 'macros/New.ijm': 'x' });
      expect(await publishApp(cwd)).toMatchObject({ refusal: undefined, problems: [] });
    },
  );

  posixTest('do not include names that Windows does not allow if the file is not for Windows', async () => {
    const cwd = makeApp({ 'macros/con.ijm': '1', 'macros/aux.ijm': '2', 'lib/linux64/libfoo:1.so': '3' });
    writeFiles(cwd, {
      'c.yml': 'files: {macros/con.ijm: {platforms: [linux64]}, macros/aux.ijm: {platforms: [win64]}}',
    });
    expect((await publishApp(cwd, '--config', 'c.yml')).problems).toEqual([
      'warning windows-name macros/aux.ijm',
    ]);
  });

  test('include one warning for many names', async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`luts/é${at}.lut`, 'x']));
    expect((await publishApp(makeApp(files))).problems).toHaveLength(1);
  });

  test('include a SNAPSHOT, and a version that sorts below the one it replaces', async () => {
    const cwd = makeApp({ 'jars/a-1.0-SNAPSHOT.jar': makeJar([], { v: '1' }) });
    expect(await publishApp(cwd)).toMatchObject({
      refusal: undefined,
      problems: ['warning snapshot jars/a-1.0-SNAPSHOT.jar'],
    });
    const next = (name: string) => {
      const other = makeFolder();
      writeFiles(other, { [`app/jars/${name}`]: makeJar([], { v: name }) });
      return run(cwd, ['publish', '--app-dir', path.join(other, 'app')]);
    };
    expect(await next('a-1.0.jar')).toMatchObject({ refusal: undefined, problems: [] });
    expect(await next('a-1.0-rc1.jar')).toMatchObject({
      refusal: undefined,
      problems: ['warning older-version jars/a-1.0-rc1.jar'],
    });
    expect(await next('a-1.0-rc2.jar')).toMatchObject({ refusal: undefined, problems: [] });
  });

  test.each([
    ['jars/a-1.0-20261120.093212-1.jar', ['snapshot']],
    ['jars/a-1.0-20261120.093212-1-sources.jar', ['snapshot']],
    ['jars/a-1-20261120.093212-12.jar', ['snapshot']],
    ['jars/a-1.0.20261120-093212.jar', []],
    ['jars/a-20261120.jar', []],
    ['jars/a-1.0-20261120.jar', []],
  ])('include a SNAPSHOT as Maven deploys it: %s', async (name, codes) => {
    expect((await publishApp(makeApp({ [name]: makeJar([]) }))).problems).toEqual(
      codes.map((code) => `warning ${code} ${name}`),
    );
  });

  test('sort a SNAPSHOT as Maven deploys it before its release, and after an earlier one', async () => {
    const cwd = makeFolder();
    const next = async (name: string) => {
      const other = makeFolder();
      writeFiles(other, { [`app/jars/${name}`]: makeJar([], { v: name }) });
      return (await run(cwd, ['publish', '--app-dir', path.join(other, 'app')])).problems;
    };
    const older = ['1.0-20261120.093212-1', '1.0-20261121.093212-2', '1.0-SNAPSHOT', '1.0-20261122.093212-3'];
    for (const version of [...older, '1.0'])
      expect(await next(`a-${version}.jar`)).not.toContain(`warning older-version jars/a-${version}.jar`);
    for (const version of ['1.0-20261121.093212-2', '1.0-20261120.093212-1'])
      expect(await next(`a-${version}.jar`)).toContain(`warning older-version jars/a-${version}.jar`);
  });

  test('include a file for all platforms that depends on a jar of one platform', async () => {
    const cwd = makeApp({
      'plugins/P_.jar': makeJar([{ name: 'p/P', references: ['w/W'] }]),
      'jars/win64/w-1.0.jar': makeJar([{ name: 'w/W' }]),
      'jars/win64/x-1.0.jar': makeJar([{ name: 'x/X', references: ['w/W'] }]),
    });
    expect(await publishApp(cwd)).toMatchObject({
      refusal: undefined,
      problems: ['warning platform-dependency plugins/P_.jar'],
    });
  });

  test('include a native file without a platform', async () => {
    const cwd = makeApp({ 'lib/tool.dll': 'x' });
    expect(await publishApp(cwd)).toMatchObject({
      refusal: undefined,
      problems: ['warning no-platform lib/tool.dll'],
    });
  });
});

test('reserved names are refused at the root in any case, and allowed in folders', async () => {
  const reserved = [
    ...['index.html', 'site.json', 'feed.xml', 'changelog.json', 'badge.json', 'SHA256SUMS', 'db.xml.gz'],
    ...['db.xml.gz.part', 'updatePlugins.xml', 'updatePlugins-243.xml', 'updatePlugins-versions.json'],
    ...['channels.txt', 'beta/db.xml.gz', 'Index.HTML', 'macros/.hidden.ijm'],
  ];
  const free = ['lib/index.html', 'config/site.json', 'lib/a/db.xml.gz'];
  const cwd = makeFolder();
  writeFiles(cwd, { x: 'x' });
  const rules = [...reserved, ...free].flatMap((name) => ['--files', `x => ${name}`]);
  const { problems } = await run(cwd, ['publish', ...rules]);
  const errors = problems.filter((line) => line.startsWith('error reserved-path'));
  expect(errors.sort()).toEqual(reserved.map((name) => `error reserved-path ${name}`).sort());
  expect(problems.filter((line) => free.some((name) => line.endsWith(` ${name}`)))).toEqual([]);
});

test('a dangerous file prevents the whole publication, and the report contains all faults', async () => {
  const repository = makeBareRepository();
  const cwd = makeApp({
    'jars/bad.jar': jarWithPom(''),
    'jars/cut.jar': makeJar([]).subarray(0, 20),
    'macros/a#b.ijm': 'x',
    'macros/ok.ijm': 'x',
  });
  const refused = await run(cwd, ['publish', '--app-dir', 'app'], ['--remote', `file://${repository}`]);
  expect(refused.refusal).toBe('errors');
  expect([...refused.problems].sort()).toEqual([
    'error bad-pom jars/bad.jar',
    'error unfetchable-name macros/a#b.ijm',
    expect.stringMatching(/^error unreadable-artifact /),
  ]);
  expect(() => filesOf(repository)).toThrow();
});
