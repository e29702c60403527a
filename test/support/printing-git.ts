import { Readable } from 'node:stream';
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
  const git: Git = async (args, call = {}): Promise<GitResult> => {
    commands.push(args.join(' '));
    const stdout = Buffer.from(print(args, call));
    const result = { code: 0, signal: undefined, stderr: '' };
    if (!call.readOutput) return { ...result, stdout };
    await call.readOutput(Readable.from([stdout]));
    return { ...result, stdout: Buffer.alloc(0) };
  };
  return { git, commands };
}
