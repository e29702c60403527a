import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SiteStore } from '../../../src/app/ports/site-store.js';
import { rollBack } from '../../../src/app/rollback/rollback.js';
import type { RollbackSettings } from '../../../src/app/rollback/settings.js';
import { createInspector } from '../../../src/entry/worker/inspector.js';
import { formatNamed } from '../../../src/formats/registry.js';
import { createTempFolders } from '../../../src/io/temp-folders.js';
import { sitePath } from '../../../src/model/site-path.js';
import { makeFolder } from '../../support/folders.js';
import { formatWith } from '../../support/format-with.js';
import { git, GIT_ENV, makeBareRepository } from '../../support/git.js';
import { pluginZip } from '../../support/plugin-archive.js';
import { beforePublishing, folderStore, gitStore, publishHere } from '../../support/publish-here.js';

const SETTINGS: RollbackSettings = {
  preview: false,
  target: 'last',
  failOn: 'error',
  siteUrl: 'https://lab.org/',
  timestamp: undefined,
  message: undefined,
};
const PLUGINS = formatNamed('jetbrains');

async function ran(store: SiteStore, settings: Partial<RollbackSettings> = {}, format = PLUGINS) {
  const silent = { advance: () => undefined, done: () => undefined };
  try {
    return await rollBack(
      [format],
      { ...SETTINGS, ...settings },
      {
        store,
        inspector: createInspector('/', 'no threads'),
        temp: createTempFolders(GIT_ENV),
        runtime: { now: () => new Date() },
        log: { info: () => undefined, detail: () => undefined },
        progress: { start: () => silent },
      },
    );
  } finally {
    await store.close();
  }
}

/** Publishes a version of a plugin. */
async function publish(
  cwd: string,
  store: SiteStore,
  version: string,
  { channel, id }: { channel?: string; id?: string } = {},
): Promise<void> {
  writeFileSync(path.join(cwd, 'cells.zip'), pluginZip({ version, ...(id === undefined ? {} : { id }) }));
  const site = { format: 'jetbrains', 'site-url': 'https://lab.org/', files: 'cells.zip' };
  const outcome = await publishHere(cwd, store, { ...site, ...(channel === undefined ? {} : { channel }) });
  expect(outcome.changed).toBe(true);
}

describe('on a branch', () => {
  let cwd = '';
  let remote = '';
  const store = () => gitStore(cwd, remote);
  const tip = () => git(remote, 'rev-parse', 'gh-pages').trim();

  beforeEach(async () => {
    [cwd, remote] = [makeFolder(), makeBareRepository()];
    await publish(cwd, store(), '1.0.0');
    await publish(cwd, store(), '1.0.1-eap', { channel: 'eap' });
    await publish(cwd, store(), '2.0.0');
  });

  test('the outcome names the changes, the offers and the channels', async () => {
    const outcome = await ran(store());
    expect(outcome).toMatchObject({
      changed: true,
      commit: tip(),
      changes: [{ kind: 'remove', path: 'plugins/org.lab.cells/2.0.0/cells.zip' }],
      offers: { rows: [{ plugin: 'org.lab.cells', loss: 'lower' }] },
      broughtUpToDate: ['eap'],
      publishedFiles: [],
      notices: [
        expect.stringMatching(/^This undoes the publication [0-9a-f]{12}, "Update cells.zip"\.$/),
        'org.lab.cells: IDEs that have 2.0.0 keep it; publish a higher version.',
        'org.lab.cells: 1.0.0 is offered again.',
      ],
    });
    expect(git(remote, 'log', '-1', '--format=%b', 'gh-pages')).toContain('- Bring up to date: channel eap');
  });

  test('a preview writes nothing', async () => {
    const before = tip();
    expect(await ran(store(), { preview: true })).toMatchObject({ kind: 'preview', changed: true });
    expect(tip()).toBe(before);
  });

  test('if another run is faster, nothing is changed', async () => {
    let other = '';
    const slow = beforePublishing(store(), () => {
      const tree = git(remote, 'rev-parse', 'gh-pages^{tree}').trim();
      const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
      other = git(remote, ...author, 'commit-tree', tree, '-p', 'gh-pages', '-m', 'Other').trim();
      git(remote, 'update-ref', 'refs/heads/gh-pages', other);
    });
    await expect(ran(slow)).rejects.toMatchObject({ code: 'race' });
    expect(tip()).toBe(other);
  });

  test('all archives that are gone are reported, and nothing is written', async () => {
    await publish(cwd, store(), '1.0.0', { id: 'org.lab.dots' });
    const archives = ['org.lab.cells/2.0.0', 'org.lab.dots/1.0.0'].map((folder) =>
      sitePath(`plugins/${folder}/cells.zip`),
    );
    const clear = async (index: string) => {
      const clearing = store();
      await clearing.publish(await clearing.open(true), {
        payloads: [],
        restored: [],
        verify: () => Promise.resolve(),
        removals: archives,
        indexFiles: [{ path: sitePath('updatePlugins.xml'), bytes: Buffer.from(index) }],
        message: 'Clear',
        date: new Date(),
      });
      await clearing.close();
    };
    const published = tip();
    const index = git(remote, 'cat-file', 'blob', 'gh-pages:updatePlugins.xml');
    // A state whose archives are already gone, and one that offers nothing.
    await clear(`${index}<!-- -->`);
    const damaged = tip();
    await clear('<plugins/>');
    const cleared = tip();
    const outcome = await ran(store(), { target: { to: damaged } });
    expect(outcome).toMatchObject({ changed: false, refusal: 'errors', changes: [] });
    expect(outcome.problems.map(({ code, path: file }) => [code, file])).toEqual(
      archives.map((archive) => ['lost-payload', archive]),
    );
    expect(tip()).toBe(cleared);
    // The commit before has them.
    const { publishedFiles } = await ran(store(), { target: { to: published } });
    expect([...publishedFiles].sort()).toEqual(archives);
  });
});

test('a place that does not keep earlier states is refused', async () => {
  const cwd = makeFolder();
  await publish(cwd, folderStore(cwd, {}, 'jetbrains'), '1.0.0');
  await expect(ran(folderStore(cwd, {}, 'jetbrains'))).rejects.toMatchObject({
    code: 'usage',
    message: 'Earlier states of folder site are not known.',
  });
});

test('a format without rules for it is refused', async () => {
  const cwd = makeFolder();
  await publish(cwd, folderStore(cwd, {}, 'jetbrains'), '1.0.0');
  const format = formatWith({ name: 'jetbrains', indexPaths: [sitePath('updatePlugins.xml')] });
  await expect(ran(folderStore(cwd, {}, 'jetbrains'), {}, format)).rejects.toMatchObject({
    code: 'usage',
    message: 'Sites of the format jetbrains cannot be rolled back.',
  });
});
