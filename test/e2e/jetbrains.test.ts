import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { fileOf, filesOf, git, makeBareRepository, refsOf } from '../support/git.js';
import { offeredTo, offersOf } from '../support/ide.js';
import { pluginZip, type PluginXml } from '../support/plugin-archive.js';
import { runAction, runCli, startCli, type Ran } from '../support/program.js';
import { serveWeb, type WebServer } from '../support/web.js';

const SITE_URL = 'https://lab.github.io/tools/';
const ID = 'org.lab.cells';

let cwd: string;
let repository: string;

beforeEach(() => {
  cwd = makeFolder();
  repository = makeBareRepository();
});

function build(given: PluginXml = {}, name = `cells-${given.version ?? '1.0.0'}.zip`): void {
  writeFiles(cwd, { [`build/distributions/${name}`]: pluginZip(given) });
}

function clean(): void {
  cwd = makeFolder();
}

function run(command: string, ...args: string[]): Ran {
  const site = ['--remote', repository, '--site-url', SITE_URL, '--timestamp', '20261120093212'];
  return runCli([command, '--format', 'jetbrains', ...site, ...args], { cwd });
}

const publish = (...args: string[]) => run('publish', ...args);
const index = (file = 'updatePlugins.xml') => fileOf(repository, file).toString();

