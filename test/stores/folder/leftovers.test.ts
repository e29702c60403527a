import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { sitePath } from '../../../src/model/site-path.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';
import { folderStore, publishHere } from '../../support/publish-here.js';
import { filesBelow } from '../../support/scenario.js';
import { siteFaults } from '../../support/site-faults.js';
import { age } from '../../support/work-files.js';

const STAMP = '20260102030405';
const PARTIAL = '.update-site.0a1b2c3d-dead.0.partial';

let cwd: string;
let site: string;

beforeEach(() => {
  cwd = makeFolder();
  site = path.join(cwd, 'site');
  writeFiles(cwd, { 'app/macros/A.ijm': 'a' });
});

const publish = () =>
  publishHere(cwd, folderStore(cwd, { runId: 'this-run' }), { 'app-dir': 'app', timestamp: STAMP });

test('a run removes the leftovers of dead runs and nothing else', async () => {
  writeFiles(site, {
    [PARTIAL]: 'x',
    [`macros/${PARTIAL}`]: 'x',
    // Names from older versions.
    [`macros/Old.ijm-${STAMP}.partial`]: 'x',
    'db.xml.gz.partial': 'x',
    // Files of the user.
    'notes.partial': 'x',
    'macros/B.ijm.partial': 'x',
    '.git/x.partial': 'x',
    [`.git/${PARTIAL}`]: 'x',
    // The locks of dead runs, and of a run that waits.
    '.update-site.dead.lock': 'dead',
    '.update-site.dead.stale': 'x',
    '.update-site.waiting.lock': 'waiting',
  });
  age(path.join(site, '.update-site.dead.lock'), 180);
  age(path.join(site, '.update-site.dead.stale'), 180);
  await publish();
  expect(filesBelow(site)).toEqual(
    [
      '.git/x.partial',
      `.git/${PARTIAL}`,
      '.update-site.waiting.lock',
      'db.xml.gz',
      `macros/A.ijm-${STAMP}`,
      'macros/B.ijm.partial',
      'notes.partial',
    ].sort(),
  );
});

test('a run removes leftovers even if nothing changes', async () => {
  await publish();
  writeFiles(site, { [PARTIAL]: 'x' });
  await publish();
  expect(filesBelow(site)).toEqual(['db.xml.gz', `macros/A.ijm-${STAMP}`]);
});

test('keeps the incomplete files of a channel to which another run is publishing', async () => {
  const alive = { 'eap/.update-site.lock': 'alive', [`eap/macros/${PARTIAL}`]: 'x' };
  writeFiles(site, { ...alive, [`other/macros/${PARTIAL}`]: 'x' });
  await publish();
  expect(filesBelow(site)).toEqual([...Object.keys(alive), 'db.xml.gz', `macros/A.ijm-${STAMP}`].sort());
});

describe('symbolic links', () => {
  const elsewhere = () => path.join(cwd, 'elsewhere');

  function expectUntouched(): void {
    expect(filesBelow(elsewhere())).toEqual(['precious']);
    expect(readFileSync(path.join(elsewhere(), 'precious'), 'utf8')).toBe('precious');
  }

  beforeEach(() => {
    writeFiles(cwd, { 'elsewhere/precious': 'precious' });
    mkdirSync(path.join(site, 'macros'), { recursive: true });
  });

  posixTest(
    'are never written through in the place of an incomplete file, and never replace a payload',
    async () => {
      // Names of a dead run and of an older version; the id of this run cannot be known in advance.
      symlinkSync(path.join(elsewhere(), 'precious'), path.join(site, 'macros', PARTIAL));
      symlinkSync(path.join(elsewhere(), 'precious'), path.join(site, `macros/A.ijm-${STAMP}.partial`));
      await publish();
      expectUntouched();
      expect(lstatSync(path.join(site, `macros/A.ijm-${STAMP}`)).isFile()).toBe(true);
      expect(filesBelow(site)).toEqual(['db.xml.gz', `macros/A.ijm-${STAMP}`]);
    },
  );

  posixTest('make the publication fail if one has the name that this run needs', async () => {
    const store = folderStore(cwd, { runId: 'this-run' });
    await expect(
      publishHere(
        cwd,
        {
          ...store,
          publish(snapshot, publication) {
            symlinkSync(
              path.join(elsewhere(), 'precious'),
              path.join(site, 'macros/.update-site.this-run.0.partial'),
            );
            return store.publish(snapshot, publication);
          },
        },
        { 'app-dir': 'app' },
      ),
    ).rejects.toMatchObject({ code: 'site' });
    expectUntouched();
    expect(filesBelow(site)).toEqual([]);
  });

  posixTest.each([
    ['a payload', `macros/A.ijm-${STAMP}`, 'precious'],
    ['a payload, leading nowhere', `macros/A.ijm-${STAMP}`, 'nowhere'],
    ['the index', 'db.xml.gz', 'nowhere'],
    ['a folder', 'plugins', ''],
  ])('are refused in the place of %s if they lead out of the site', async (_what, link, target) => {
    writeFiles(cwd, { 'app/plugins/sub/b.py': 'b' });
    symlinkSync(path.join(elsewhere(), target), path.join(site, link));
    const message = `${path.join('site', link)} is a symbolic link that leads out of the site.`;
    if (link === 'db.xml.gz') await expect(publish()).rejects.toMatchObject({ code: 'site', message });
    else {
      const problems = [{ severity: 'error', code: 'place-taken', message }];
      expect(await publish()).toMatchObject({ refusal: 'errors', problems });
    }
    expectUntouched();
    rmSync(path.join(site, link));
    expect(filesBelow(site)).toEqual([]);
  });

  posixTest('are accepted if they stay in the site', async () => {
    mkdirSync(path.join(site, 'real'));
    symlinkSync('real', path.join(site, 'plugins'));
    writeFiles(cwd, { 'app/plugins/b.py': 'b' });
    await publish();
    expect(await siteFaults(site)).toEqual([]);
    expect(filesBelow(path.join(site, 'real'))).toEqual([`b.py-${STAMP}`]);
  });

  posixTest('are accepted as the folder of the site', async () => {
    symlinkSync('site', path.join(cwd, 'link'));
    await publishHere(cwd, folderStore(cwd, { folder: 'link' }), { 'app-dir': 'app', timestamp: STAMP });
    expect(await siteFaults(site)).toEqual([]);
  });

  posixTest('are refused on the way to a removed file, and their target stays', async () => {
    const store = folderStore(cwd);
    symlinkSync(elsewhere(), path.join(site, 'out'));
    const withRemoval = {
      ...store,
      publish: ((snapshot, publication) =>
        store.publish(snapshot, {
          ...publication,
          removals: [sitePath('out/precious')],
        })) as typeof store.publish,
    };
    await expect(publishHere(cwd, withRemoval, { 'app-dir': 'app' })).rejects.toMatchObject({ code: 'site' });
    expectUntouched();
  });
});
