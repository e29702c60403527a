import { branchNotation } from '../../../src/stores/folder/repository.js';
import { makeFolder, writeFiles } from '../../support/folders.js';
import { git, makeBareRepository } from '../../support/git.js';

const ADVICE =
  'It is a git repository. If the site is on a branch of it, write git+x.git#gh-pages, with the name of the branch.';

test('a git repository is recognized, bare or with a checkout', async () => {
  expect(await branchNotation(makeBareRepository(), 'x.git')).toBe(ADVICE);
  const checkout = makeFolder();
  git(checkout, 'init', '--quiet');
  expect(await branchNotation(checkout, 'x.git')).toBe(ADVICE);
});

test('another folder is not a repository, also with a file HEAD', async () => {
  const folder = makeFolder();
  writeFiles(folder, { HEAD: 'x', 'refs/x': 'x' });
  expect(await branchNotation(folder, 'x')).toBeUndefined();
  expect(await branchNotation(`${folder}/none`, 'none')).toBeUndefined();
});
