import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeClass } from '../support/class-file.js';
import { makeFolder, writeFiles } from '../support/folders.js';
import { fileOf, git, makeBareRepository, refsOf } from '../support/git.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runCli } from '../support/program.js';
import { makeZip } from '../support/zip.js';

const T1 = '20260102030405';
const T2 = '20260202030405';
const FOR_ALL = { ideaVersion: 'since-build="242"' };

interface Result {
  changed: boolean;
  timestamp: string | null;
  commit: string | null;
  changes: { kind: string; path: string }[];
  problems: { severity: string; code: string; path?: string; message: string; hint: string }[];
  report?: { restored?: string[]; headline: string };
}

function resultOf({ stdout, stderr }: { stdout: string; stderr: string }): Result {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Result;
}

/** A problem without its texts. */
const codesOf = ({ problems }: Result) => problems.map(({ severity, code }) => `${severity} ${code}`);

/** Creates a site of two macros in a folder of a branch, and deletes the payload of one of them. */
function damagedBranch(directory: string): { cwd: string; repository: string } {
  const repository = makeBareRepository();
  const cwd = makeFolder();
  writeFiles(cwd, { 'app/macros/Größe A.ijm': 'a', 'app/macros/B.ijm': 'b' });
  if (onBranch(cwd, repository, directory, '--timestamp', T1).code !== 0)
    throw new Error('No site was made.');
  const work = makeFolder();
  git(work, 'clone', '--quiet', '--branch', 'gh-pages', repository, '.');
  git(work, 'rm', '--quiet', path.posix.join(directory, `macros/Größe A.ijm-${T1}`));
  git(work, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'Lose one');
  git(work, 'push', '--quiet');
  return { cwd, repository };
}

function onBranch(cwd: string, repository: string, directory: string, ...more: string[]) {
  const folder = directory === '' ? [] : ['--directory', directory];
  return runCli(['publish', '--app-dir', 'app', '--remote', repository, '--json', ...folder, ...more], {
    cwd,
  });
}

describe.each(['', 'updates/stable'])(
  'a payload that is missing on a branch, in folder "%s"',
  (directory) => {
    const stored = path.posix.join(directory, `macros/Größe A.ijm-${T1}`);
    const index = path.posix.join(directory, 'db.xml.gz');

    test('is written again under its old name if the build contains it, and the index does not change', () => {
      const { cwd, repository } = damagedBranch(directory);
      const before = fileOf(repository, index);
      const preview = resultOf(onBranch(cwd, repository, directory, '--dry-run'));
      expect(preview).toMatchObject({ changed: true, changes: [], timestamp: null, problems: [] });
      expect(preview.report).toMatchObject({
        restored: [`macros/Größe A.ijm-${T1}`],
        headline: 'Would be published: 1 missing payload stored again; users download 1 byte.',
      });
      const result = resultOf(onBranch(cwd, repository, directory));
      expect(result).toMatchObject({ changed: true, changes: [], timestamp: null, problems: [] });
      expect(result.commit).toBe(git(repository, 'rev-parse', 'gh-pages').trim());
      expect(fileOf(repository, stored).toString()).toBe('a');
      expect(fileOf(repository, index).equals(before)).toBe(true);
      expect(git(repository, 'diff', '--no-renames', '--name-status', '-z', 'gh-pages~', 'gh-pages')).toBe(
        `A\0${stored}\0`,
      );
      expect(git(repository, 'log', '-1', '--format=%B', 'gh-pages').trim()).toBe(
        `Store Größe A.ijm-${T1} again\n\n- Store again macros/Größe A.ijm-${T1}`,
      );
      const refs = refsOf(repository);
      expect(resultOf(onBranch(cwd, repository, directory))).toMatchObject({ changed: false, problems: [] });
      expect(refsOf(repository)).toBe(refs);
    });

    test('is a warning if the build does not contain it', () => {
      const { cwd, repository } = damagedBranch(directory);
      rmSync(path.join(cwd, 'app/macros/Größe A.ijm'));
      const refs = refsOf(repository);
      const result = resultOf(onBranch(cwd, repository, directory));
      expect(result).toMatchObject({ changed: false });
      expect(codesOf(result)).toEqual(['warning missing-payload']);
      expect(result.problems[0]?.message).toContain(`macros/Größe A.ijm-${T1}`);
      expect(refsOf(repository)).toBe(refs);
    });
  },
);

