import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { makeFolder, writeFiles } from '../support/folders.js';
import { makeJar, pomEntry } from '../support/maven.js';
import { runAction, runCli, type Ran } from '../support/program.js';

const POM = {
  id: 'org.example:My_Plugin:1.0',
  xml: '<description>From the POM</description><developers><developer><name>Pom Author</name></developer></developers>',
};

function makeBuild(config: string, file = '.github/update-site.yml'): string {
  const cwd = makeFolder();
  const jar = makeJar([{ name: 'M' }], { 'plugins.config': 'Plugins, "M", M\n', ...pomEntry(POM) });
  writeFiles(cwd, { 'app/plugins/My_Plugin-1.0.jar': jar, 'app/lib/linux64/tool': 'x', [file]: config });
  return cwd;
}

function publish(cwd: string, more: readonly string[] = []): Ran & { result: Result } {
  const ran = runCli(['publish', '--app-dir', 'app', '--site-dir', 'site', '--json', ...more], { cwd });
  return { ...ran, result: JSON.parse(ran.stdout) as Result };
}

interface Result {
  changed: boolean;
  unchanged: number;
  siteUrl: string | null;
  changes: { kind: string; path: string; checksum?: string }[];
  problems: { severity: string; code: string; hint: string }[];
}

function recordOf(cwd: string, filename: string): string {
  const xml = gunzipSync(readFileSync(path.join(cwd, 'site/db.xml.gz'))).toString('utf8');
  return new RegExp(`<plugin filename="${filename}"[\\s\\S]*?</plugin>`).exec(xml)?.[0] ?? '';
}

const CONFIG = `
site:
  name: My site
  description: Tools for *cells*
  url: https://example.org/mine
files:
  plugins/My_Plugin.jar:
    description: By hand
    authors: [Ann Lee]
    links: [https://example.org/]
    categories: [Segmentation]
    platforms: [win64]
    dependencies:
      add: [lib/linux64/tool]
      overrides: [lib/linux64/tool]
  lib/**:
    executable: true
`;

test('metadata from the configuration overrides metadata from the files', () => {
  const cwd = makeBuild(CONFIG);
  const { result } = publish(cwd, ['--timestamp', '20260102030405']);
  expect(result).toMatchObject({ changed: true, siteUrl: 'https://example.org/mine/', problems: [] });
  const record = recordOf(cwd, 'plugins/My_Plugin-1.0.jar')
    .replace(/ checksum="\w+"/, '')
    .replace(/ filesize="\d+"/, '');
  expect(record).toBe(`<plugin filename="plugins/My_Plugin-1.0.jar">
        <platform>win64</platform>
        <category>Segmentation</category>
        <version timestamp="20260102030405">
            <description>By hand</description>
            <dependency filename="lib/linux64/tool" timestamp="20260102030405" overrides="true"/>
            <link>https://example.org/</link>
            <author>Ann Lee</author>
        </version>
    </plugin>`);
  expect(recordOf(cwd, 'lib/linux64/tool')).toContain('executable="true"');
});

test('a mere change of metadata is published without a new payload', () => {
  const cwd = makeBuild(CONFIG);
  publish(cwd, ['--timestamp', '20260102030405']);
  expect(publish(cwd).result).toMatchObject({ changed: false, unchanged: 2 });
  writeFiles(cwd, { '.github/update-site.yml': CONFIG.replace('By hand', 'Updated') });
  const { result } = publish(cwd, ['--timestamp', '20260202030405']);
  expect(result).toMatchObject({
    changed: true,
    unchanged: 1,
    changes: [{ kind: 'metadata', path: 'plugins/My_Plugin-1.0.jar' }],
  });
  const record = recordOf(cwd, 'plugins/My_Plugin-1.0.jar');
  expect(record).toContain('<description>Updated</description>');
  expect(record).toContain('timestamp="20260102030405"');
  expect(record).not.toContain('previous-version');
  expect(publish(cwd).result.changed).toBe(false);
});

