import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { SiteStore } from '../../../src/app/ports/site-store.js';
import type { Outcome } from '../../../src/model/outcome.js';
import type { RawOptions } from '../../../src/settings/options.js';
import { vectorRoots } from '../../support/fixtures.js';
import { makeFolder, writeFiles } from '../../support/folders.js';
import { filesOf, git, makeBareRepository, refsOf } from '../../support/git.js';
import { folderStore, gitStore, publishHere } from '../../support/publish-here.js';
import { filesBelow } from '../../support/scenario.js';

const JETBRAINS: RawOptions = { format: 'jetbrains' };

let cwd: string;

beforeEach(() => {
  cwd = makeFolder();
});

/** Sets up an empty site in the folder `site`. */
function setUp(more: RawOptions = {}): Promise<Outcome> {
  const format = more.format === 'jetbrains' ? 'jetbrains' : 'imagej';
  return publishHere(cwd, folderStore(cwd, {}, format), { empty: true, ...more });
}

const read = (file: string) => readFileSync(path.join(cwd, 'site', file));
const readText = (file: string) => read(file).toString('utf8');

describe('an empty ImageJ site', () => {
  test.each(vectorRoots())('has the index that the official updater writes, from %s', async (_name, root) => {
    expect(await setUp()).toMatchObject({
      kind: 'publication',
      changed: true,
      isSetUp: true,
      refusal: undefined,
      timestamp: undefined,
      changes: [],
      problems: [],
      publishedFiles: [],
    });
    expect(filesBelow(path.join(cwd, 'site'))).toEqual(['db.xml.gz']);
    expect(gunzipSync(read('db.xml.gz')).toString('utf8')).toBe(
      readFileSync(path.join(root, 'indexes/empty/after.xml'), 'utf8'),
    );
  });

  test('is one commit on a new branch, with .nojekyll', async () => {
    const repository = makeBareRepository();
    const outcome = await publishHere(cwd, gitStore(cwd, repository), { empty: true });
    expect(filesOf(repository)).toEqual(['.nojekyll', 'db.xml.gz']);
    expect(git(repository, 'log', '--format=%H %B', 'gh-pages').trim()).toBe(
      `${outcome.commit ?? ''} Set up an empty site`,
    );
  });

  test('takes the message of the user, and its first files later', async () => {
    const repository = makeBareRepository();
    await publishHere(cwd, gitStore(cwd, repository), { empty: true, message: 'Begin' });
    expect(git(repository, 'log', '-1', '--format=%B', 'gh-pages').trim()).toBe('Begin');
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    const outcome = await publishHere(cwd, gitStore(cwd, repository), { 'app-dir': 'app' });
    expect(outcome).toMatchObject({ changed: true, changes: [{ kind: 'add', path: 'macros/A.ijm' }] });
    expect(outcome.isSetUp).toBeUndefined();
  });

  test('is only shown in a preview', async () => {
    expect(await setUp({ 'dry-run': true })).toMatchObject({
      kind: 'preview',
      changed: true,
      isSetUp: true,
      commit: undefined,
    });
    expect(filesBelow(cwd)).toEqual([]);
  });
});

describe('a site that exists', () => {
  test('stays as it is', async () => {
    writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
    await publishHere(cwd, folderStore(cwd), { 'app-dir': 'app' });
    const before = read('db.xml.gz');
    expect(await setUp()).toMatchObject({ changed: false, isSetUp: true, refusal: undefined, problems: [] });
    expect(read('db.xml.gz')).toEqual(before);
  });

  test('stays as it is if it is empty, so that a workflow can repeat the command', async () => {
    const repository = makeBareRepository();
    const run = () => publishHere(cwd, gitStore(cwd, repository), { empty: true });
    await run();
    const before = refsOf(repository);
    expect(await run()).toMatchObject({ changed: false, commit: undefined });
    expect(refsOf(repository)).toBe(before);
  });

  test('is not overwritten if its index cannot be read', async () => {
    writeFiles(cwd, { 'site/db.xml.gz': 'damaged' });
    await expect(setUp()).rejects.toMatchObject({ code: 'index' });
    expect(readText('db.xml.gz')).toBe('damaged');
  });

  test('is not overwritten if it has lost its index', async () => {
    const repository = makeBareRepository();
    writeFiles(cwd, { 'macros/A.ijm-20260102030405': 'a' });
    git(cwd, 'init', '--quiet', '--initial-branch=gh-pages');
    git(cwd, 'add', '.');
    git(cwd, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'first');
    git(cwd, 'push', '--quiet', repository, 'gh-pages');
    const before = refsOf(repository);
    await expect(publishHere(cwd, gitStore(cwd, repository), { empty: true })).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining('db.xml.gz is missing, but ') as string,
    });
    expect(refsOf(repository)).toBe(before);
  });
});

