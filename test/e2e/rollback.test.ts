import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeFolder, writeFiles } from '../support/folders.js';
import { fileOf, filesOf, git, indexOf, makeBareRepository } from '../support/git.js';
import type { Verified } from '../support/checked-site.js';
import { pluginZip } from '../support/plugin-archive.js';
import { runCli, type Ran } from '../support/program.js';

interface History {
  format: string;
  publications: {
    timestamp: string | null;
    date: string | null;
    commit: string | null;
    subject: string | null;
    changes: { kind: string; path: string }[];
  }[];
}

interface Result {
  changed: boolean;
  timestamp: string | null;
  commit: string | null;
  changes: { kind: string; path: string }[];
  problems: { severity: string; code: string; path?: string }[];
}

const STAMPS = ['20260101000000', '20260201000000', '20260301000000'] as const;
const CONFIG = (text: string) => `files:\n  macros/a.ijm:\n    description: ${text}\n`;

/** Publishes three times: a and b; a changes, b goes and c comes; a changes again. */
function publishThrice(place: readonly string[]): string {
  const cwd = makeFolder();
  const publish = (timestamp: string, files: Record<string, string>) => {
    rmSync(path.join(cwd, 'build'), { recursive: true, force: true });
    writeFiles(cwd, files);
    const options = ['--complete-site', '--allow-mass-removal', '--upstream', 'none', '--config', 'site.yml'];
    const ran = runCli(
      ['publish', ...place, '--files', 'build/*.ijm => macros/', '--timestamp', timestamp, ...options],
      { cwd },
    );
    expect(ran).toMatchObject({ code: 0 });
  };
  publish(STAMPS[0], { 'build/a.ijm': 'a1', 'build/b.ijm': 'b1', 'site.yml': CONFIG('First') });
  publish(STAMPS[1], { 'build/a.ijm': 'a2', 'build/c.ijm': 'c1', 'site.yml': CONFIG('Second') });
  publish(STAMPS[2], { 'build/a.ijm': 'a3', 'build/c.ijm': 'c1', 'site.yml': CONFIG('Third') });
  return cwd;
}

const historyOf = (ran: Ran) => JSON.parse(ran.stdout) as History;
const resultOf = (ran: Ran) => JSON.parse(ran.stdout) as Result;

function inWords(changes: readonly { kind: string; path: string }[]): string[] {
  return changes.map(({ kind, path: file }) => `${kind} ${file}`);
}

