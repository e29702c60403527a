import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../support/folders.js';
import { filesOf, git, indexOf, makeBareRepository } from '../support/git.js';
import { runCli } from '../support/program.js';

/** Where Debian's packages of Java libraries put their jars. */
const JAVA = '/usr/share/java';
const ENOUGH = 50;
/** What may be found in packages of all kinds that were not made to go together. */
const INCOMPLETE = new Set(['missing-dependency', 'duplicate-class']);

const jars = existsSync(JAVA)
  ? readdirSync(JAVA, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.jar') && lstatSync(path.join(JAVA, name)).isFile(),
    )
  : [];

if (jars.length < ENOUGH) {
  test.todo(`there are ${jars.length} jars in ${JAVA}; Debian's packages imagej and maven bring more`);
} else {
  test(`${jars.length} real jars are published, and the second time there is nothing to do`, () => {
    const cwd = makeFolder();
    mkdirSync(path.join(cwd, 'app/jars'), { recursive: true });
    for (const jar of jars)
      copyFileSync(path.join(JAVA, jar), path.join(cwd, 'app/jars', path.basename(jar)));
    const ij = jars.find((name) => /^ij(-[\d.a-z]+)?\.jar$/.test(path.basename(name)));
    const repository = makeBareRepository();
    const usual = ['--app-dir', 'app', '--complete-site', '--remote', repository, '--json'];
    const looked = JSON.parse(runCli(['preview', ...usual], { cwd }).stdout) as {
      problems: { code: string }[];
    };
    expect(looked.problems.filter(({ code }) => !INCOMPLETE.has(code))).toEqual([]);
    const args = ['publish', ...usual, '--dependencies', 'none'];
    const first = runCli(args, { cwd });
    expect(first).toMatchObject({ code: 0 });
    const names = readdirSync(path.join(cwd, 'app/jars'));
    const { changes, timestamp } = JSON.parse(first.stdout) as { changes: unknown[]; timestamp: string };
    expect(changes).toHaveLength(names.length);
    expect(filesOf(repository)).toEqual([
      '.nojekyll',
      'db.xml.gz',
      ...names.map((name) => `jars/${name}-${timestamp}`).sort(),
    ]);
    if (ij) expect(indexOf(repository)).toContain(`filename="jars/${path.basename(ij)}"`);
    const second = runCli(args, { cwd });
    expect(JSON.parse(second.stdout)).toMatchObject({ changed: false, changes: [], unchanged: names.length });
    expect(git(repository, 'rev-list', '--count', 'gh-pages').trim()).toBe('1');
  });
}