test('the archives of a Gradle build become a repository', () => {
  build({ ideaVersion: 'since-build="261"' });
  const ran = publish('--json');
  expect(ran).toMatchObject({ code: 0 });
  expect(JSON.parse(ran.stdout)).toMatchObject({
    changed: true,
    changes: [{ kind: 'add', path: `plugins/${ID}/1.0.0/cells-1.0.0.zip` }],
    problems: [],
  });
  expect(filesOf(repository)).toEqual([
    '.nojekyll',
    `plugins/${ID}/1.0.0/cells-1.0.0.zip`,
    'updatePlugins-261.xml',
    'updatePlugins-262.xml',
    'updatePlugins-263.xml',
    'updatePlugins-versions.json',
    'updatePlugins.xml',
  ]);
  expect(fileOf(repository, `plugins/${ID}/1.0.0/cells-1.0.0.zip`)).toEqual(
    pluginZip({ ideaVersion: 'since-build="261"' }),
  );
  expect(index()).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<plugins>
  <plugin id="${ID}" url="${SITE_URL}plugins/${ID}/1.0.0/cells-1.0.0.zip" version="1.0.0">
    <idea-version since-build="261"/>
    <name>Cell Tools</name>
    <vendor email="lab@lab.org" url="https://lab.org">The Lab</vendor>
    <description><![CDATA[<p>Counts the cells of an image, and draws a circle around each.</p>]]></description>
    <depends>com.intellij.modules.platform</depends>
  </plugin>
</plugins>
`);
  expect(offeredTo(index(), '262.5')).toMatchObject([
    {
      id: ID,
      url: `${SITE_URL}plugins/${ID}/1.0.0/cells-1.0.0.zip`,
      version: '1.0.0',
      name: 'Cell Tools',
      vendor: 'The Lab',
      description: '<p>Counts the cells of an image, and draws a circle around each.</p>',
    },
  ]);
  expect(offeredTo(index(), '252.5')).toEqual([]);
});

test('publishing again changes nothing, and a new version is offered beside the old one for other IDEs', () => {
  build({ ideaVersion: 'since-build="242" until-build="251.*"' });
  publish();
  const head = refsOf(repository);
  expect(publish().stdout).toContain('Nothing to publish');
  expect(refsOf(repository)).toBe(head);
  build({ version: '1.1.0', ideaVersion: 'since-build="251" until-build="263.*"' });
  const ran = publish();
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toContain('Published: 1 plugin updated; users download');
  expect(ran.stdout).toContain('1 archive unchanged');
  expect(ran.stdout).toContain('for IDEs: "2025.1 to 2026.3"');
  expect(ran.stdout).toContain(`What IDEs are offered:
  ${ID}  2025.1            1.0.0 → 1.1.0
  ${ID}  2025.2 to 2026.3  not offered → 1.1.0
`);
  expect(ran.stdout).toContain(`URL for the IDE: ${SITE_URL}updatePlugins.xml`);
  for (const [ide, version] of Object.entries({ '242.1': '1.0.0', '251.7': '1.1.0', '263.1': '1.1.0' }))
    expect(offersOf(index(), ide)).toEqual({ [ID]: version });
  expect(index('updatePlugins-251.xml')).not.toContain('cells-1.0.0');
});

test('a preview shows what would change, and writes nothing', () => {
  build();
  publish();
  clean();
  build({ version: '2.0.0', description: '<![CDATA[Counts cells in another way, which is much better.]]>' });
  const head = refsOf(repository);
  const ran = run('preview', '--diff');
  expect(ran.code).toBe(0);
  expect(refsOf(repository)).toBe(head);
  expect(ran.stdout).toContain('+++ updatePlugins.xml (after)');
  expect(ran.stdout).toContain('-  <plugin id="org.lab.cells"');
  expect(ran.stdout).toContain(
    'description: "Counts the cells of an image, and draws a circle around each." → "Counts cells in',
  );
  expect(run('preview', '--markdown').stdout).toContain(' Plugin repository: 1 plugin changes');
});

test('a published version never changes', () => {
  build();
  publish();
  clean();
  build({ description: 'Other bytes under the same version, without any other change.' });
  const head = refsOf(repository);
  const ran = publish();
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(`${ID} 1.0.0 was published with different content`);
  expect(refsOf(repository)).toBe(head);
});

test('exactly the newest versions stay with "keep", however often old archives are built', () => {
  build({ version: '1.0' });
  publish();
  for (const version of ['1.1', '1.2', '1.3']) build({ version });
  const keep = () => publish('--files', 'build/distributions/*.zip', '--keep', '2');
  const first = keep();
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toContain('Only the newest 2 of each plugin for the same IDEs are kept');
  expect([...index().matchAll(/cells-([\d.]+)\.zip/g)].map(([, version]) => version)).toEqual(['1.3']);
  expect(index('updatePlugins-versions.json')).toContain('"1.2"');
  expect(index('updatePlugins-versions.json')).not.toContain('"1.1"');
  const head = refsOf(repository);
  expect(keep().stdout).toContain('Nothing to publish');
  expect(refsOf(repository)).toBe(head);
});

test('every variant is offered to its own system', () => {
  for (const [name, module] of Object.entries({ 'linux-x86_64': 'x86_64', 'linux-aarch64': 'arm64' }))
    build({
      version: `1.0.0-${name}`,
      ideaVersion: 'since-build="261"',
      more: `<depends>com.intellij.modules.os.linux</depends><depends>com.intellij.modules.arch.${module}</depends>`,
    });
  const ran = publish();
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toContain(`${ID} 1.0.0 (linux-arm64, linux-x86_64)`);
  expect(ran.stderr).toContain(
    'supports linux-x86_64, linux-arm64, but not windows-x86_64, windows-arm64, mac-x86_64, mac-arm64.',
  );
  for (const file of ['updatePlugins.xml', 'updatePlugins-262.xml']) {
    expect(offersOf(index(file), '262.5', { os: 'linux', arch: 'arm64' })).toEqual({
      [ID]: '1.0.0-linux-aarch64',
    });
    expect(offersOf(index(file), '262.5', { os: 'mac', arch: 'arm64' })).toEqual({});
  }
});

test('a removed version is no longer offered, and the next publication deletes its archive', () => {
  for (const version of ['1.0.0', '1.1.0']) {
    build({ version });
    publish();
    clean();
  }
  expect(offersOf(index(), '242.1')).toEqual({ [ID]: '1.1.0' });
  const removed = publish('--remove', `${ID}@1.1.0`);
  expect(removed).toMatchObject({ code: 0 });
  expect(removed.stdout).toContain(`! ${ID}  2024.2 to 2025.1  1.1.0 → 1.0.0, lower than before\n`);
  expect(offersOf(index(), '242.1')).toEqual({ [ID]: '1.0.0' });
  const archive = `plugins/${ID}/1.1.0/cells-1.1.0.zip`;
  expect(filesOf(repository)).toContain(archive);
  build({ version: '1.2.0' });
  publish();
  expect(filesOf(repository)).not.toContain(archive);
  expect(git(repository, 'log', '-1', '--format=', '--name-status', 'gh-pages')).toContain(`D\t${archive}`);
  expect(filesOf(repository)).toContain(`plugins/${ID}/1.0.0/cells-1.0.0.zip`);
  clean();
  expect(publish('--remove', ID)).toMatchObject({ code: 0 });
  expect(offersOf(index(), '242.1')).toEqual({});
  expect(publish('--remove', 'org.lab.cell').stderr).toContain('does not offer a plugin "org.lab.cell"');
});

test('a removal needs nothing else, even if the removed archive is still in the build', () => {
  build({ version: '1.0.0' });
  publish();
  const removed = runCli(
    ['publish', '--format', 'jetbrains', '--remote', repository, '--remove', `${ID}@1.0.0`],
    { cwd },
  );
  expect(removed).toMatchObject({ code: 0 });
  expect(removed.stdout).toContain(
    'Not published, because "--remove" names the version: build/distributions/cells-1.0.0.zip.\n',
  );
  expect(offersOf(index(), '242.1')).toEqual({});
  build({ version: '1.1.0' });
  const named = publish('--remove', `${ID}@1.1.0`, '--files', 'build/distributions/cells-1.1.0.zip');
  expect(named.code).toBe(1);
  expect(named.stderr).toContain(
    'is to be removed, but build/distributions/cells-1.1.0.zip is to be published.',
  );
});

test('--keep keeps the newest version of each range, with its archive', () => {
  for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
    build({ version });
    publish('--keep', '2');
    clean();
  }
  expect(filesOf(repository).filter((file) => file.endsWith('.zip'))).toHaveLength(3);
  build({ version: '1.3.0' });
  publish('--keep', '2');
  expect(filesOf(repository).filter((file) => file.endsWith('.zip'))).toEqual([
    `plugins/${ID}/1.1.0/cells-1.1.0.zip`,
    `plugins/${ID}/1.2.0/cells-1.2.0.zip`,
    `plugins/${ID}/1.3.0/cells-1.3.0.zip`,
  ]);
});

test('entries of other tools do not change by a character', () => {
  const other = `<plugin id='org.else' url="https://else.org/p.zip"   version="3" x="1"><idea-version since-build="231"/><new/></plugin>`;
  writeFiles(cwd, { 'site/updatePlugins.xml': `<plugins>\n${other}\n</plugins>` });
  build();
  const args = ['--format', 'jetbrains', '--site-dir', 'site', '--site-url', SITE_URL];
  expect(runCli(['publish', ...args], { cwd })).toMatchObject({ code: 0 });
  const written = readFileSync(path.join(cwd, 'site/updatePlugins.xml'), 'utf8');
  expect(written).toContain(other);
  expect(offersOf(written, '242.1')).toEqual({ 'org.else': '3', [ID]: '1.0.0' });
});

test('a publication to a folder also deletes the archives of removed versions', () => {
  const publishToFolder = (...more: string[]) =>
    runCli(['publish', '--format', 'jetbrains', '--site-dir', 'site', '--site-url', SITE_URL, ...more], {
      cwd,
    });
  const folder = path.join(cwd, `site/plugins/${ID}`);
  build();
  publishToFolder();
  rmSync(path.join(cwd, 'build'), { recursive: true });
  expect(publishToFolder('--remove', ID)).toMatchObject({ code: 0 });
  expect(existsSync(path.join(folder, '1.0.0/cells-1.0.0.zip'))).toBe(true);
  build({ version: '1.1.0' });
  expect(publishToFolder()).toMatchObject({ code: 0 });
  expect(readdirSync(folder)).toEqual(['1.1.0']);
});

test('concurrent publications all succeed', async () => {
  const builds = Array.from({ length: 5 }, (_, at) => {
    clean();
    build({ id: `org.lab.p${at}`, name: `Tool ${at}` });
    return cwd;
  });
  const args = ['publish', '--format', 'jetbrains', '--remote', repository, '--site-url', SITE_URL];
  const ran = await Promise.all(builds.map((folder) => startCli(args, { cwd: folder })));
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
  expect(Object.keys(offersOf(index(), '242.1')).sort()).toEqual(builds.map((_, at) => `org.lab.p${at}`));
});

test('a channel has its own archives, and also offers the stable versions', () => {
  build();
  publish();
  clean();
  build({ version: '2.0.0-eap.1' });
  const ran = publish('--channel', 'eap');
  // The site in the folder above does not cause a warning.
  expect(ran.stderr).not.toContain('elsewhere');
  expect(ran.stdout).toContain(`URL for the IDE: ${SITE_URL}eap/updatePlugins.xml`);
  expect(index('eap/updatePlugins.xml')).toContain(`url="${SITE_URL}eap/plugins/${ID}/2.0.0-eap.1/`);
  expect(index()).not.toContain('2.0.0');
  expect(publish('--channel', 'eap').stdout).toContain('Nothing to publish');
});