describe('a folder that has lost its index', () => {
  const PAYLOAD = { 'site/macros/A.ijm-20260102030405': 'a' };
  const REFUSED = {
    code: 'index',
    message: 'db.xml.gz is missing, but folder site contains payloads such as macros/A.ijm-20260102030405.',
    hint: 'Nothing was changed. Restore the index from a copy of the site. If its first publication was interrupted, repeat that without "empty" (--empty). For a new site, choose another folder.',
  };

  test.each([false, true])('does not become an empty site (preview: %s)', async (isPreview) => {
    writeFiles(cwd, PAYLOAD);
    await expect(setUp({ 'dry-run': isPreview })).rejects.toMatchObject(REFUSED);
    expect(filesBelow(path.join(cwd, 'site'))).toEqual(['macros/A.ijm-20260102030405']);
  });

  test('takes a publication, which may be repeated after an interruption', async () => {
    writeFiles(cwd, { ...PAYLOAD, 'app/macros/A.ijm': 'a' });
    expect(await publishHere(cwd, folderStore(cwd), { 'app-dir': 'app' })).toMatchObject({ changed: true });
  });

  test('does not matter if another site below has the payloads', async () => {
    writeFiles(cwd, { 'site/below/db.xml.gz': 'x', 'site/below/macros/A.ijm-20260102030405': 'a' });
    expect(await setUp()).toMatchObject({ changed: true, isSetUp: true });
  });
});

test('another run that sets up the site at the same time wins', async () => {
  const repository = makeBareRepository();
  let runs = 0;
  const store: SiteStore = {
    ...gitStore(cwd, repository),
    publish: async () => {
      runs += 1;
      await publishHere(cwd, gitStore(cwd, repository), { empty: true });
      return { status: 'lost race' };
    },
  };
  expect(await publishHere(cwd, store, { empty: true })).toMatchObject({ changed: false, commit: undefined });
  expect(runs).toBe(1);
  expect(git(repository, 'rev-list', '--count', 'gh-pages').trim()).toBe('1');
});

test('a run that loses every race gives up, and names the place', async () => {
  const store: SiteStore = {
    ...folderStore(cwd),
    publish: () => Promise.resolve({ status: 'lost race' }),
  };
  await expect(
    publishHere(cwd, store, { empty: true }, { sleep: () => Promise.resolve() }),
  ).rejects.toMatchObject({
    code: 'race',
    message: 'Other runs changed folder site 25 times while this run was publishing.',
  });
});

test('a site elsewhere is reported, and refuses the run if warnings do', async () => {
  const repository = makeBareRepository();
  await publishHere(cwd, gitStore(cwd, repository), { empty: true });
  git(repository, 'branch', '--move', 'gh-pages', 'pages');
  const before = refsOf(repository);
  const other = [expect.objectContaining({ code: 'other-branch-has-site', severity: 'warning' })];
  expect(
    await publishHere(cwd, gitStore(cwd, repository), { empty: true, 'fail-on': 'warning' }),
  ).toMatchObject({ changed: false, refusal: 'warnings', problems: other });
  expect(refsOf(repository)).toBe(before);
  expect(await publishHere(cwd, gitStore(cwd, repository), { empty: true })).toMatchObject({
    changed: true,
    problems: other,
  });
});

describe('an empty plugin repository', () => {
  test('has an index without entries, and a history', async () => {
    expect(await setUp(JETBRAINS)).toMatchObject({ format: 'jetbrains', changed: true, problems: [] });
    expect(filesBelow(path.join(cwd, 'site'))).toEqual(['updatePlugins-versions.json', 'updatePlugins.xml']);
    expect(readText('updatePlugins.xml')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<plugins>\n</plugins>\n',
    );
    expect(JSON.parse(readText('updatePlugins-versions.json'))).toMatchObject({ versions: [] });
    expect(await setUp(JETBRAINS)).toMatchObject({ changed: false });
  });

  test('can be a channel of a repository', async () => {
    await setUp(JETBRAINS);
    expect(await setUp({ ...JETBRAINS, channel: 'eap' })).toMatchObject({
      changed: true,
      site: 'channel eap of folder site',
    });
    expect(filesBelow(path.join(cwd, 'site'))).toEqual([
      'eap/updatePlugins-versions.json',
      'eap/updatePlugins.xml',
      'updatePlugins-versions.json',
      'updatePlugins.xml',
    ]);
    expect(JSON.parse(readText('eap/updatePlugins-versions.json'))).toMatchObject({ channelOf: '..' });
    expect(JSON.parse(readText('updatePlugins-versions.json'))).toMatchObject({ channels: ['eap'] });
  });

  test('records a channel that was set up before it', async () => {
    await setUp({ ...JETBRAINS, channel: 'eap' });
    expect(existsSync(path.join(cwd, 'site/updatePlugins-versions.json'))).toBe(false);
    await setUp(JETBRAINS);
    expect(JSON.parse(readText('updatePlugins-versions.json'))).toMatchObject({ channels: ['eap'] });
  });

  test('is not set up beside a history without its index', async () => {
    await setUp(JETBRAINS);
    const history = readText('updatePlugins-versions.json');
    cwd = makeFolder();
    writeFiles(cwd, { 'site/updatePlugins-versions.json': history });
    await expect(setUp(JETBRAINS)).rejects.toMatchObject({
      code: 'index',
      message: 'updatePlugins.xml is missing beside updatePlugins-versions.json.',
    });
    expect(filesBelow(path.join(cwd, 'site'))).toEqual(['updatePlugins-versions.json']);
  });
});
