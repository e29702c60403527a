import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeFolder, writeFiles } from '../support/folders.js';
import { makeJar } from '../support/maven.js';
import { runCli } from '../support/program.js';

interface Published {
  code: number | null;
  problems: string[];
  changes: string[];
  text: string;
}

function run(cwd: string, args: readonly string[], env: Record<string, string> = {}): Published {
  const ran = runCli([...args, '--site-dir', 'site', '--json'], { cwd, env });
  const { problems, changes } = JSON.parse(ran.stdout) as {
    problems: { severity: string; code: string; path?: string; hint?: string }[];
    changes: { kind: string; path: string }[];
  };
  for (const { hint } of problems) expect(hint).toMatch(/\.$/);
  return {
    code: ran.code,
    problems: problems.map(({ severity, code, path: where }) => `${severity} ${code} ${where ?? ''}`.trim()),
    changes: changes.map(({ kind, path: where }) => `${kind} ${where}`),
    text: ran.stderr,
  };
}

const publish = (cwd: string, ...args: string[]) => run(cwd, ['publish', '--app-dir', 'app', ...args]);

function makeApp(files: Record<string, string | Buffer>): string {
  const cwd = makeFolder();
  writeFiles(path.join(cwd, 'app'), files);
  return cwd;
}

const LIBRARY = makeJar([{ name: 'lib/L' }]);
const USER = makeJar([{ name: 'use/U', references: ['lib/L'] }]);

describe('a dependency', () => {
  test('is not removed if another file depends on it', () => {
    const cwd = makeApp({ 'jars/lib-1.0.jar': LIBRARY, 'jars/use-1.0.jar': USER });
    expect(publish(cwd)).toMatchObject({ code: 0, problems: [] });
    writeFiles(path.join(cwd, 'app2'), { 'jars/use-1.0.jar': USER });
    const args = ['publish', '--app-dir', 'app2', '--complete-site'];
    const refused = run(cwd, args);
    expect(refused).toMatchObject({
      code: 1,
      problems: ['error removed-dependency jars/lib-1.0.jar'],
      changes: [],
    });
    expect(refused.text).toContain('jars/use-1.0.jar depends on it');
    // The maintainer overrides the check, or the file that needs it is also removed.
    writeFiles(cwd, { 'no.yml': 'files: {jars/use.jar: {dependencies: {remove: [jars/lib.jar]}}}' });
    expect(run(cwd, [...args, '--config', 'no.yml', '--dry-run'])).toMatchObject({
      code: 0,
      changes: ['remove jars/lib-1.0.jar', 'metadata jars/use-1.0.jar'],
    });
    expect(run(cwd, ['publish', '--remove', 'jars/lib.jar', '--remove', 'jars/use.jar'])).toMatchObject({
      code: 0,
    });
  });

  test('on an obsolete file is reported', () => {
    const cwd = makeApp({ 'macros/A.ijm': 'a' });
    const xml = `<pluginRecords><plugin filename="jars/old.jar"><previous-version timestamp="1" checksum="a"/></plugin><plugin filename="jars/use.jar"><version checksum="b" timestamp="2" filesize="1"><dependency filename="jars/old.jar" timestamp="1"/><dependency filename="jars/elsewhere.jar" timestamp="1"/></version></plugin></pluginRecords>`;
    writeFiles(cwd, { 'one.yml': 'files: {macros/A.ijm: {dependencies: {add: [jars/old.jar]}}}' });
    writeFiles(cwd, { 'site/db.xml.gz': gzipSync(xml), 'site/jars/use.jar-2': 'u' });
    expect(publish(cwd, '--config', 'one.yml')).toMatchObject({
      code: 1,
      problems: ['error obsolete-dependency macros/A.ijm', 'warning obsolete-dependency jars/use.jar'],
    });
    expect(publish(cwd)).toMatchObject({ code: 0, problems: ['warning obsolete-dependency jars/use.jar'] });
  });

  test('that is circular is one warning', () => {
    const cwd = makeApp({
      'jars/a.jar': makeJar([{ name: 'a/A', references: ['b/B'] }]),
      'jars/b.jar': makeJar([{ name: 'b/B', references: ['c/C'] }]),
      'jars/c.jar': makeJar([{ name: 'c/C', references: ['a/A'] }]),
      'jars/d.jar': makeJar([{ name: 'd/D', references: ['a/A'] }]),
    });
    const published = publish(cwd);
    expect(published).toMatchObject({ code: 0, problems: ['warning circular-dependency jars/a.jar'] });
    expect(published.text).toContain('jars/a.jar → jars/b.jar → jars/c.jar → jars/a.jar');
  });
});

