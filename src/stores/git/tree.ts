import type { Obstacle } from '../../app/ports/site-store.js';
import { nearMatches } from '../../model/near-matches.js';
import { foldersAbove } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { entriesIn, unexpected, type Git } from './git.js';

/** Place of the site on the branch, and the timeout for reading a file. */
export interface TreeOptions {
  readonly branch: string;
  /** Folder of the site on the branch; empty for its root. */
  readonly directory: string;
  /** In milliseconds: git requests a file that the fetch has left out when it is read. */
  readonly timeoutMs: number;
}

/** Returns the path on the branch of a file of the site. */
export function onBranch({ directory }: { directory: string }, file: string): string {
  return directory === '' ? file : `${directory}/${file}`;
}

/** An entry of a commit. */
export interface TreeEntry {
  readonly object: string;
  /** A symbolic link has an object too, but is not a file. */
  readonly kind: 'file' | 'link' | 'repository';
}

/** The content of a commit, by path from the root of the branch: files, links and submodules, but not folders. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** Lists a commit with one command: starting git takes longer than listing thousands of files. */
export async function treeOf(git: Git, tip: string): Promise<Tree> {
  const listed = await git(['ls-tree', '-r', '-z', '--full-tree', tip]);
  return new Map(
    entriesIn('ls-tree', listed).map((line): [string, TreeEntry] => {
      const [, mode, type, object, file] = /^(\d+) (\w+) ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
      if (object === undefined || file === undefined) throw unexpected('ls-tree', listed);
      const kind = type !== 'blob' ? 'repository' : mode === '120000' ? 'link' : 'file';
      return [file, { object, kind }];
    }),
  );
}

/** Reads one file of the site at a commit; `undefined` if it does not exist. */
export async function readBlob(
  git: Git,
  options: TreeOptions,
  tree: Tree,
  file: string,
): Promise<Uint8Array | undefined> {
  const path = onBranch(options, file);
  const entry = tree.get(path);
  if (entry === undefined && !isFolder(tree, path)) return undefined;
  if (entry?.kind !== 'file') {
    throw new UserError('site', `${path} on branch ${options.branch} is not a file.`, {
      hint: 'Remove it from the branch and run again.',
    });
  }
  return (await git(['cat-file', 'blob', entry.object], { timeoutMs: options.timeoutMs })).stdout;
}

function isFolder(tree: Tree, path: string): boolean {
  for (const file of tree.keys()) if (file.startsWith(`${path}/`)) return true;
  return false;
}

/** Returns the paths of the site's files, relative to its folder. */
export function filesOf(tree: Tree, options: TreeOptions): string[] {
  const folder = onBranch(options, '');
  return [...tree.keys()].flatMap((file) => (file.startsWith(folder) ? [file.slice(folder.length)] : []));
}

/**
 * Finds the other folders of a commit that contain this file. The most similar names come first, then the folders
 * nearest to the root.
 */
export function otherFoldersWith(tree: Tree, options: TreeOptions, file: string): readonly string[] {
  const folders = [...tree]
    .filter(([path, { kind }]) => kind === 'file' && `/${path}`.endsWith(`/${file}`))
    .map(([path]) => path.slice(0, -file.length).replace(/\/$/, ''))
    .filter((folder) => folder !== options.directory)
    .sort((a, b) => a.split('/').length - b.split('/').length);
  return [...new Set([...nearMatches(options.directory, folders), ...folders])];
}

/** Returns those paths, relative to the site's folder, that a commit does not contain. */
export function missingIn(tree: Tree, options: TreeOptions, files: readonly string[]): readonly string[] {
  return files.filter((file) => !tree.has(onBranch(options, file)));
}

/**
 * Finds what is in the way of files of the site: a file in the place of a folder, or the reverse.
 *
 * @param files relative to the site's folder
 * @returns one obstacle per path in the way
 */
export function obstaclesIn(tree: Tree, options: TreeOptions, files: readonly string[]): readonly Obstacle[] {
  const places = new Map(files.map((file) => [onBranch(options, file), file]));
  const folders = new Set([...tree.keys()].flatMap(foldersAbove).filter((folder) => places.has(folder)));
  const found = new Map<string, Obstacle>();
  for (const [place, path] of places) {
    const file = foldersAbove(place).find((folder) => tree.has(folder));
    const name = file ?? place;
    const what = file !== undefined ? 'a file' : folders.has(place) ? 'a folder' : otherKind(tree.get(place));
    if (what === undefined || found.has(name)) continue;
    const need = file === undefined ? 'a file must be written' : `${place} needs a folder`;
    const message = `Branch ${options.branch} has ${what} ${name}, and ${need} in its place.`;
    const hint = 'Move it to another place, or publish into another directory of the branch.';
    found.set(name, { path, message, hint });
  }
  return [...found.values()];
}

/** Names the kind of an entry that is not a file. */
function otherKind(entry: TreeEntry | undefined): string | undefined {
  if (entry === undefined || entry.kind === 'file') return undefined;
  return entry.kind === 'link' ? 'a link' : 'a submodule';
}
