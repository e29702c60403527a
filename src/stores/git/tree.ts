import type { Obstacle } from '../../app/ports/site-store.js';
import { nearMatches } from '../../model/near-matches.js';
import { foldersAbove } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { entriesIn, unexpected, type Git } from './git.js';

/** Where on the branch the site is, and how long a file of it may take to arrive. */
export interface TreeOptions {
  readonly branch: string;
  /** Folder of the site on the branch; empty for its root. */
  readonly directory: string;
  /** In milliseconds: a file that was left out of the fetch is asked for when it is read. */
  readonly timeoutMs: number;
}

/** The path on the branch of a file of the site. */
export function onBranch({ directory }: { directory: string }, file: string): string {
  return directory === '' ? file : `${directory}/${file}`;
}

/** What a commit holds at a path. */
export interface TreeEntry {
  readonly object: string;
  /** A symbolic link has an object too, but is not one. */
  readonly kind: 'file' | 'link' | 'repository';
}

/** What a commit holds, by path from the root of the branch: files, links and submodules, but no folders. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** Lists a commit, in one command: to start git takes longer than to list thousands of files. */
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

/** One file of the site at a commit; undefined if it does not exist. */
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

/** The paths of the site's files, relative to its folder. */
export function filesOf(tree: Tree, options: TreeOptions): string[] {
  const folder = onBranch(options, '');
  return [...tree.keys()].flatMap((file) => (file.startsWith(folder) ? [file.slice(folder.length)] : []));
}

/** The other folders of a commit that have this file of a site, those with the nearest names and nearest to the root first. */
export function otherFoldersWith(tree: Tree, options: TreeOptions, file: string): readonly string[] {
  const folders = [...tree]
    .filter(([path, { kind }]) => kind === 'file' && `/${path}`.endsWith(`/${file}`))
    .map(([path]) => path.slice(0, -file.length).replace(/\/$/, ''))
    .filter((folder) => folder !== options.directory)
    .sort((a, b) => a.split('/').length - b.split('/').length);
  return [...new Set([...nearMatches(options.directory, folders), ...folders])];
}

/** Those of some paths, relative to the site's folder, that a commit does not have. */
export function missingIn(tree: Tree, options: TreeOptions, files: readonly string[]): readonly string[] {
  return files.filter((file) => !tree.has(onBranch(options, file)));
}

/**
 * What a commit has where files of the site must be written: a file in the place of a folder, or the reverse.
 *
 * @param files relative to the site's folder
 * @returns one obstacle for each path in the way
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
    const hint = 'Move it to another place on the branch, or publish into another directory of it.';
    found.set(name, { path, message, hint });
  }
  return [...found.values()];
}

/** What an entry is, if it is not a file. */
function otherKind(entry: TreeEntry | undefined): string | undefined {
  if (entry === undefined || entry.kind === 'file') return undefined;
  return entry.kind === 'link' ? 'a link' : 'a submodule';
}
