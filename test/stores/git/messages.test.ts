import type { UserError } from '../../../src/model/user-error.js';
import { explainGitFailure } from '../../../src/stores/git/errors.js';
import { entriesIn, GitError, objectIn } from '../../../src/stores/git/git.js';
import { reasonIn, rejectionIn } from '../../../src/stores/git/words.js';

const PORCELAIN = (reason: string) =>
  `To https://github.com/ada/cells.git\n!\t4a1f0c:refs/heads/gh-pages\t[remote rejected] (${reason})\nDone\n`;
const FAILED = "error: failed to push some refs to 'https://github.com/ada/cells.git'\n";

function explain(
  stderr: string,
  {
    phase = 'pushing' as const,
    hasToken = true,
    code = 1,
    signal = undefined as NodeJS.Signals | undefined,
  } = {},
): UserError {
  const failure = new GitError('push', { code, signal, stdout: Buffer.alloc(0), stderr }, undefined);
  return explainGitFailure(failure, { doing: 'write to gh-pages', phase, hasToken }) as UserError;
}

describe('the reason why a remote rejects a push', () => {
  test.each([
    [
      'a protected branch',
      `${PORCELAIN('protected branch hook declined')}remote: error: GH006: Protected branch update failed for refs/heads/gh-pages.        \nremote: error: Changes must be made through a pull request.        \n${FAILED}`,
      'its rules do not allow the push (GH006: Protected branch update failed for refs/heads/gh-pages; Changes must be made through a pull request)',
      /branch protection and the rulesets/,
    ],
    [
      'a ruleset',
      `remote: error: GH013: Repository rule violations found for refs/heads/gh-pages.        \nremote: Review all repository rules at https://github.com/ada/cells/rules?ref=refs%2Fheads%2Fgh-pages        \nremote: \nremote: - Changes must be made through a pull request.        \nremote: \n${PORCELAIN('push declined due to repository rule violations')}${FAILED}`,
      'its rules do not allow the push (GH013: Repository rule violations found for refs/heads/gh-pages; Review all repository rules at https://github.com/ada/cells/rules?ref=refs%2Fheads%2Fgh-pages; Changes must be made through a pull request)',
      /branch protection and the rulesets/,
    ],
    [
      'a secret',
      `remote: error: GH013: Repository rule violations found for refs/heads/gh-pages.\nremote: \nremote: - GITHUB PUSH PROTECTION\nremote:   —————————————————————————————————————————\nremote:     Resolve the following violations before pushing again\nremote: \nremote:     - Push cannot contain secrets\nremote: \nremote:       —— GitHub Personal Access Token ———————————————\nremote:        locations:\nremote:          - commit: 8728dbe67\nremote:            path: macros/A.ijm-20260101000000:4\nremote:     \nremote:        (?) To push, remove secret from commit(s) or follow this URL to allow the secret.\nremote:        https://github.com/ada/cells/security/secret-scanning/unblock-secret/2NQ\n${PORCELAIN('push declined due to repository rule violations')}${FAILED}`,
      'it found a secret, such as a password or a key, in the push (GH013: Repository rule violations found for refs/heads/gh-pages; GITHUB PUSH PROTECTION; Resolve the following violations before pushing again; Push cannot contain secrets; GitHub Personal Access Token; locations:; commit: 8728dbe67; path: macros/A.ijm-20260101000000:4; To push, remove secret from commit(s) or follow this URL to allow the secret; https://github.com/ada/cells/security/secret-scanning/unblock-secret/2NQ)',
      /Take the secret out of the file/,
    ],
    [
      'a file that is too large',
      `remote: error: Trace: 1b2c3d4e5f        \nremote: error: See https://gh.io/lfs for more information.        \nremote: error: File lib/big.bin-20260101000000 is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB        \nremote: error: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.        \n${PORCELAIN('pre-receive hook declined')}${FAILED}`,
      "a file is too large for it (See https://gh.io/lfs for more information; File lib/big.bin-20260101000000 is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB; GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com)",
      /over 100 MB/,
    ],
    [
      'a branch that is locked',
      `remote: error: GH006: Protected branch update failed for refs/heads/gh-pages.\nremote: error: Cannot change this locked branch\n${PORCELAIN('protected branch hook declined')}${FAILED}`,
      'the branch or a file on it is locked (GH006: Protected branch update failed for refs/heads/gh-pages; Cannot change this locked branch)',
      /Unlock it/,
    ],
    [
      'a lock on a file (GitLab)',
      `remote: GitLab: The path 'db.xml.gz' is locked by Ada        \n${PORCELAIN('pre-receive hook declined')}${FAILED}`,
      "the branch or a file on it is locked (GitLab: The path 'db.xml.gz' is locked by Ada)",
      /Unlock it/,
    ],
    [
      'a hook that prints nothing',
      `${PORCELAIN('pre-receive hook declined')}${FAILED}`,
      'its rules do not allow the push (pre-receive hook declined)',
      /branch protection/,
    ],
    [
      'an archive',
      `remote: This repository was archived so it is read-only.\nfatal: unable to access 'https://github.com/ada/cells.git/': The requested URL returned error: 403\n`,
      'the repository is archived and read-only (This repository was archived so it is read-only)',
      /another repository/,
    ],
    [
      'a full disk of the server, not of this machine',
      `remote: fatal: write error: No space left on device        \nerror: remote unpack failed: index-pack abnormal exit\n${PORCELAIN('unpacker error')}${FAILED}`,
      'the repository cannot store the push (write error: No space left on device)',
      /Its disk may be full/,
    ],
    [
      'a folder of objects that cannot be written',
      `${PORCELAIN('unpacker error')}error: remote unpack failed: unable to create temporary object directory\n${FAILED}`,
      'the repository cannot store the push (unpacker error; remote unpack failed: unable to create temporary object directory)',
      /"objects" not writable/,
    ],
    [
      'a folder of objects without write access',
      `remote: error: insufficient permission for adding an object to repository database ./objects\n${PORCELAIN('unpacker error')}${FAILED}`,
      'the repository cannot store the push (insufficient permission for adding an object to repository database ./objects)',
      /"objects" not writable/,
    ],
    [
      'a hook on references',
      'Sites are frozen\nuntil Monday\nfatal: ref updates aborted by hook\nsend-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly\n',
      'a hook of the remote rejected the push (Sites are frozen; until Monday; ref updates aborted by hook)',
      /output of the hook/,
    ],
    [
      'a folder of another user',
      "fatal: detected dubious ownership in repository at '/srv/site.git'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /srv/site.git\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n",
      "another user owns the folder of the repository, and git does not trust it (detected dubious ownership in repository at '/srv/site.git'; To add an exception for this directory, call:; git config --global --add safe.directory /srv/site.git)",
      /run the "git config" command/,
    ],
    [
      'a server that only closes the connection',
      'fatal: the remote end hung up unexpectedly\n',
      'it could not be reached (the remote end hung up unexpectedly)',
      /Check the network/,
    ],
  ])('is named without the noise of git: %s', (_, output, what, hint) => {
    const error = explain(output);
    expect(error.message).toBe(`Could not write to gh-pages: ${what}.`);
    expect(error.hint).toMatch(hint);
    expect(error.code).toBe('remote');
  });

  test('is bounded, and does not show credentials', () => {
    const long = Array.from(
      { length: 200 },
      (_, at) => `remote: line ${at} at https://me:secret@example.org/`,
    );
    const error = explain(`${long.join('\n')}\n${PORCELAIN('declined')}`);
    expect(error.message.length).toBeLessThan(1200);
    expect(error.message).not.toContain('secret');
  });

  test('is found only in the line of the reference, not in the output of a hook', () => {
    expect(rejectionIn('remote: [rejected] by policy\n')).toBeUndefined();
    expect(rejectionIn('!\ta:b\t[rejected] (fetch first)\n')).toEqual({
      byRemote: false,
      reason: 'fetch first',
    });
    expect(rejectionIn(PORCELAIN('failed to update ref'))).toEqual({
      byRemote: true,
      reason: 'failed to update ref',
    });
  });
});

