import { makeFolder, writeFiles } from '../../support/folders.js';
import { indexPublication } from '../../support/index-publication.js';
import { folderStore } from '../../support/publish-here.js';

describe('a site folder', () => {
  test.each([
    ['site', 'Choose another folder.'],
    ['backup.ZIP', 'Choose another folder. To read a backup, write zip:backup.ZIP.'],
  ])('that is a file is refused: %s', async (folder, hint) => {
    const cwd = makeFolder();
    writeFiles(cwd, { [folder]: '' });
    await expect(folderStore(cwd, { folder }).open(false)).rejects.toMatchObject({
      code: 'site',
      message: `${folder} is a file, and not the folder of a site.`,
      hint,
    });
  });

  test('is locked once, also if it is opened for writing several times', async () => {
    const store = folderStore(makeFolder());
    const first = await store.open(true);
    // A second lock would wait for the first one.
    await store.open(true);
    expect(first.isNew).toBe(true);
    await store.close();
    await store.close();
  });

  test('is not written if it was opened only for reading', async () => {
    const cwd = makeFolder();
    const store = folderStore(cwd);
    const publication = indexPublication('x');
    await expect(store.publish(await store.open(false), publication)).rejects.toThrow(
      'The site was not opened for writing.',
    );
    expect((await folderStore(cwd).open(false)).isNew).toBe(true);
  });
});
