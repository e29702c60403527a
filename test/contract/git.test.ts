import path from 'node:path';
import { makeFolder, writeFiles } from '../support/folders.js';
import { git, makeBareRepository } from '../support/git.js';
import { gitStore } from '../support/publish-here.js';
import { describeSiteStore } from './site-store.js';

describeSiteStore(
  'git',
  () => {
    const cwd = makeFolder();
    const remote = makeBareRepository();
    return {
      connect: () => gitStore(cwd, `file://${remote}`),
      plant: (file, content) => {
        const clone = path.join(makeFolder(), 'clone');
        git(cwd, 'clone', '--quiet', '--branch', 'gh-pages', `file://${remote}`, clone);
        writeFiles(clone, { [file]: content });
        git(clone, 'add', '--all');
        git(clone, '-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', file);
        git(clone, 'push', '--quiet');
      },
      adds: ['.nojekyll'],
    };
  },
  ['readFiles', 'missingFiles', 'obstacles', 'history', 'past', 'usage', 'budget', 'otherSites'],
);