test('a missing file in the configuration is an error with near matches, and nothing is published', () => {
  const cwd = makeBuild('files: {plugins/My_Plugn.jar: {authors: [x]}, "macros/*": {authors: [y]}}');
  const { code, result } = publish(cwd);
  expect(code).toBe(1);
  expect(result.problems.map((problem) => problem.code)).toEqual([
    'config-matches-nothing',
    'config-matches-nothing',
  ]);
  expect(result.problems[0]?.hint).toContain('"plugins/My_Plugin.jar"');
});

test('an obsolete file in the configuration is only a warning', () => {
  const cwd = makeBuild('files: {lib/linux64/tool: {executable: true}}');
  publish(cwd);
  const ran = runCli(
    [
      'publish',
      '--remove',
      'lib/linux64/tool',
      '--files',
      'app/plugins/*.jar => plugins/',
      '--site-dir',
      'site',
      '--json',
    ],
    { cwd },
  );
  expect(ran.code).toBe(0);
  writeFiles(cwd, { 'app/plugins/Other_.jar': makeJar([{ name: 'O' }]) });
  const later = runCli(
    ['publish', '--files', 'app/plugins/*.jar => plugins/', '--site-dir', 'site', '--json'],
    { cwd },
  );
  expect(later.code).toBe(0);
  expect(later.stderr).toContain('which is obsolete');
});

test.each<[string, string]>([
  ['jars/nowhere.jar', 'unknown-dependency'],
  ['lib/linux64/tol', 'unknown-dependency'],
])('a dependency on %s is an error', (name, code) => {
  const ran = publish(makeBuild(`files: {plugins/My_Plugin.jar: {dependencies: {add: [${name}]}}}`));
  expect(ran.code).toBe(1);
  expect(ran.result.problems.map((problem) => problem.code)).toEqual([code]);
});

test('hints name the configuration of the run', () => {
  const cwd = makeBuild('site: {name: Tools}\n', 'my.yml');
  writeFiles(cwd, { 'libtool.so': 'x' });
  const hintsOf = (...args: string[]) =>
    publish(cwd, [...args, '--files', 'libtool.so => lib/', '--dry-run']).stderr;
  expect(hintsOf('--config', 'my.yml')).toContain('or set "platforms" for it in my.yml.');
  expect(hintsOf()).toContain('or set "platforms" for it in .github/update-site.yml.');
});

test('faults of the configuration are reported by line, together with those of the artifacts', () => {
  const cwd = makeBuild('files:\n  plugins/My_Plugin.jar:\n    author: [x]\n', 'my.yml');
  const ran = publish(cwd, ['--config', 'my.yml', '--files', 'none.jar']);
  expect(ran.code).toBe(1);
  expect(ran.result.problems.map((problem) => problem.code)).toEqual(['bad-config', 'no-artifact']);
  expect(ran.stderr).toContain('my.yml, line 3: the key "author" is unknown here');
  expect(ran.stderr).toContain('Did you mean "authors"?');
  expect(publish(cwd, ['--config', 'gone.yml']).stderr).toContain(
    'The configuration gone.yml does not exist',
  );
});

test('the action reads the configuration from the repository, and shows the name of the site', async () => {
  const cwd = makeBuild(CONFIG);
  const ran = await runAction({ 'app-dir': 'app', 'site-dir': 'site' }, { cwd });
  expect(ran.code).toBe(0);
  expect(ran.outputs['site-url']).toBe('https://example.org/mine/');
  expect(ran.summary).toContain('### ✅ Update site My site: ');
});

test('the levels of problems in the configuration decide whether a run is refused', () => {
  const named = 'files: {plugins/My_Plugn.jar: {authors: [x]}}\n';
  const refused = publish(makeBuild(named));
  expect(refused).toMatchObject({ code: 1, result: { changed: false } });
  const lowered = publish(makeBuild(`${named}problems: {config-matches-nothing: warning}`));
  expect(lowered).toMatchObject({
    code: 0,
    result: { changed: true, problems: [{ severity: 'warning', code: 'config-matches-nothing' }] },
  });
  const ignored = publish(makeBuild(`${named}problems: {config-matches-nothing: ignore}`));
  expect(ignored).toMatchObject({ code: 0, result: { changed: true, problems: [] } });
});
