import { UserError } from '../model/user-error.js';
import { onBranch } from './git-commit.js';
import { entriesIn, unexpected, type Git } from './git.js';

/** Where on the branch the site is, and how long its index may take to arrive. */
export interface TreeOptions {
  readonly branch: string;
  /** Folder of the site on the branch; empty for its root. */
  readonly directory: string;
  /** In milliseconds: a file that was left out of the fetch is asked for when it is read. */
  readonly timeoutMs: number;
}

/** One file of the site at a commit; undefined if it does not exist. */
export async function readBlob(
  git: Git,
  options: TreeOptions,
  tip: string,
  file: string,
): Promise<Uint8Array | undefined> {
  const listed = await git(['ls-tree', '-z', '--full-tree', tip, '--', onBranch(options, file)]);
  const match = /^(\d+) (\w+) ([0-9a-f]+)\t/.exec(entriesIn('ls-tree', listed)[0] ?? '');
  if (!match) return undefined;
  const [, mode, type, object] = match;
  if (type !== 'blob' || mode === '120000') {
    throw new UserError('site', `${onBranch(options, file)} on branch ${options.branch} is not a file.`, {
      hint: 'Remove it from the branch and run again.',
    });
  }
  return (await git(['cat-file', 'blob', object as string], { timeoutMs: options.timeoutMs })).stdout;
}

/** The moment at which a commit was made; undefined if its date is out of the range of dates. */
export async function dateOfCommit(git: Git, tip: string): Promise<Date | undefined> {
  const result = await git(['cat-file', 'commit', tip]);
  const committer = /^committer .*> (-?\d+) [+-]\d+$/m.exec(result.stdout.toString('utf8'));
  if (!committer) throw unexpected('cat-file', result);
  const date = new Date(Number(committer[1]) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Those of some paths, relative to the site's folder, that the tree does not have. */
export async function missingIn(
  git: Git,
  options: TreeOptions,
  tip: string,
  files: readonly string[],
): Promise<readonly string[]> {
  const there = new Set(await filesOf(git, options, tip));
  return files.filter((file) => !there.has(file));
}

/** The paths of the site's files, relative to its folder. */
export async function filesOf(git: Git, options: TreeOptions, tip: string): Promise<string[]> {
  const folder = onBranch(options, '');
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', tip, '--'];
  const listed = await git(folder === '' ? args : [...args, folder]);
  return entriesIn('ls-tree', listed).map((file) => file.slice(folder.length));
}
