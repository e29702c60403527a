import path from 'node:path';
import type { Publication } from '../../app/ports/site-store.js';
import { UserError } from '../../model/user-error.js';
import { allEnded } from './all-ended.js';
import { objectIn, type Git } from './git.js';
import { storePayloads } from './payloads.js';
import { onBranch, treeOf, type Tree } from './tree.js';

/** Keeps GitHub Pages from running Jekyll, which drops names that begin with "_" or ".". */
export const NO_JEKYLL = '.nojekyll';

/** Author of commits, and place of the site on the branch. */
export interface CommitOptions {
  readonly branch: string;
  /** Folder of the site on the branch; empty for its root. */
  readonly directory: string;
  /** Where relative paths of artifacts start. */
  readonly cwd: string;
  readonly author: { readonly name: string; readonly email: string };
}

/** A file that a commit adds or replaces. */
interface Written {
  readonly path: string;
  readonly object: string;
  /** Whether it may replace an existing file. */
  readonly isIndex: boolean;
}

/**
 * Creates the commit: payloads and index together, on top of the branch or as the first commit of a new one.
 *
 * @param scratch a folder for temporary files
 * @param before the current commit of the branch, with all its files
 * @returns the name of the commit
 */
export async function commitOn(
  git: Git,
  scratch: string,
  options: CommitOptions,
  before: { readonly tip: string; readonly tree: Tree } | undefined,
  publication: Publication,
): Promise<string> {
  const tip = before?.tip;
  const index = { GIT_INDEX_FILE: path.join(scratch, 'index') };
  const [, payloads] = await allEnded([
    git(['read-tree', tip ?? '--empty'], { env: index }),
    storePayloads(git, scratch, options.cwd, publication),
  ]);
  const texts = await storeTexts(git, [
    ...publication.indexFiles.map((file) => ({ ...file, path: onBranch(options, file.path) })),
    ...(tip === undefined ? [{ path: NO_JEKYLL, bytes: new Uint8Array() }] : []),
  ]);
  const entries: Written[] = [
    ...publication.payloads.map(({ storedPath }, at) => ({
      path: onBranch(options, storedPath),
      object: payloads[at] as string,
      isIndex: false,
    })),
    ...texts.map((text) => ({ ...text, isIndex: true })),
  ];
  const removed = tip === undefined ? [] : publication.removals.map((file) => onBranch(options, file));
  const input = [
    ...removed.map((file) => `0 ${'0'.repeat(tip?.length ?? 0)}\t${file}\0`),
    ...entries.map((entry) => `100644 ${entry.object}\t${entry.path}\0`),
  ].join('');
  await git(['update-index', '-z', '--add', '--index-info'], { env: index, input });
  // Without --missing-ok, git would fetch every file of the site to check that it exists.
  const tree = objectIn('write-tree', await git(['write-tree', '--missing-ok'], { env: index }));
  requireWhole(await treeOf(git, tree), before?.tree ?? new Map(), options, entries, new Set(removed));
  // With "@", git also reads times before March 1973 as seconds since 1970.
  const date = `@${Math.floor(publication.date.getTime() / 1000)} +0000`;
  const { name, email } = options.author;
  const made = await git(['commit-tree', tree, ...(tip === undefined ? [] : ['-p', tip]), '-F', '-'], {
    input: publication.message,
    env: {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: date,
    },
  });
  return objectIn('commit-tree', made);
}

/** Stores bytes as objects, one by one because there are few. */
async function storeTexts(
  git: Git,
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): Promise<{ path: string; object: string }[]> {
  const stored: { path: string; object: string }[] = [];
  for (const { path: file, bytes } of files) {
    const input = Buffer.from(bytes);
    const result = await git(['hash-object', '-w', '--no-filters', '--stdin'], { input });
    stored.push({ path: file, object: objectIn('hash-object', result) });
  }
  return stored;
}

/**
 * Checks that the tree contains all changes of the publication and everything else on the branch. Git silently
 * drops names that it does not accept, and files in the place of a needed folder.
 */
function requireWhole(
  tree: Tree,
  before: Tree,
  { branch }: CommitOptions,
  entries: readonly Written[],
  removed: ReadonlySet<string>,
): void {
  const written = new Map(entries.map((entry) => [entry.path, entry]));
  for (const [file, { object }] of before) {
    const mayChange = written.get(file)?.isIndex === true || removed.has(file);
    if (mayChange || tree.get(file)?.object === object) continue;
    throw new UserError(
      'site',
      `Branch ${branch} already contains ${file} in a place that this publication needs.`,
      {
        hint: 'Nothing was changed. Move that file to another place, or publish into another directory of the branch.',
      },
    );
  }
  for (const { path: file, object } of entries) {
    if (tree.get(file)?.object === object) continue;
    throw new UserError('site', `git does not accept ${file} on branch ${branch}.`, {
      hint: 'Nothing was changed. Git rejects names that some systems treat as ".git", such as "git~1": choose another name.',
    });
  }
}