test('a stable publication updates its channels in the same commit, and does not change other folders', () => {
  build();
  publish();
  publish('--channel', 'eap');
  publish('--directory', 'other');
  clean();
  build({ version: '1.1.0' });
  const before = git(repository, 'rev-parse', 'gh-pages');
  const other = index('other/updatePlugins.xml');
  const preview = run('preview');
  expect(preview.stdout).toContain('channel eap brought up to date');
  expect(git(repository, 'rev-parse', 'gh-pages')).toBe(before);
  const ran = publish();
  expect(ran.stdout).toContain('1 plugin updated, channel eap brought up to date');
  expect(git(repository, 'rev-parse', 'gh-pages~1')).toBe(before);
  expect(offersOf(index('eap/updatePlugins.xml'), '242.1')).toEqual({ [ID]: '1.1.0' });
  expect(index('eap/updatePlugins.xml')).toContain(`url="${SITE_URL}plugins/${ID}/1.1.0/`);
  expect(index('eap/updatePlugins-242.xml')).toContain('1.1.0');
  expect(index('other/updatePlugins.xml')).toBe(other);

  rmSync(path.join(cwd, 'build'), { recursive: true });
  expect(publish('--remove', ID)).toMatchObject({ code: 0 });
  expect(offersOf(index('eap/updatePlugins.xml'), '242.1')).toEqual({});
});