describe('a payload that is missing in a folder', () => {
  const ARGS = ['publish', '--app-dir', 'app', '--site-dir', 'site', '--json'];
  const stored = (cwd: string, file: string, stamp = T1) => path.join(cwd, 'site', `${file}-${stamp}`);

  function damaged(files: Record<string, string | Buffer>, lost: string): string {
    const cwd = makeFolder();
    writeFiles(cwd, Object.fromEntries(Object.entries(files).map(([file, bytes]) => [`app/${file}`, bytes])));
    expect(runCli([...ARGS, '--timestamp', T1], { cwd })).toMatchObject({ code: 0 });
    rmSync(stored(cwd, lost));
    return cwd;
  }

  test('is written again together with other changes', () => {
    const cwd = damaged({ 'macros/A.ijm': 'a', 'macros/B.ijm': 'b' }, 'macros/A.ijm');
    writeFiles(cwd, { 'app/macros/B.ijm': 'changed' });
    const result = resultOf(runCli([...ARGS, '--timestamp', T2], { cwd }));
    expect(result).toMatchObject({
      changed: true,
      timestamp: T2,
      changes: [{ kind: 'update', path: 'macros/B.ijm' }],
      problems: [],
    });
    expect(readFileSync(stored(cwd, 'macros/A.ijm'), 'utf8')).toBe('a');
    expect(existsSync(stored(cwd, 'macros/A.ijm', T2))).toBe(false);
  });

  test('is written again alone, without a change of the index', () => {
    const cwd = damaged({ 'macros/A.ijm': 'a', 'macros/B.ijm': 'b' }, 'macros/A.ijm');
    const index = path.join(cwd, 'site/db.xml.gz');
    const before = statSync(index, { bigint: true });
    const ran = runCli(
      ARGS.filter((arg) => arg !== '--json'),
      { cwd },
    );
    expect(ran.stdout).toContain('Published: 1 missing payload stored again; users download 1 byte.');
    expect(ran.stdout).toContain(`macros/A.ijm-${T1}`);
    expect(readFileSync(stored(cwd, 'macros/A.ijm'), 'utf8')).toBe('a');
    expect(statSync(index, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
  });

  test('is not replaced by a jar with the same checksum and another size, which clients would reject', () => {
    const jar = (padding: number) =>
      makeZip([{ name: 'META-INF/MANIFEST.MF', content: 'x'.repeat(padding), stored: true }]);
    const cwd = damaged({ 'jars/a-1.0.jar': jar(1) }, 'jars/a-1.0.jar');
    writeFiles(cwd, { 'app/jars/a-1.0.jar': jar(2) });
    const result = resultOf(runCli(ARGS, { cwd }));
    expect(result).toMatchObject({ changed: false });
    expect(codesOf(result)).toEqual(['warning missing-payload']);
    const [wanted, found] = [jar(1).length, jar(2).length];
    expect(result.problems[0]?.message).toContain(
      `jars/a-1.0.jar-${T1} (app/jars/a-1.0.jar has ${found} bytes, the index states ${wanted})`,
    );
    expect(result.problems[0]?.hint).toBe(
      'Publish the original file, byte for byte, or publish changed content, which is a new version.',
    );
    expect(existsSync(stored(cwd, 'jars/a-1.0.jar'))).toBe(false);
  });

  test('does not matter for a file that is updated, removed or published under a new name', () => {
    const files = { 'jars/a-1.0.jar': makeZip([{ name: 'a', content: 'a' }]), 'macros/B.ijm': 'b' };
    const renamed = damaged(files, 'jars/a-1.0.jar');
    rmSync(path.join(renamed, 'app/jars/a-1.0.jar'));
    writeFiles(renamed, { 'app/jars/a-1.1.jar': files['jars/a-1.0.jar'] });
    expect(resultOf(runCli([...ARGS, '--timestamp', T2], { cwd: renamed }))).toMatchObject({
      changes: [{ kind: 'rename' }],
      problems: [],
    });
    expect(existsSync(stored(renamed, 'jars/a-1.1.jar', T2))).toBe(true);
    const updated = damaged(files, 'macros/B.ijm');
    writeFiles(updated, { 'app/macros/B.ijm': 'changed' });
    expect(resultOf(runCli(ARGS, { cwd: updated }))).toMatchObject({
      changes: [{ kind: 'update' }],
      problems: [],
    });
    const removed = damaged(files, 'macros/B.ijm');
    rmSync(path.join(removed, 'app/macros/B.ijm'));
    expect(resultOf(runCli([...ARGS, '--complete-site'], { cwd: removed }))).toMatchObject({
      changes: [{ kind: 'remove' }],
      problems: [],
    });
  });

  test('is an error if a file that is added or restored depends on it', () => {
    // The manifest does not count in the checksum, but in the size.
    const jar = (manifest: string) =>
      makeZip([
        { name: 'META-INF/MANIFEST.MF', content: manifest, stored: true },
        { name: 'lib/Tool.class', content: makeClass({ name: 'lib/Tool' }) },
      ]);
    const library = jar('short');
    const plugin = makeZip([
      { name: 'me/Main.class', content: makeClass({ name: 'me/Main', references: ['lib/Tool'] }) },
    ]);
    const cwd = damaged({ 'jars/lib-1.0.jar': library }, 'jars/lib-1.0.jar');
    writeFiles(cwd, { 'app/jars/lib-1.0.jar': jar('longer'), 'app/plugins/My_Plugin.jar': plugin });
    const ran = runCli(ARGS, { cwd });
    expect(ran.code).toBe(1);
    expect(codesOf(resultOf(ran))).toContain('error missing-payload');
    const needed = resultOf(ran).problems.find(({ severity }) => severity === 'error');
    expect(needed).toMatchObject({
      path: 'plugins/My_Plugin.jar',
      message: expect.stringContaining(`jars/lib-1.0.jar-${T1}`) as string,
    });
    // With the original bytes in the build, one publication repairs everything.
    writeFiles(cwd, { 'app/jars/lib-1.0.jar': library });
    expect(resultOf(runCli(ARGS, { cwd }))).toMatchObject({
      changes: [{ kind: 'add', path: 'plugins/My_Plugin.jar' }],
      problems: [],
    });
    expect(readFileSync(stored(cwd, 'jars/lib-1.0.jar')).equals(library)).toBe(true);
  });
});

test('a missing archive of a plugin repository is stored again, or is a warning', () => {
  const cwd = makeFolder();
  writeFiles(cwd, { 'b/cells.zip': pluginZip(FOR_ALL) });
  const site = ['--site-dir', 'site', '--site-url', 'https://lab.github.io/tools/', '--json'];
  const publish = (files: string) =>
    resultOf(runCli(['publish', '--format', 'jetbrains', '--files', files, ...site], { cwd }));
  const archive = path.join(cwd, 'site/plugins/org.lab.cells/1.0.0/cells.zip');
  publish('b/*.zip');
  rmSync(archive);
  writeFiles(cwd, { 'c/other.zip': pluginZip({ ...FOR_ALL, id: 'org.lab.other', name: 'Other Tools' }) });
  expect(publish('c/*.zip').problems).toMatchObject([
    { severity: 'warning', code: 'missing-payload', path: 'plugins/org.lab.cells/1.0.0/cells.zip' },
  ]);
  expect(publish('b/*.zip')).toMatchObject({ changed: true, changes: [], timestamp: null, problems: [] });
  expect(existsSync(archive)).toBe(true);
});
