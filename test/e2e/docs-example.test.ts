import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../support/fixtures.js';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { indexOf, makeBareRepository } from '../support/git.js';
import { install, makeJar, pomEntry, type PomSpec } from '../support/maven.js';
import { runCli, runCliOnScreen } from '../support/program.js';

/** The page with the worked example. `UPDATE_GOLDEN=1 npm test -- docs-example` writes the output of the program into it. */
const PAGE = path.join(PROJECT, 'docs/how-it-decides.md');
const REPOSITORY = '/home/me/.m2/repository';
const REMOTE = 'git@github.com:me/cell-counter.git';
/** The hash of a commit depends on the moment of the run. */
const COMMIT = '5c1c1f0e4a3d9b7e6f2a8d0c9b4e7f3a1d2c6b58';

const IMGLIB: PomSpec = { id: 'net.imglib2:imglib2:6.0' };
const IMGLIB_JAR = makeJar([{ name: 'net/imglib2/Img' }], pomEntry(IMGLIB));
const CODEC: PomSpec = { id: 'org.example:codec:1.2', dependencies: ['net.imglib2:imglib2:6.0'] };
const CODEC_JAR = makeJar(
  [{ name: 'org/example/codec/Codec', references: ['net/imglib2/Img'] }],
  pomEntry(CODEC),
);
const PLUGIN: PomSpec = {
  id: 'org.example:Cell_Counter:1.0.0',
  dependencies: ['net.imglib2:imglib2:6.0', 'org.example:codec:1.2'],
  xml: '<description>Counts cells</description><developers><developer><name>Ann Lee</name></developer></developers>',
};
const PLUGIN_JAR = makeJar(
  [
    {
      name: 'org/example/Cell_Counter',
      references: ['net/imglib2/Img', 'org/example/codec/Codec', 'java/util/List'],
    },
  ],
  { 'plugins.config': 'Plugins>Cells, "Count", org.example.Cell_Counter\n', ...pomEntry(PLUGIN) },
);

/** Creates the build of the example, with the site of Fiji as a folder. */
function makeBuild(): { readonly cwd: string; readonly remote: string } {
  const cwd = makeFolder();
  writeFiles(cwd, {
    'target/Cell_Counter-1.0.0.jar': PLUGIN_JAR,
    'Fiji.app/jars/imglib2-6.0.jar': IMGLIB_JAR,
  });
  const fiji = ['--app-dir', 'Fiji.app', '--site-dir', 'fiji', '--timestamp', '20261120140955'];
  expect(runCli(['publish', ...fiji], { cwd })).toMatchObject({ code: 0 });
  const repository = path.join(cwd, 'm2');
  mkdirSync(repository);
  install(repository, IMGLIB, IMGLIB_JAR);
  install(repository, CODEC, CODEC_JAR);
  return { cwd, remote: makeBareRepository() };
}

/** Replaces the block of code of the page that begins with a text. */
function withBlock(page: string, beginning: string, block: string): string {
  const start = page.indexOf(`\n${beginning}`) + 1;
  const end = page.indexOf('```', start);
  expect(start).toBeGreaterThan(0);
  return page.slice(0, start) + block + page.slice(end);
}

posixTest('the worked example of the documentation shows what the program does', () => {
  const { cwd, remote } = makeBuild();
  const site = [
    '--remote',
    remote,
    '--upstream',
    'Fiji=fiji/db.xml.gz',
    '--maven-repository',
    path.join(cwd, 'm2'),
  ];
  const run = (command: string, ...args: readonly string[]) => {
    const text = runCliOnScreen([command, ...site, '--timestamp', '20261120140958', ...args], { cwd })
      .replaceAll(path.join(cwd, 'm2'), REPOSITORY)
      .replaceAll(remote, REMOTE)
      .replace(/[0-9a-f]{40}/, COMMIT)
      .trim();
    return `$ ${['update-site', command, '--remote', REMOTE, ...args].join(' ')}\n${text}\n`;
  };
  const text = readFileSync(PAGE, 'utf8');
  let page = withBlock(text, '$ update-site preview', run('preview'));
  page = withBlock(page, '$ update-site publish', run('publish', '--with-dependencies'));
  const records = indexOf(remote).match(/^ *<plugin [^]*?<\/plugin>\n/gm) ?? [];
  page = withBlock(page, '<plugin ', records.join('').replace(/^ {4}/gm, ''));
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(PAGE, page);
  else expect(text).toBe(page);
});