test('a channel may be published first', () => {
  build({ version: '2.0.0-eap.1' });
  expect(publish('--channel', 'eap').stderr).toContain('the first publication');
  clean();
  build();
  const ran = publish();
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stderr).not.toContain('elsewhere');
  expect(ran.stdout).not.toContain('brought up to date');
  expect(offersOf(index('eap/updatePlugins.xml'), '242.1')).toEqual({ [ID]: '2.0.0-eap.1' });
});

test('concurrent stable and channel publications to a folder all succeed', async () => {
  build();
  const args = ['publish', '--format', 'jetbrains', '--site-dir', 'site', '--site-url', SITE_URL];
  expect(runCli(args, { cwd })).toMatchObject({ code: 0 });
  expect(runCli([...args, '--channel', 'eap'], { cwd })).toMatchObject({ code: 0 });
  const runs = ['1.1.0', '1.2.0', '1.3.0', '1.4.0-eap'].map((version) => {
    build({ version }, `v${version}.zip`);
    const files = ['--files', `build/distributions/v${version}.zip`];
    return startCli([...args, ...files, ...(version.endsWith('eap') ? ['--channel', 'eap'] : [])], { cwd });
  });
  expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const read = (file: string) => readFileSync(path.join(cwd, 'site', file), 'utf8');
  expect(offersOf(read('updatePlugins.xml'), '242.1')).toEqual({ [ID]: '1.3.0' });
  expect(offersOf(read('eap/updatePlugins.xml'), '242.1')).toEqual({ [ID]: '1.4.0-eap' });
  const history = JSON.parse(read('updatePlugins-versions.json')) as { versions: { version: string }[] };
  expect(history.versions.map(({ version }) => version).sort()).toEqual(['1.0.0', '1.1.0', '1.2.0', '1.3.0']);
});

