import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, posixTest, writeFiles } from '../support/folders.js';
import { filesOf, makeBareRepository, refsOf } from '../support/git.js';
import { runAction, runCli } from '../support/program.js';

const linuxTest = process.platform === 'linux' ? test : test.skip;

function foreignFile(folder: string, extension: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/b`), Buffer.from([0xe9]), Buffer.from(extension)]),
    'x',
  );
}

describe('files that the packaged program reads from the disk', () => {
  posixTest('a link that a wildcard matches does not publish a file of the machine', () => {
    const cwd = makeFolder();
    const repository = makeBareRepository();
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    symlinkSync('/etc/passwd', path.join(cwd, 'app/macros/P.ijm'));
    symlinkSync('/', path.join(cwd, 'app/root'));
    const rules = ['--files', 'app/macros/*.ijm', '--files', 'app/**/*.lut'];
    const ran = runCli(['publish', ...rules, '--remote', repository, '--json'], { cwd });
    expect(ran.code).toBe(1);
    const { problems } = JSON.parse(ran.stdout) as { problems: { code: string; path: string }[] };
    expect(problems.map(({ code, path: where }) => `${code} ${where}`)).toEqual([
      'outside-link app/macros/P.ijm',
      'outside-link app/root',
    ]);
    expect(refsOf(repository)).toBe('');
  });

  posixTest(
    'a full path may lead anywhere on the command line, but only to allowed folders in a workflow',
    async () => {
      const cwd = makeFolder();
      const outside = makeFolder();
      const repository = makeBareRepository();
      writeFiles(outside, { 'A.ijm': 'a', 'm2/g/a/B.ijm': 'b' });
      symlinkSync(path.join(outside, 'A.ijm'), path.join(cwd, 'A.ijm'));
      const preview = runCli(['preview', '--files', 'A.ijm', '--site-dir', 'site', '--json'], { cwd });
      expect(preview.code).toBe(0);
      const files = `A.ijm\n${outside}/*.ijm => macros/\n${outside}/m2/g/a/B.ijm`;
      const inputs = { files, remote: repository, 'maven-repository': path.join(outside, 'm2') };
      const ran = await runAction(inputs, { cwd });
      expect(ran.code).toBe(1);
      expect(ran.stdout.match(/^::error title=outside-path::\S+/gm)).toHaveLength(2);
      expect(refsOf(repository)).toBe('');
      const allowed = { ...inputs, files: `${outside}/m2/g/a/B.ijm` };
      expect(await runAction(allowed, { cwd })).toMatchObject({ code: 0 });
      expect(filesOf(repository).join()).toContain('macros/B.ijm-');
    },
  );

  test('a pattern with ".." after a wildcard is refused', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'outside/a.txt': 'x', 'app/target/b.txt': 'x' });
    for (const pattern of [
      '*/../../outside/*.txt',
      'target/**/../../../outside/*',
      '{target,../outside}/*.txt',
    ]) {
      const args = ['preview', '--files', `${pattern} => lib/`, '--site-dir', 'site', '--json'];
      const ran = runCli([...args, '--upstream', 'none'], { cwd: path.join(cwd, 'app') });
      expect(ran.code).toBe(1);
      const { problems } = JSON.parse(ran.stdout) as { problems: { code: string; path: string }[] };
      expect(problems.map(({ code }) => code)).toEqual(['outside-path']);
    }
  });

  posixTest('a pattern in a workflow does not reach the login of the checkout', async () => {
    const cwd = makeFolder();
    const repository = makeBareRepository();
    writeFiles(cwd, { '.git/config': 'AUTHORIZATION', 'target/a.txt': 'x' });
    symlinkSync('.git', path.join(cwd, 'gitlink'));
    for (const pattern of [
      '*/../.git/config',
      '.gi[t]/config',
      'gitl*/config',
      '**/.git/config',
      '.git/conf*',
    ]) {
      const ran = await runAction({ files: `${pattern} => lib/`, remote: repository }, { cwd });
      expect({ pattern, code: ran.code }).toEqual({ pattern, code: 1 });
      expect(ran.stdout).toMatch(/::error title=(outside-path|no-artifact)/);
    }
    expect(refsOf(repository)).toBe('');
  });

  posixTest('a matched entry that cannot be read is reported, and not removed from the site', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'target/foo-1.0.txt': 'x', 'target/bar-1.0.txt': 'y' });
    const args = [
      'publish',
      '--files',
      'target/*.txt => lib/',
      '--site-dir',
      'site',
      '--complete-site',
      '--json',
    ];
    expect(runCli([...args, '--upstream', 'none'], { cwd }).code).toBe(0);
    rmSync(path.join(cwd, 'target/foo-1.0.txt'));
    symlinkSync('../build/foo-1.0.txt', path.join(cwd, 'target/foo-1.0.txt'));
    rmSync(path.join(cwd, 'target/bar-1.0.txt'));
    execFileSync('mkfifo', [path.join(cwd, 'target/bar-1.0.txt')]);
    const ran = runCli([...args, '--upstream', 'none'], { cwd });
    expect(ran.code).toBe(1);
    const { problems } = JSON.parse(ran.stdout) as { problems: { code: string; path: string }[] };
    expect(problems.map(({ code, path: where }) => `${code} ${where}`)).toEqual([
      'not-a-file target/bar-1.0.txt',
      'outside-link target/foo-1.0.txt',
    ]);
  });

  linuxTest('names that are not UTF-8 are reported with exit code 1', () => {
    const cwd = makeFolder();
    foreignFile(path.join(cwd, 'app/macros'), '.ijm');
    for (const args of [
      ['--app-dir', 'app'],
      ['--files', 'app/macros/*.ijm'],
    ]) {
      const ran = runCli(['publish', ...args, '--site-dir', 'site'], { cwd });
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(/The name of app\/macros\/b\ufffd\.ijm is not UTF-8/);
    }
    writeFiles(cwd, { 'ok.ijm': 'x' });
    foreignFile(path.join(cwd, 'site/macros'), '.ijm');
    foreignFile(path.join(cwd, 'site'), '');
    const beside = runCli(['publish', '--files', 'ok.ijm', '--site-dir', 'site'], { cwd });
    expect(beside).toMatchObject({ code: 0 });
    const named = runCli(['publish', '--files', 'ok.ijm', '--site-dir', 'b\ufffd'], { cwd });
    expect(named.code).toBe(2);
    expect(named.stderr).toContain('--site-dir: its name is not UTF-8');
  });
});
