import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { machineFault, makeTempFolder } from '../../../src/io/machine-fault.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';
import { gitSite, writeIndex } from '../../support/git-site.js';
import { git, GIT_ENV, makeBareRepository, refsOf } from '../../support/git.js';
import { indexPublication } from '../../support/index-publication.js';

describe('the folder for temporary files', () => {
  test.each([
    ['does not exist', 'missing', /missing cannot be written: it does not exist\.$/],
    ['is a file', 'file', /file cannot be written: a part of the path is a file\.$/],
  ])('is named if it %s, with a hint how to choose another one', async (_, name, message) => {
    const folder = makeFolder();
    writeFiles(folder, { file: '' });
    const tempDir = path.join(folder, name);
    await expect(writeIndex(gitSite(makeBareRepository(), { tempDir }), 'one')).rejects.toMatchObject({
      code: 'machine',
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(/TMPDIR.*RUNNER_TEMP/) as string,
    });
    await expect(makeTempFolder(tempDir, 'x-')).rejects.toMatchObject({ code: 'machine' });
  });

  posixTest('is left empty if git cannot create a repository in it', async () => {
    const tempDir = makeFolder();
    const env = { ...GIT_ENV, GIT_CONFIG_GLOBAL: path.join(tempDir, 'broken') };
    writeFileSync(path.join(tempDir, 'broken'), '[not a setting\n');
    const site = gitSite(makeBareRepository(), { tempDir, env });
    await expect(writeIndex(site, 'one')).rejects.toMatchObject({
      message: expect.stringMatching(
        /^Could not make a temporary repository in .*bad config line 1/,
      ) as string,
      hint: expect.stringContaining('Nothing was changed.') as string,
    });
    expect(readdirSync(tempDir)).toEqual(['broken']);
  });
});

describe('the configuration of the user', () => {
  test('does not change the encoding of commits', async () => {
    const folder = makeFolder();
    writeFiles(folder, { config: '[i18n]\n\tcommitEncoding = latin1\n\tlogOutputEncoding = latin1\n' });
    const env = { ...GIT_ENV, GIT_CONFIG_GLOBAL: path.join(folder, 'config') };
    const repository = makeBareRepository();
    await writeIndex(gitSite(repository, { env }), 'Größe');
    const commit = git(repository, 'cat-file', 'commit', 'gh-pages');
    expect(commit).not.toMatch(/^encoding /m);
    expect(commit).toContain('Größe');
  });
});

describe('a hook of the remote', () => {
  posixTest('is named with its output if it rejects references', async () => {
    const repository = makeBareRepository();
    const hook = path.join(repository, 'hooks/reference-transaction');
    writeFiles(repository, {
      'hooks/reference-transaction': '#!/bin/sh\necho "Sites are frozen" >&2\nexit 1\n',
    });
    chmodSync(hook, 0o755);
    await expect(writeIndex(gitSite(repository), 'one')).rejects.toThrow(
      /: a hook of the remote rejected the push \(Sites are frozen; .*aborted by hook.*\)\.$/,
    );
  });
});

describe('a git that cannot be started', () => {
  test('is reported as not installed', async () => {
    const env = { PATH: makeFolder() };
    await expect(writeIndex(gitSite(makeBareRepository(), { env }), 'one')).rejects.toThrow(
      /git is not installed, or not on the PATH/,
    );
  });

  posixTest('is reported if it is not executable', async () => {
    const bin = makeFolder();
    writeFiles(bin, { git: '#!/bin/sh\n' });
    await expect(
      writeIndex(gitSite(makeBareRepository(), { env: { PATH: bin } }), 'one'),
    ).rejects.toMatchObject({
      code: 'machine',
      message: expect.stringMatching(/git could not be started: .*EACCES/) as string,
    });
  });
});

describe('the faults of a machine', () => {
  test('are distinguished from errors of this program by the code of the system', () => {
    const error = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE', path: '/x' });
    expect(machineFault('The run ended', error)).toMatchObject({
      code: 'machine',
      message: 'The run ended: too many files are open (/x).',
    });
    expect(machineFault('The run ended', new TypeError('x is undefined'))).toBeUndefined();
    expect(machineFault('The run ended', Object.assign(new Error(), { code: 'ENOENT' }))).toBeUndefined();
    expect(machineFault('The run ended', undefined)).toBeUndefined();
  });

  test.each([
    [
      'ENOSPC',
      '/t/update-site-aB3xYz/payloads/0',
      'the disk is full (/t/update-site-aB3xYz/payloads/0)',
      /TMPDIR/,
    ],
    ['ENOSPC', '/site/plugins/.a.partial', 'the disk is full (/site/plugins/.a.partial)', /^Free some space/],
    [
      'EIO',
      '/t/update-site-aB3xYz/0',
      'the disk cannot be read or written (/build/source.bin)',
      /^Check the disk/,
    ],
  ])('name the target of a copy if its disk is full: %s at %s', (code, dest, message, hint) => {
    const error = Object.assign(new Error(code), {
      code,
      syscall: 'copyfile',
      path: '/build/source.bin',
      dest,
    });
    expect(machineFault('The run ended', error)).toMatchObject({
      message: `The run ended: ${message}.`,
      hint: expect.stringMatching(hint) as string,
    });
  });
});

describe('a branch that the remote cannot lock', () => {
  const publication = indexPublication('new');

  test('is tried again, and explained if the lock stays although no other run publishes', async () => {
    const repository = makeBareRepository();
    await writeIndex(gitSite(repository), 'one');
    const before = refsOf(repository);
    writeFileSync(path.join(repository, 'refs/heads/gh-pages.lock'), '');
    const site = gitSite(repository);
    for (let attempt = 1; attempt < 8; attempt++)
      expect(await site.publish(await site.open(true), publication)).toEqual({ status: 'lost race' });
    await expect(site.publish(await site.open(true), publication)).rejects.toMatchObject({
      code: 'remote',
      message: expect.stringContaining('the remote cannot lock the branch') as string,
      hint: expect.stringContaining('refs/heads/gh-pages.lock') as string,
    });
    await site.close();
    expect(refsOf(repository)).toBe(before);
  });
});

test('a commit may have a date before 1973', async () => {
  const repository = makeBareRepository();
  const site = gitSite(repository);
  await site.publish(await site.open(true), indexPublication('x', new Date(1000)));
  await site.close();
  expect(git(repository, 'log', '-1', '--format=%at', 'gh-pages').trim()).toBe('1');
});