describe('on a branch', () => {
  const remote = makeBareRepository();
  const place = ['--remote', remote];
  let cwd = '';

  beforeAll(() => {
    cwd = publishThrice(place);
  });

  const history = () => historyOf(runCli(['history', ...place, '--json'], { cwd })).publications;

  test('the history lists the publications with their commits', () => {
    const commits = git(remote, 'log', '--format=%H', 'gh-pages').trim().split('\n');
    expect(history().map(({ timestamp, commit, changes }) => [timestamp, commit, inWords(changes)])).toEqual([
      [STAMPS[2], commits[0], ['update macros/a.ijm']],
      [STAMPS[1], commits[1], ['update macros/a.ijm', 'remove macros/b.ijm', 'add macros/c.ijm']],
      [STAMPS[0], commits[2], ['add macros/a.ijm', 'add macros/b.ijm']],
    ]);
    const plain = runCli(['history', `git+file://${remote}`, '--limit', '1'], { cwd });
    expect(plain.stdout).toMatch(
      /^20260301000000 {2}[0-9a-f]{12} {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}1 update {2}Update a\.ijm {2}\(github-actions\[bot\]\)\nEarlier publications are not listed\. To list up to 500, add: --limit 500\n$/,
    );
  });

  test('a dry run shows what users get, and changes nothing', () => {
    const before = git(remote, 'rev-parse', 'gh-pages');
    const ran = runCli(['rollback', ...place, '--to', STAMPS[0], '--dry-run'], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(
      'Would be published: 1 file updated, 1 restored, 1 removed; users download 4 bytes.',
    );
    expect(ran.stdout).toContain('1 file comes back, but not by itself');
    expect(git(remote, 'rev-parse', 'gh-pages')).toBe(before);
  });

  test('a moment that the history does not list is refused, with its neighbours', () => {
    const ran = runCli(['rollback', ...place, '--to', '20260115000000'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('The history does not list a publication 20260115000000.');
    expect(ran.stderr).toContain('The nearest ones are 20260101000000 and 20260201000000.');
    expect(runCli(['rollback', ...place], { cwd }).stderr).toContain('It is not known where to go back to.');
    expect(runCli(['rollback', ...place, '--last', '--to', STAMPS[0]], { cwd }).code).toBe(2);
    const word = runCli(['rollback', ...place, '--to', 'last'], { cwd });
    expect([word.code, word.stderr]).toEqual([
      2,
      'error: --to: "last" is not a timestamp or commit.\n  To undo the last publication, use --last.\n',
    ]);
    const web = runCli(['rollback', 'https://example.org/', '--last'], { cwd });
    expect([web.code, web.stderr]).toEqual([2, expect.stringContaining('such a place can only be read')]);
  });

  test('the site goes back by a new publication, with the metadata of then, and forth again', () => {
    const [newest] = history();
    const ran = runCli(['rollback', ...place, '--to', STAMPS[0], '--json'], { cwd });
    const { timestamp, changes } = resultOf(ran);
    expect([ran.code, inWords(changes)]).toEqual([
      0,
      ['update macros/a.ijm', 'revive macros/b.ijm', 'remove macros/c.ijm'],
    ]);
    expect(fileOf(remote, `macros/a.ijm-${timestamp ?? ''}`).toString()).toBe('a1');
    expect(indexOf(remote)).toContain('<description>First</description>');
    expect(filesOf(remote)).toEqual(expect.arrayContaining([`macros/a.ijm-${STAMPS[2]}`]));
    const [{ subject }, ...earlier] = history() as [History['publications'][0], ...History['publications']];
    expect(subject).toBe(`Go back to ${STAMPS[0]}`);
    expect(earlier).toHaveLength(3);
    expect(runCli(['verify', ...place, '--history', '--upstream', 'none'], { cwd }).code).toBe(0);
    const compared = runCli(['diff', `git+file://${remote}@${STAMPS[0]}`, `git+file://${remote}`], { cwd });
    expect(compared.stdout).toMatch(
      /^Nothing has changed for users: only timestamps or earlier versions of 3 files differ\.\n {2}metadata macros\/a\.ijm +same content, new timestamp\n {2}metadata macros\/b\.ijm +same content, new timestamp\n {2}metadata macros\/c\.ijm +a record of an obsolete file was added\n\n$/,
    );

    const again = resultOf(
      runCli(['rollback', ...place, '--to', (newest?.commit ?? '').slice(0, 12), '--json'], { cwd }),
    );
    expect(inWords(again.changes)).toEqual([
      'update macros/a.ijm',
      'remove macros/b.ijm',
      'revive macros/c.ijm',
    ]);
    expect(fileOf(remote, `macros/a.ijm-${again.timestamp ?? ''}`).toString()).toBe('a3');
    expect(indexOf(remote)).toContain('<description>Third</description>');
  });

  test('going back to the state of now changes nothing', () => {
    const [newest] = history();
    const ran = runCli(['rollback', ...place, '--to', newest?.commit ?? '', '--json'], { cwd });
    expect(resultOf(ran)).toMatchObject({ changed: false, changes: [], problems: [] });
  });
});

test('a second --last says that it undoes the first one', () => {
  const place = ['--remote', makeBareRepository()];
  const cwd = publishThrice(place);
  const last = ['rollback', ...place, '--last'];
  const first = runCli(last, { cwd });
  expect(first.code).toBe(0);
  expect(first.stdout).toContain(`This undoes the publication ${STAMPS[2]}, "Update a.ijm".\n`);
  expect(runCli([...last, '--dry-run'], { cwd }).stdout).toContain(
    `The last publication went back to ${STAMPS[1]}, and this restores what was offered before that. To go further back, use "--to".\n`,
  );
});

test.each(['a branch', 'a folder'])(
  'a second --last on %s knows the first one whatever its message is',
  (kind) => {
    const place = kind === 'a folder' ? ['--site-dir', 'site'] : ['--remote', makeBareRepository()];
    const cwd = publishThrice(place);
    const last = ['rollback', ...place, '--last'];
    expect(runCli([...last, ...(kind === 'a folder' ? [] : ['--message', 'Undo it'])], { cwd }).code).toBe(0);
    expect(runCli([...last, '--dry-run'], { cwd }).stdout).toContain(
      `The last publication went back to ${STAMPS[1]}, and this restores what was offered before that.`,
    );
  },
);

test('a second --last on a plugin repository knows the first one whatever its message is', () => {
  const remote = makeBareRepository();
  const place = ['--remote', remote, '--site-url', 'https://lab.org/plugins'];
  const cwd = makeFolder();
  for (const version of ['1.0', '2.0']) {
    writeFiles(cwd, { 'b/a.zip': pluginZip({ version }) });
    const args = ['publish', '--format', 'jetbrains', '--files', 'b/*.zip', ...place];
    expect(runCli(args, { cwd })).toMatchObject({ code: 0 });
  }
  const first = git(remote, 'rev-parse', '--short=12', 'gh-pages~1').trim();
  const last = ['rollback', ...place, '--last'];
  expect(runCli([...last, '--message', 'Undo it'], { cwd }).code).toBe(0);
  expect(runCli([...last, '--dry-run'], { cwd }).stdout).toContain(
    `The last publication went back to ${first}, `,
  );
});

describe('commits that do not change what is offered', () => {
  /** Changes files of the branch by a commit. */
  function commit(remote: string, files: Parameters<typeof writeFiles>[1]): void {
    const checkout = path.join(makeFolder(), 'site');
    git(remote, 'clone', '--quiet', '--branch', 'gh-pages', remote, checkout);
    writeFiles(checkout, files);
    git(checkout, 'add', '--all');
    git(checkout, '-c', 'user.name=a', '-c', 'user.email=a@x.org', 'commit', '--quiet', '-m', 'By hand');
    git(checkout, 'push', '--quiet', 'origin', 'gh-pages');
  }

  test('are not undone by --last', () => {
    const remote = makeBareRepository();
    const place = ['--remote', remote];
    const cwd = publishThrice(place);
    commit(remote, { 'README.md': 'A site' });
    commit(remote, { 'db.xml.gz': gzipSync(indexOf(remote), { level: 1 }) });
    const ran = runCli(['rollback', ...place, '--last'], { cwd });
    expect([ran.code, ran.stderr]).toEqual([0, expect.any(String)]);
    expect(ran.stdout).toContain(`This undoes the publication ${STAMPS[2]}, "Update a.ijm".\n`);
    expect(git(remote, 'log', '-1', '--format=%s', 'gh-pages').trim()).toBe(`Go back to ${STAMPS[1]}`);
    expect(indexOf(remote)).toContain('<description>Second</description>');
  });

  test('are not an earlier publication', () => {
    const cwd = makeFolder();
    const place = ['--remote', makeBareRepository()];
    writeFiles(cwd, { 'a.ijm': 'a' });
    expect(runCli(['publish', '--empty', ...place], { cwd }).code).toBe(0);
    const files = ['--files', 'a.ijm => macros/', '--upstream', 'none'];
    expect(runCli(['publish', ...place, ...files], { cwd }).code).toBe(0);
    const ran = runCli(['rollback', ...place, '--last'], { cwd });
    expect([ran.code, ran.stderr]).toEqual([
      2,
      expect.stringContaining('The history does not list an earlier publication.'),
    ]);
  });

  test('are skipped in a plugin repository, of which the state before the last publication returns', () => {
    const cwd = makeFolder();
    const remote = makeBareRepository();
    const place = ['--remote', remote];
    const site = ['--format', 'jetbrains', '--site-url', 'https://example.org/', ...place];
    const publish = (version: string) => {
      writeFiles(cwd, { 'cells.zip': pluginZip({ version }) });
      expect(runCli(['publish', ...site, '--files', 'cells.zip'], { cwd }).code).toBe(0);
    };
    const index = () => fileOf(remote, 'updatePlugins.xml').toString();
    const comment = (text: string) => {
      commit(remote, { 'updatePlugins.xml': index().replace('<plugins>', `<!-- ${text} -->\n<plugins>`) });
    };
    expect(runCli(['publish', '--empty', ...site], { cwd }).code).toBe(0);
    publish('1.0.0');
    expect(runCli(['rollback', ...place, '--last'], { cwd }).code).toBe(2);
    comment('Lab');
    const commented = index();
    publish('1.1.0');
    comment('Later');
    const ran = runCli(['rollback', ...place, '--last', '--json'], { cwd });
    expect([ran.code, inWords(resultOf(ran).changes)]).toEqual([
      0,
      ['remove plugins/org.lab.cells/1.1.0/cells.zip'],
    ]);
    expect(index()).toBe(commented);
  });
});

test('an index that has lost versions by a revert is repaired as the docs describe', () => {
  const remote = makeBareRepository();
  const place = ['--remote', remote];
  const cwd = publishThrice(place);
  const clone = path.join(makeFolder(), 'site');
  git(cwd, 'clone', '--quiet', '--branch', 'gh-pages', remote, clone);
  const inClone = (...args: string[]) =>
    git(clone, '-c', 'user.name=Jo', '-c', 'user.email=jo@example.org', ...args);
  inClone('revert', '--no-edit', 'HEAD~1..HEAD');
  inClone('push', '--quiet', 'origin', 'gh-pages');
  // A later publication, which must stay.
  writeFiles(cwd, { 'd.ijm': 'd1' });
  const later = ['--files', 'd.ijm => macros/', '--upstream', 'none'];
  expect(runCli(['publish', ...place, ...later], { cwd }).code).toBe(0);
  const verify = () => runCli(['verify', ...place, '--history', '--upstream', 'none', '--json'], { cwd });
  const lost = JSON.parse(verify().stdout) as Verified;
  const { files = [], details = [] } = lost.checks.find(({ status }) => status === 'failed') ?? {};
  expect(files).toEqual([`macros/a.ijm-${STAMPS[2]}`]);
  const [, commit = ''] = /^the commit ([0-9a-f]{12}) /.exec(details[0]?.message ?? '') ?? [];

  const offered = () =>
    [...indexOf(remote).matchAll(/<version checksum="(.*?)"/g)].map(([, checksum]) => checksum);
  const before = offered();
  inClone('pull', '--quiet', 'origin', 'gh-pages');
  inClone('checkout', `${commit}~1`, '--', 'db.xml.gz', ...files);
  inClone('commit', '--quiet', '-m', 'Bring back the lost versions');
  inClone('push', '--quiet', 'origin', 'gh-pages');
  expect(runCli(['rollback', ...place, '--last'], { cwd })).toMatchObject({ code: 0 });
  expect(verify()).toMatchObject({ code: 0 });
  expect(offered().sort()).toEqual(before.sort());
});

describe('in a folder', () => {
  test('the last publication is undone', () => {
    const cwd = publishThrice(['--site-dir', 'site']);
    const ran = runCli(['rollback', 'site', '--last', '--json'], { cwd });
    expect(inWords(resultOf(ran).changes)).toEqual(['update macros/a.ijm']);
    const listed = historyOf(runCli(['history', 'site', '--json'], { cwd })).publications;
    expect(listed.map(({ changes }) => inWords(changes))).toEqual([
      ['update macros/a.ijm'],
      ['update macros/a.ijm'],
      ['update macros/a.ijm', 'remove macros/b.ijm', 'add macros/c.ijm'],
      ['add macros/a.ijm', 'add macros/b.ijm'],
    ]);
    expect(runCli(['verify', 'site', '--history', '--upstream', 'none'], { cwd }).code).toBe(0);
  });

  test('a history that is not complete says so', () => {
    const cwd = publishThrice(['--site-dir', 'site']);
    const listed = (...limit: readonly string[]) => runCli(['history', 'site', ...limit], { cwd }).stdout;
    const hint = 'Earlier publications are not listed. To list up to 500, add: --limit 500\n';
    expect(listed('--limit', '2').split('\n').slice(2).join('\n')).toBe(hint);
    expect(listed('--limit', '3')).not.toContain(hint);
    expect(JSON.parse(listed('--limit', '2', '--json'))).toMatchObject({ isComplete: false });
    expect(JSON.parse(listed('--json'))).toMatchObject({ isComplete: true });
  });

  test('a moment whose files are gone is refused with the list, and nothing is written', () => {
    const cwd = publishThrice(['--site-dir', 'site']);
    rmSync(path.join(cwd, `site/macros/a.ijm-${STAMPS[0]}`));
    rmSync(path.join(cwd, `site/macros/b.ijm-${STAMPS[0]}`));
    const before = readdirSync(path.join(cwd, 'site/macros'));
    const ran = runCli(['rollback', '--site-dir', 'site', '--to', STAMPS[0], '--json'], { cwd });
    expect(ran.code).toBe(1);
    expect(resultOf(ran).problems.map(({ code, path: file }) => `${code} ${file ?? ''}`)).toEqual([
      `lost-payload macros/a.ijm-${STAMPS[0]}`,
      `lost-payload macros/b.ijm-${STAMPS[0]}`,
    ]);
    expect(readdirSync(path.join(cwd, 'site/macros'))).toEqual(before);
  });

  test('there is nothing to undo before the first publication', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'a.ijm': 'a' });
    const place = ['--site-dir', 'site'];
    runCli(['publish', ...place, '--files', 'a.ijm => macros/', '--upstream', 'none'], { cwd });
    const ran = runCli(['rollback', ...place, '--last'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('The history does not list an earlier publication.');
  });
});

test('an imported site can go back to before the import', () => {
  const cwd = publishThrice(['--site-dir', 'site']);
  const place = ['--remote', makeBareRepository()];
  expect(runCli(['import', 'site', '--history', ...place], { cwd }).code).toBe(0);
  const { publications } = historyOf(runCli(['history', ...place, '--json'], { cwd }));
  expect(publications.map(({ timestamp, commit }) => [timestamp, commit !== null])).toEqual([
    [STAMPS[2], true],
    [STAMPS[1], false],
    [STAMPS[0], false],
  ]);
  const ran = runCli(['rollback', ...place, '--to', STAMPS[0], '--json'], { cwd });
  expect([ran.code, inWords(resultOf(ran).changes)]).toEqual([
    0,
    ['update macros/a.ijm', 'revive macros/b.ijm', 'remove macros/c.ijm'],
  ]);
});

describe('a plugin repository', () => {
  const INDEX = 'updatePlugins.xml';
  const zipOf = (version: string) => `plugins/org.lab.cells/${version}/cells.zip`;

  /** A repository on a branch, with functions to publish to it and to run other commands. */
  function makeRepository() {
    const cwd = makeFolder();
    const remote = makeBareRepository();
    const place = ['--remote', remote];
    const succeed = (...args: string[]) => {
      const ran = runCli([...args, ...place], { cwd });
      expect([ran.code, ran.stderr]).toEqual([0, expect.any(String)]);
      return ran;
    };
    return {
      remote,
      publish: (version: string, ...options: string[]) => {
        writeFiles(cwd, { [`${version}/cells.zip`]: pluginZip({ version }) });
        const site = ['--format', 'jetbrains', '--site-url', 'https://example.org/'];
        succeed('publish', ...site, '--files', `${version}/cells.zip`, ...options);
        return git(remote, 'rev-parse', 'gh-pages').trim();
      },
      rollBack: (...options: string[]) => resultOf(succeed('rollback', ...options, '--json')),
      succeed,
      history: () => historyOf(succeed('history', '--json')),
      at: (commit: string, file = INDEX) => fileOf(remote, file, commit).toString(),
    };
  }

  test('goes back and forth by new publications, which the preview shows', () => {
    const { remote, publish, rollBack, succeed, history, at } = makeRepository();
    const first = publish('1.0.0');
    const second = publish('1.1.0');
    const { format, publications } = history();
    expect([format, publications.map(({ commit }) => commit)]).toEqual(['jetbrains', [second, first]]);

    const shown = succeed('rollback', '--last', '--dry-run').stdout;
    expect(shown).toContain('1 version removed');
    expect(shown).toContain('org.lab.cells: IDEs that have 1.1.0 keep it; publish a higher version.');
    expect(shown).toContain('org.lab.cells: 1.0.0 is offered again.');
    expect(shown).toContain('1.0.0, lower than before');
    expect(git(remote, 'rev-parse', 'gh-pages').trim()).toBe(second);

    expect(inWords(rollBack('--last').changes)).toEqual([`remove ${zipOf('1.1.0')}`]);
    expect(at('gh-pages')).toBe(at(first));
    expect(at('gh-pages', 'updatePlugins-242.xml')).toBe(at(first, 'updatePlugins-242.xml'));
    expect(history().publications[0]?.subject).toBe(`Go back to ${first.slice(0, 12)}`);
    expect(rollBack('--to', first.slice(0, 12))).toMatchObject({ changed: false, changes: [], problems: [] });

    expect(inWords(rollBack('--last').changes)).toEqual([`revive ${zipOf('1.1.0')}`]);
    expect(at('gh-pages')).toBe(at(second));
    succeed('verify', '--history');
  });

  test('publishes an archive again that only the history of the branch has', () => {
    const { remote, publish, rollBack, succeed, at } = makeRepository();
    const first = publish('1.0.0');
    publish('1.1.0', '--remove', 'org.lab.cells@1.0.0');
    publish('1.2.0');
    expect(filesOf(remote)).not.toContain(zipOf('1.0.0'));
    const { changes } = rollBack('--to', first);
    expect(inWords(changes)).toEqual([
      `update ${zipOf('1.0.0')}`,
      `remove ${zipOf('1.1.0')}`,
      `remove ${zipOf('1.2.0')}`,
    ]);
    expect(at('gh-pages')).toBe(at(first));
    expect(fileOf(remote, zipOf('1.0.0'))).toEqual(pluginZip({ version: '1.0.0' }));
    succeed('verify', '--history');
  });

  test('undoes a publication that changed only the history', () => {
    const { publish, rollBack, succeed, at } = makeRepository();
    publish('1.0.0');
    const second = publish('1.1.0');
    publish('1.1.0', '--remove', 'org.lab.cells@1.0.0');
    expect(at('gh-pages')).toBe(at(second));
    expect(inWords(rollBack('--last').changes)).toEqual([`revive ${zipOf('1.0.0')}`]);
    expect(at('gh-pages')).toBe(at(second));
    succeed('verify', '--history');
  });

  test('brings its channels up to date in the same commit, and a channel goes back on its own', () => {
    const { publish, rollBack, at } = makeRepository();
    publish('1.0.0');
    const eap = publish('2.0.0-eap', '--channel', 'eap');
    publish('2.1.0-eap', '--channel', 'eap');
    publish('1.1.0');
    publish('3.0.0');
    expect(at('gh-pages', `eap/${INDEX}`)).toContain('version="3.0.0"');
    rollBack('--last');
    expect(at('gh-pages')).toContain('version="1.1.0"');
    const channel = at('gh-pages', `eap/${INDEX}`);
    expect(channel).toContain('version="2.1.0-eap"');
    expect(channel).not.toContain('version="3.0.0"');

    rollBack('--directory', 'eap', '--to', eap);
    expect(at('gh-pages', `eap/${INDEX}`)).toBe(channel.replaceAll('2.1.0-eap', '2.0.0-eap'));
    expect(at('gh-pages')).toContain('version="1.1.0"');
  });

  test('a channel that goes back offers a version of the repository that its own versions had replaced', () => {
    const { publish, rollBack, succeed, at } = makeRepository();
    publish('1.0.0');
    publish('1.1.0-eap', '--channel', 'eap');
    const stable = publish('1.1.0');
    publish('1.2.0-eap', '--channel', 'eap');
    const newest = historyOf(succeed('history', '--directory', 'eap', '--json')).publications[0];
    expect(newest?.changes.map(({ kind }) => kind)).toEqual(['update']);
    expect(succeed('rollback', '--directory', 'eap', '--last', '--dry-run').stdout).not.toContain(
      'offered again',
    );
    expect(inWords(rollBack('--directory', 'eap', '--last').changes)).toEqual([
      'update org.lab.cells@1.1.0',
      'remove plugins/org.lab.cells/1.2.0-eap/cells.zip',
    ]);
    expect(at('gh-pages', `eap/${INDEX}`)).toBe(at(stable, `eap/${INDEX}`));
    succeed('verify', '--history', '--directory', 'eap');
  });

  test('cannot go back in a place that does not keep earlier states', () => {
    const cwd = makeFolder();
    writeFiles(cwd, { 'one.zip': pluginZip({ version: '1.0' }) });
    const site = ['--format', 'jetbrains', '--site-url', 'https://example.org/', '--site-dir', 'site'];
    expect(runCli(['publish', ...site, '--files', 'one.zip'], { cwd }).code).toBe(0);
    const ran = runCli(['rollback', 'site', '--last'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('Earlier states of folder site are not known.');
    expect(ran.stderr).toContain('Publish the earlier files again with a higher version.');
  });
});