test.each([
  ['its index', 'updatePlugins.xml', 'In the channel eap: updatePlugins.xml of the site cannot be read'],
  ['its history', 'updatePlugins-versions.json', 'it is not known whether its folder is a channel'],
])('a channel that cannot be read because of %s prevents the publication', (_, file, message) => {
  build();
  const args = ['publish', '--format', 'jetbrains', '--site-dir', 'site', '--site-url', SITE_URL];
  runCli(args, { cwd });
  runCli([...args, '--channel', 'eap'], { cwd });
  writeFiles(cwd, { [`site/eap/${file}`]: '{<' });
  build({ version: '1.1.0' });
  const ran = runCli(args, { cwd });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(message);
  expect(readFileSync(path.join(cwd, 'site/eap', file), 'utf8')).toBe('{<');
  expect(readFileSync(path.join(cwd, 'site/updatePlugins.xml'), 'utf8')).not.toContain('1.1.0');
});

test.each([
  [
    'of the channel, by the repository',
    'eap/updatePlugins.xml',
    [],
    'In the channel eap: updatePlugins.xml is missing',
  ],
  ['of the repository, by itself', 'updatePlugins.xml', [], 'updatePlugins.xml is missing beside'],
  [
    'of the channel, by itself',
    'eap/updatePlugins.xml',
    ['--channel', 'eap'],
    'In the channel eap: updatePlugins.xml is missing',
  ],
  [
    'of the repository, by the channel',
    'updatePlugins.xml',
    ['--channel', 'eap'],
    'updatePlugins.xml is missing',
  ],
])('a missing index %s prevents the publication', (_, file, more, message) => {
  build();
  const args = ['publish', '--format', 'jetbrains', '--site-dir', 'site', '--site-url', SITE_URL];
  runCli(args, { cwd });
  build({ version: '1.1.0-eap' });
  runCli([...args, '--channel', 'eap'], { cwd });
  rmSync(path.join(cwd, 'site', file));
  build({ version: '1.2.0' });
  const ran = runCli([...args, ...more], { cwd });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(message);
  expect(existsSync(path.join(cwd, 'site', file))).toBe(false);
});

test('a version that the channel has with other bytes is reported', () => {
  build();
  publish('--channel', 'eap');
  build({ description: '<![CDATA[Counts the cells of an image once more, and draws circles.]]>' });
  const ran = publish();
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain(
    `In the channel eap: The channel and the repository in the parent folder offer different archives of ${ID} 1.0.0.`,
  );
});

test('an option with an empty value is a usage error, because its variable was not set', () => {
  build();
  const ran = publish('--channel', '');
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('--channel has an empty value');
});

describe('archives on another server', () => {
  let server: WebServer;
  let asked: string[];
  let there: Record<string, Buffer>;

  beforeEach(async () => {
    [asked, there] = [[], {}];
    server = await serveWeb((request, response) => {
      asked.push(request.url ?? '');
      const found = there[request.url ?? ''];
      response.writeHead(found ? 200 : 404).end(found);
    });
  });
  afterEach(() => server.close());

  const publishTo = async (command: string, ...more: string[]) => {
    const template = ['--archive-url', `${server.url}/v{version}/{file}`];
    const args = [command, '--format', 'jetbrains', '--remote', repository, ...template, ...more];
    return startCli(args, { cwd });
  };

  test('are read from the build, requested once, and not copied', async () => {
    build();
    const preview = await publishTo('preview');
    expect(preview.stdout).toContain(
      `not copied to the site: IDEs download it from ${server.url}/v1.0.0/cells-1.0.0.zip`,
    );
    expect(asked).toEqual([]);
    const early = await publishTo('publish');
    expect(early.code).toBe(1);
    expect(early.stderr).toContain('which cannot be downloaded: the server responded with 404 Not Found');
    expect(refsOf(repository)).toBe('');

    there['/v1.0.0/cells-1.0.0.zip'] = Buffer.concat([pluginZip(), Buffer.from('x')]);
    expect((await publishTo('publish')).stderr).toContain('it has more than the');

    asked = [];
    there['/v1.0.0/cells-1.0.0.zip'] = pluginZip();
    expect(await publishTo('publish')).toMatchObject({ code: 0 });
    expect(asked).toEqual(['/v1.0.0/cells-1.0.0.zip']);
    expect(offeredTo(index(), '242.1')[0]?.url).toBe(`${server.url}/v1.0.0/cells-1.0.0.zip`);
    expect(filesOf(repository).filter((file) => file.startsWith('plugins/'))).toEqual([]);

    expect((await publishTo('publish')).stdout).toContain('Nothing to publish');
    expect(asked).toHaveLength(1);
  });

  test('may be uploaded later', async () => {
    build();
    expect(await publishTo('publish', '--archive-check', 'off')).toMatchObject({ code: 0 });
    expect(asked).toEqual([]);
  });

  test('need an address for each version', async () => {
    build();
    const ran = await publishTo('publish', '--archive-url', 'https://e.org/tool.zip');
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stderr).toContain('all versions would have the same address');
  });
});

