import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sitePath } from '../../../src/model/site-path.js';
import { fetchBlobs, statBlobs } from '../../../src/stores/git/local-blobs.js';
import type { Tree } from '../../../src/stores/git/tree.js';
import { makeFolder } from '../../support/folders.js';
import { printingGit } from '../../support/printing-git.js';

const OPTIONS = { branch: 'gh-pages', directory: '', timeoutMs: 1000 };
const [HERE, LOST, LARGE] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];
const TREE: Tree = new Map([
  ['here', { object: HERE, kind: 'file' }],
  ['lost', { object: LOST, kind: 'file' }],
  ['large', { object: LARGE, kind: 'file' }],
  ['link', { object: HERE, kind: 'link' }],
  ['module', { object: HERE, kind: 'repository' }],
]);
const PATHS = ['here', 'lost', 'large', 'link', 'module', 'none'].map((name) => sitePath(name));

/** A git that has two of the objects, and whose remote provides no others. */
function git() {
  return printingGit((args) => {
    if (args.includes('--batch-all-objects')) return `${HERE} 4\n${LARGE} 11\n`;
    return args.includes('--batch') ? `${HERE} blob 4\ntext\n` : '';
  }).git;
}

const LINK = { status: 'failed', reason: 'it is a link or a submodule, not a file' };

test('files are found without fetching them; links and submodules are not files', async () => {
  let done = 0;
  expect(await statBlobs(git(), OPTIONS, TREE, PATHS, () => done++)).toEqual([
    { status: 'there', size: 4 },
    { status: 'there', size: undefined },
    { status: 'there', size: 11 },
    LINK,
    LINK,
    { status: 'missing' },
  ]);
  expect(done).toBe(6);
});

test('files are written where the caller wants them, with the reason for each that is not available', async () => {
  const folder = makeFolder();
  const fileFor = (name: string) => path.join(folder, name);
  const bytes: number[] = [];
  const options = { fileFor, maxBytesEach: 10, onBytes: (more: number) => bytes.push(more) };
  const files = await fetchBlobs(git(), OPTIONS, TREE, PATHS, options);
  expect(files).toEqual([
    { status: 'there', file: fileFor('here'), size: 4, modified: expect.any(Number) as number },
    { status: 'failed', reason: 'the remote does not provide it' },
    { status: 'failed', reason: 'it has 11 bytes; at most 10 are read' },
    LINK,
    LINK,
    { status: 'missing' },
  ]);
  expect(readFileSync(fileFor('here'), 'utf8')).toBe('text');
  expect(bytes).toEqual([4]);
});