describe('a failure of git', () => {
  test.each([
    [
      'a full disk',
      'fatal: unable to write loose object file: No space left on device\n',
      /disk of this machine is full/,
    ],
    ['no file handles', 'fatal: open(/dev/null): Too many open files\n', /too many files are open/],
    ['no memory', 'fatal: Out of memory, malloc failed (tried to allocate 12 bytes)\n', /out of memory/],
    [
      'a disk that cannot be written',
      'error: could not lock config file: Read-only file system\n',
      /cannot be written/,
    ],
  ])('is reported as a failure of this machine: %s', (_, stderr, what) => {
    const error = explain(stderr, { code: 128 });
    expect(error.code).toBe('machine');
    expect(error.message).toMatch(what);
  });

  test('names the signal that ended git, and a possible cause', () => {
    const error = explain('', { code: -1, signal: 'SIGKILL' });
    expect(error).toMatchObject({
      code: 'machine',
      message: 'Could not write to gh-pages: git push was killed (SIGKILL).',
      hint: expect.stringMatching(/out of memory[\s\S]*Run again/) as string,
    });
  });

  test('names the command and its exit code if git printed nothing', () => {
    expect(explain('', { code: 3 }).message).toBe(
      'Could not write to gh-pages: git push ended with exit code 3 and printed no reason.',
    );
  });

  test.each([
    [
      'fatal: could not read Username for "https://x": terminal prompts disabled',
      true,
      /does not accept the token/,
    ],
    ['fatal: could not read Username for "https://x": terminal prompts disabled', false, /none was given/],
    ['fatal: Authentication failed for "https://x"', true, /does not accept the token/],
    ['fatal: Authentication failed for "https://x"', false, /does not accept the login/],
  ])('distinguishes a wrong token from a missing one: %s (token: %s)', (stderr, hasToken, what) => {
    expect(explain(stderr, { hasToken }).message).toMatch(what);
  });

  test('has no reason if git printed only noise', () => {
    expect(reasonIn(`To https://example.org/x.git\nDone\n${FAILED}`)).toBe('');
  });
});

describe('the output of git', () => {
  const printed = (text: string) => ({ code: 0, signal: undefined, stdout: Buffer.from(text), stderr: '' });

  test('is accepted if it is complete', () => {
    expect(entriesIn('ls-tree', printed('a\0b\0'))).toEqual(['a', 'b']);
    expect(entriesIn('ls-tree', printed(''))).toEqual([]);
    expect(objectIn('rev-parse', printed(`${'a'.repeat(40)}\n`))).toBe('a'.repeat(40));
  });

  test('is an error if it is truncated, and never passes for an empty site', () => {
    expect(() => entriesIn('ls-tree', printed('100644 '))).toThrow(/git ls-tree printed "100644 "/);
    for (const text of ['', 'abc1234', `${'a'.repeat(40)}\n${'b'.repeat(40)}\n`])
      expect(() => objectIn('rev-parse', printed(text))).toThrow(GitError);
  });
});