test('all faults are reported together, and nothing is published', () => {
  build({ version: undefined, vendor: undefined }, 'a.zip');
  build({ ideaVersion: 'since-build="x"' }, 'b.zip');
  writeFiles(cwd, { 'build/distributions/c.zip': 'no archive' });
  const ran = publish('--json');
  expect(ran.code).toBe(1);
  const { problems } = JSON.parse(ran.stdout) as { problems: { code: string; path: string }[] };
  expect(problems.map(({ code, path: file }) => `${file.split('/').at(-1) ?? ''} ${code}`).sort()).toEqual([
    'a.zip missing-element',
    'a.zip missing-element',
    'b.zip bad-since-build',
    'c.zip unreadable-artifact',
  ]);
  expect(refsOf(repository)).toBe('');
});

test.each([
  ['no address', [], 'public address of the site is unknown'],
  ['an address that is not secure', ['--site-url', 'http://lab.org/'], 'does not begin with https'],
])('%s is refused', (_, args, message) => {
  build();
  const ran = runCli(['publish', '--format', 'jetbrains', '--remote', repository, ...args], { cwd });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(message);
});

test('options of the other format are usage errors', () => {
  const ran = run('publish', '--app-dir', 'x', '--with-dependencies', '--keep', '0', '--channel', 'A B');
  expect(ran.code).toBe(2);
  for (const name of [
    '--app-dir: it is for the format imagej',
    '--with-dependencies: it is',
    '--keep: "0"',
    '--channel: "A B"',
  ])
    expect(ran.stderr).toContain(name);
  expect(runCli(['publish', '--site-dir', 's', '--keep', '1'], { cwd }).stderr).toContain(
    'for the format jetbrains',
  );
});

test('--fail-on warning refuses a publication with warnings', () => {
  build({ name: 'My Plugin' });
  expect(publish('--fail-on', 'warning').code).toBe(1);
  expect(refsOf(repository)).toBe('');
  expect(publish().stderr).toContain('<name> contains the word "Plugin"');
});

test('the action does the same, with the defaults of its inputs', async () => {
  build();
  const ran = await runAction(
    {
      format: 'jetbrains',
      remote: repository,
      'site-url': SITE_URL,
      upstream: 'fiji-latest',
      'on-shadow': 'error',
      dependencies: 'auto',
      'complete-site': 'false',
      mode: 'auto',
    },
    { cwd },
  );
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.summary).toContain(' Plugin repository: 1 plugin changed');
  expect(ran.outputs['published-files']).toBe(`plugins/${ID}/1.0.0/cells-1.0.0.zip`);
  expect(index()).toContain(ID);
});

test('the action reports mistakes in its inputs with the right title', async () => {
  const ran = await runAction({ format: 'jetbrains', remote: repository, keep: '0' }, { cwd });
  expect(ran.code).toBe(1);
  expect(ran.summary).toContain('### ❌ Plugin repository: not published, 1 problem to fix\n');
  expect(ran.stdout).toContain('input "keep"');
});

