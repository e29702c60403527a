import type { Git, GitCall, GitResult } from '../../src/stores/git/git.js';

/**
 * Creates a git that runs nothing.
 *
 * @param print returns what a command prints on standard output
 */
export function printingGit(print: (args: readonly string[], call: GitCall) => string | Buffer): {
  readonly git: Git;
  readonly commands: string[];
} {
  const commands: string[] = [];
  const git: Git = (args, call = {}) => {
    commands.push(args.join(' '));
    const result: GitResult = {
      code: 0,
      signal: undefined,
      stdout: Buffer.from(print(args, call)),
      stderr: '',
    };
    return Promise.resolve(result);
  };
  return { git, commands };
}