describe('a jar', () => {
  test('with the same class as another one is a warning', () => {
    const cwd = makeApp({
      'jars/a.jar': makeJar([{ name: 'x/X' }, { name: 'x/Y' }]),
      'jars/b.jar': makeJar([{ name: 'x/X' }, { name: 'x/Y' }, { name: 'package-info' }]),
      'jars/win64/n.jar': makeJar([{ name: 'n/N' }, { name: 'package-info' }]),
      'jars/linux64/n.jar': makeJar([{ name: 'n/N' }]),
    });
    const published = publish(cwd);
    expect(published).toMatchObject({ code: 0, problems: ['warning duplicate-class jars/a.jar'] });
    expect(published.text).toContain('jars/a.jar and jars/b.jar contain the same 2 classes, such as x.X');
    // Unchanged files are not reported again.
    writeFiles(cwd, { 'app/macros/New.ijm': 'x' });
    expect(publish(cwd)).toMatchObject({ code: 0, problems: [] });
  });

  test('is refused if its plugins.config names a class that neither it nor another jar nor ImageJ contains', () => {
    const config =
      'P, "A", here.Here\nP, "B", there.There("x")\nP, "C", ij.plugin.Macro_Runner("(m.ijm)")\nP, "D", no.Where\n';
    const cwd = makeApp({
      'plugins/A_.jar': makeJar([{ name: 'here/Here' }], { 'plugins.config': config }),
      'jars/there.jar': makeJar([{ name: 'there/There' }]),
    });
    const published = publish(cwd);
    expect(published).toMatchObject({ code: 1, problems: ['error missing-command plugins/A_.jar'] });
    expect(published.text).toContain('names the class no.Where,');
  });

  test('for a newer Java than that of users is a warning', () => {
    const cwd = makeApp({
      'jars/a.jar': makeJar([
        { name: 'a/A', majorVersion: 65 },
        { name: 'a/B', majorVersion: 52 },
      ]),
    });
    writeFiles(cwd, { 'empty.xml': '<pluginRecords/>' });
    const args = ['preview', '--app-dir', 'app', '--upstream'];
    for (const site of ['Mine=empty.xml', 'fiji-latest=empty.xml'])
      expect(run(cwd, [...args, site])).toMatchObject({ code: 0, problems: [] });
    const published = run(cwd, [...args, 'fiji-stable=empty.xml']);
    expect(published).toMatchObject({ code: 0, problems: ['warning newer-java jars/a.jar'] });
    expect(published.text).toContain('compiled for Java 21, but the Fiji of the upstream sites runs Java 8');
  });

  test('with a class file that cannot be read is published with a warning', () => {
    const cwd = makeApp({ 'jars/a.jar': makeJar([{ name: 'a/A' }], { 'a/B.class': 'no class' }) });
    expect(publish(cwd)).toMatchObject({ code: 0, problems: ['warning unreadable-class jars/a.jar'] });
  });

  test('that is a SNAPSHOT is a warning, with another text on a tag', () => {
    const cwd = makeApp({ 'jars/a-1.0-SNAPSHOT.jar': LIBRARY });
    const args = ['preview', '--app-dir', 'app'];
    expect(run(cwd, args, { GITHUB_REF_TYPE: 'branch' })).toMatchObject({
      code: 0,
      problems: ['warning snapshot jars/a-1.0-SNAPSHOT.jar'],
    });
    expect(run(cwd, args, { GITHUB_REF_TYPE: 'tag' })).toMatchObject({
      code: 0,
      problems: ['warning snapshot-on-tag jars/a-1.0-SNAPSHOT.jar'],
    });
  });
});

describe('a file for some machines only', () => {
  test('without a platform is a warning, unless the configuration declares it for all platforms', () => {
    const cwd = makeApp({ 'lib/tool.dll': 'x', 'jars/x-natives-android-aarch64.jar': LIBRARY });
    expect(publish(cwd)).toMatchObject({
      code: 0,
      problems: [
        'warning no-platform jars/x-natives-android-aarch64.jar',
        'warning no-platform lib/tool.dll',
      ],
    });
    writeFiles(cwd, { 'all.yml': 'files: {"**/*": {platforms: []}}', 'app/lib/tool.dll': 'new' });
    expect(publish(cwd, '--config', 'all.yml')).toMatchObject({ code: 0, problems: [] });
  });

  test('is published to the folder of its platform, by its classifier', () => {
    const names = {
      'x-1.0-natives-linux-amd64.jar': 'linux64',
      'x-1.0-linux-x86_64.jar': 'linux64',
      'x-1.0-linux-i686.jar': 'linux32',
      'x-1.0-natives-linux-aarch64.jar': 'linux-arm64',
      'x-1.0-natives-macosx-universal.jar': 'macosx',
      'x-1.0-macosx-x86_64.jar': 'macos64',
      'x-1.0-macos-arm64.jar': 'macos-arm64',
      'x-1.0-natives-windows-amd64.jar': 'win64',
      'x-1.0-windows-x86.jar': 'win32',
      'x-1.0-natives-windows.jar': 'winx',
    };
    const cwd = makeFolder();
    writeFiles(
      path.join(cwd, 'target'),
      Object.fromEntries(Object.keys(names).map((name, at) => [name, makeJar([{ name: `n/N${at}` }])])),
    );
    const published = run(cwd, ['preview']);
    expect(published.problems).toEqual([]);
    expect(published.changes.sort()).toEqual(
      Object.entries(names)
        .map(([name, platform]) => `add jars/${platform}/${name}`)
        .sort(),
    );
  });
});

test('refuses to remove more than half of a site by accident', () => {
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`macros/M${at}.ijm`, 'x']));
  const cwd = makeApp(files);
  publish(cwd);
  const half = Object.fromEntries(Object.entries(files).slice(0, 6));
  const less = Object.fromEntries(Object.entries(files).slice(0, 5));
  writeFiles(path.join(cwd, 'half'), half);
  writeFiles(path.join(cwd, 'less'), less);
  expect(run(cwd, ['preview', '--app-dir', 'half', '--complete-site'])).toMatchObject({ code: 0 });
  const args = ['publish', '--app-dir', 'less', '--complete-site'];
  const refused = run(cwd, args);
  expect(refused).toMatchObject({ code: 1, problems: ['error mass-removal'], changes: [] });
  expect(refused.text).toContain('7 of the 12 files of the site would become obsolete: macros/M10.ijm, ');
  expect(run(cwd, [...args, '--allow-mass-removal'])).toMatchObject({ code: 0, problems: [] });
});