test('on a pull request the action shows what would change, and writes nothing', async () => {
  build();
  publish();
  clean();
  build({ version: '1.1.0', ideaVersion: 'since-build="251"' });
  const head = refsOf(repository);
  const ran = await runAction(
    { format: 'jetbrains', remote: repository, 'site-url': SITE_URL, mode: 'auto', 'report-file': 'r.json' },
    { cwd, env: { GITHUB_EVENT_NAME: 'pull_request' } },
  );
  expect(ran).toMatchObject({ code: 0, outputs: { changed: 'true' } });
  expect(refsOf(repository)).toBe(head);
  expect(ran.summary).toContain(' Plugin repository: 1 plugin changes');
  expect(ran.summary).toContain(`| ⬆️ | **${ID}** | 1.0.0 → **1.1.0** |`);
  expect(ran.summary).toContain(`| **${ID}** | 2025.2 and later | not offered | 1.1.0 |`);
  expect(JSON.parse(readFileSync(path.join(cwd, 'r.json'), 'utf8'))).toMatchObject({
    format: 'jetbrains',
    changes: [{ details: { subject: ID } }],
    offers: {
      rows: [
        { plugin: ID, ides: '2025.1' },
        { plugin: ID, ides: '2025.2 and later' },
      ],
      more: 0,
    },
  });
});

test('IDEs are offered the versions that are served over HTTP, and diff compares two states', async () => {
  build();
  publish();
  const before = index();
  clean();
  build({ version: '2.0.0' });
  publish();
  const server = await serveWeb((request, response) => {
    const file = decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname).slice(1);
    if (filesOf(repository).includes(file)) response.end(fileOf(repository, file));
    else response.writeHead(404).end();
  });
  try {
    const text = await (await fetch(`${server.url}/updatePlugins.xml?build=IU-242.20224.300`)).text();
    expect(offersOf(text, '242.20224.300')).toEqual({ [ID]: '2.0.0' });
    const [, url = ''] = /url="([^"]+)"/.exec(text) ?? [];
    const archive = await fetch(url.replace(SITE_URL, `${server.url}/`));
    expect(Buffer.from(await archive.arrayBuffer())).toEqual(pluginZip({ version: '2.0.0' }));
  } finally {
    await server.close();
  }
  writeFiles(cwd, { 'before.xml': before, 'after.xml': index(), 'updatePlugins-old.xml': before });
  const ran = runCli(['diff', 'before.xml', 'after.xml', '--format', 'jetbrains'], { cwd });
  expect(ran.code).toBe(0);
  // The name of an index determines its format.
  expect(runCli(['diff', 'updatePlugins-old.xml', 'after.xml'], { cwd })).toEqual(ran);
  expect(runCli(['diff', 'before.xml', 'after.xml'], { cwd }).code).toBe(1);
  expect(ran.stdout).toContain('Changed: 1 plugin updated, 1 version removed');
  expect(ran.stdout).toContain(`What IDEs are offered:\n  ${ID}  2024.2 to 2025.1  1.0.0 → 2.0.0\n`);
});

test('verify reports the file of a branch that does not fit the index', () => {
  build();
  const site = ['--site-dir', 'site', '--site-url', SITE_URL];
  expect(runCli(['publish', '--format', 'jetbrains', ...site], { cwd })).toMatchObject({ code: 0 });
  expect(runCli(['verify', 'site'], { cwd })).toMatchObject({ code: 0 });
  writeFiles(cwd, { 'site/updatePlugins-243.xml': '<plugins/>' });
  const { code, stdout } = runCli(['verify', 'site'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain(
    `updatePlugins-243.xml: it does not fit updatePlugins.xml: it does not contain ${ID} 1.0.0\n`,
  );
  const backup = runCli(['export', 'b.zip', 'site'], { cwd });
  expect(backup.code).toBe(0);
  expect(runCli(['verify', 'zip:b.zip'], { cwd }).stdout).toContain('updatePlugins-243.xml: it does not fit');
});
