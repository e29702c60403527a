import { chmodSync } from 'node:fs';
import path from 'node:path';
import { explainGitFailure } from '../../../src/stores/git/errors.js';
import { createGit, GitError, objectIn, type GitCall } from '../../../src/stores/git/git.js';
import { makeFolder, posixTest, writeFiles } from '../../support/folders.js';

/** Runs a program of the shell in the place of git. */
function running(script: string, call: GitCall = {}, signal?: AbortSignal) {
  const bin = makeFolder();
  writeFiles(bin, { git: `#!/bin/sh\n${script}\n` });
  chmodSync(path.join(bin, 'git'), 0o755);
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  const git = createGit({ env, gitDir: bin, config: [], hasLogin: false, signal });
  return git(['fetch', 'origin'], call);
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

posixTest(
  'the input, the output and the accepted exit codes of a command are those of the caller',
  async () => {
    const result = await running('cat; echo oops >&2; exit 3', { input: 'text', accept: [3] });
    expect(result).toEqual({ code: 3, signal: undefined, stdout: Buffer.from('text'), stderr: 'oops\n' });
  },
);

posixTest('a command that takes too long ends with the programs that it has started', async () => {
  const began = Date.now();
  // The shell waits for another program, which has the same output.
  const error = await failureOf(running('sleep 60', { timeoutMs: 300 }));
  expect(Date.now() - began).toBeLessThan(30_000);
  expect(error).toBeInstanceOf(GitError);
  expect(error).toMatchObject({ timedOutAfterMs: 300, result: { code: -1, signal: 'SIGKILL' } });
  const work = { doing: 'read the branch', phase: 'reading', hasToken: false } as const;
  const slow = new GitError('fetch', { code: -1, signal: 'SIGKILL', stdout: Buffer.of(), stderr: '' }, 9400);
  expect(explainGitFailure(slow, work)).toMatchObject({
    code: 'remote',
    message: 'Could not read the branch: git fetch did not finish within 9 seconds.',
    hint: expect.stringMatching(/Check the network and the server, .* "timeout" \(--timeout\)\.$/) as string,
  });
});

posixTest('an interruption ends a command, and no other one is started', async () => {
  const controller = new AbortController();
  const reason = new Error('interrupted');
  const work = failureOf(running('sleep 60', {}, controller.signal));
  setTimeout(() => {
    controller.abort(reason);
  }, 100);
  expect(await work).toBe(reason);
  expect(await failureOf(running('exit 0', {}, controller.signal))).toBe(reason);
});

posixTest('a command that prints without end is ended', async () => {
  expect(await failureOf(running('yes'))).toMatchObject({
    code: 'limit',
    message: 'git fetch printed more than 67108864 bytes.',
    hint: 'The site has more files, or a larger index, than this program supports.',
  });
});

test.each(['', 'text\n', `${'a'.repeat(40)}\n${'b'.repeat(40)}\n`])(
  'the output %j is not the name of one object',
  (text) => {
    const result = { code: 0, signal: undefined, stdout: Buffer.from(text), stderr: '' };
    expect(() => objectIn('mktree', result)).toThrow(
      `git mktree printed ${JSON.stringify(text.slice(0, 80))}`,
    );
  },
);
