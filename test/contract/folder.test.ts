import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { folderStore } from '../support/publish-here.js';
import { describeSiteStore } from './site-store.js';

describeSiteStore(
  'folder',
  () => {
    const cwd = makeFolder();
    return {
      connect: () => folderStore(cwd),
      plant: (file, content) => {
        writeFiles(path.join(cwd, 'site'), { [file]: content });
      },
    };
  },
  ['readFiles', 'missingFiles', 'obstacles', 'history'],
);
