import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { GitError, createGit, type Git } from '../../../src/stores/git/git.js';
import { writeBlobs } from '../../../src/stores/git/write-blobs.js';
import { makeFolder } from '../../support/folders.js';
import { GIT_ENV, makeBareRepository } from '../../support/git.js';

const gitDir = makeBareRepository();
const git = createGit({ env: GIT_ENV, gitDir, config: [], hasLogin: false, signal: undefined });

/** Stores contents as objects, and returns where to write them. */
async function stored(contents: readonly Buffer[]) {
  const folder = makeFolder();
  const blobs = [];
  for (const [at, input] of contents.entries()) {
    const { stdout } = await git(['hash-object', '-w', '--no-filters', '--stdin'], { input });
    const object = stdout.toString().trim();
    blobs.push({ object, file: path.join(folder, String(at)), size: input.length });
  }
  return blobs;
}

test('writes objects of any size and content, also the same one twice, with one command', async () => {
  const contents = ['', '\n', 'a', 'a', `${'0'.repeat(40)} blob 3\nabc\n`].map((text) => Buffer.from(text));
  contents.push(randomBytes(5_000_000), Buffer.from('after'));
  const blobs = await stored(contents);
  const sizes: number[] = [];
  const commands: string[] = [];
  const counted: Git = (args, call) => {
    commands.push(args.join(' '));
    return git(args, call);
  };
  const times = await writeBlobs(counted, blobs, (bytes) => sizes.push(bytes));
  expect(commands).toEqual(['cat-file --batch']);
  expect(sizes).toEqual(contents.map(({ length }) => length));
  for (const [at, { file }] of blobs.entries()) {
    expect(readFileSync(file).equals(contents[at] as Buffer)).toBe(true);
    expect(times.get(file)).toBe(statSync(file).mtimeMs);
  }
});

test('runs no command if no object is wanted', async () => {
  const none: Git = () => Promise.reject(new Error('a command'));
  expect(await writeBlobs(none, [])).toEqual(new Map());
});

test('fails if git does not send an object as expected', async () => {
  const [first, second] = await stored([Buffer.from('one'), randomBytes(3_000_000)]);
  if (!first || !second) throw new Error('two objects are expected');
  const missing = { ...first, object: 'f'.repeat(40) };
  // git has more to send than was read.
  for (const blobs of [[missing], [missing, second], [{ ...first, size: 4 }, second]])
    await expect(writeBlobs(git, blobs)).rejects.toThrow(GitError);
});

test('fails if the output of git ends too early', async () => {
  const [blob] = await stored([Buffer.from('content')]);
  if (!blob) throw new Error('an object is expected');
  for (const sent of [
    '',
    `${blob.object} bl`,
    `${blob.object} blob 7\ncon`,
    `${blob.object} blob 7\ncontent`,
  ]) {
    const cut: Git = async (_args, call) => {
      await call?.readOutput?.(chunksOf(sent));
      return { code: 0, signal: undefined, stdout: Buffer.alloc(0), stderr: '' };
    };
    await expect(writeBlobs(cut, [blob])).rejects.toThrow('git cat-file printed ""');
  }
});

/** Each byte arrives separately. */
async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(text)) yield await Promise.resolve(Buffer.from([byte]));
}

test('reports a file that cannot be written, and ends the command', async () => {
  const [blob] = await stored([randomBytes(3_000_000)]);
  if (!blob) throw new Error('an object is expected');
  await expect(writeBlobs(git, [{ ...blob, file: `${blob.file}/none` }])).rejects.toThrow('ENOENT');
  // A device of Linux that is always full.
  if (process.platform !== 'linux') return;
  await expect(writeBlobs(git, [{ ...blob, file: '/dev/full' }])).rejects.toMatchObject({
    code: 'machine',
    message: 'A file of the site cannot be stored: the disk is full (/dev/full).',
  });
});
