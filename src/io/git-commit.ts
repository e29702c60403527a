import path from 'node:path';
import type { Publication } from '../app/ports.js';
import { UserError } from '../model/user-error.js';
import { allEnded } from './all-ended.js';
import { storePayloads } from './git-payloads.js';
import { objectIn, type Git } from './git.js';

/** Keeps GitHub Pages from handing the site to Jekyll, which drops names that begin with "_" or ".". */
export const NO_JEKYLL = '.nojekyll';

/** Who commits, and where on the branch. */
export interface CommitOptions {
  readonly branch: string;
  /** Folder of the site on the branch; empty for its root. */
  readonly directory: string;
  /** Where relative paths of artifacts start. */
  readonly cwd: string;
  readonly author: { readonly name: string; readonly email: string };
}

/** The path on the branch of a file of the site. */
export function onBranch({ directory }: { directory: string }, file: string): string {
  return directory === '' ? file : `${directory}/${file}`;
}

/**
 * Makes the commit: payloads and index in one, on top of `tip`, or as the first of a new branch.
 *
 * @param scratch a folder for files that are needed on the way
 * @returns the name of the commit
 */
export async function commitOn(
  git: Git,
  scratch: string,
  options: CommitOptions,
  tip: string | undefined,
  publication: Publication,
): Promise<string> {
  const index = { GIT_INDEX_FILE: path.join(scratch, 'index') };
  const [, payloads, texts] = await allEnded([
    git(['read-tree', tip ?? '--empty'], { env: index }),
    storePayloads(git, scratch, options.cwd, publication),
    storeTexts(git, [
      ...publication.indexFiles.map((file) => ({ ...file, path: onBranch(options, file.path) })),
      ...(tip === undefined ? [{ path: NO_JEKYLL, bytes: new Uint8Array() }] : []),
    ]),
  ]);
  const entries = [
    ...publication.payloads.map(({ storedPath }, at) => ({
      path: onBranch(options, storedPath),
      object: payloads[at] as string,
    })),
    ...texts,
  ];
  const removed = tip === undefined ? [] : publication.removals.map((file) => onBranch(options, file));
  const input = [
    ...removed.map((file) => `0 ${'0'.repeat(tip?.length ?? 0)}\t${file}\0`),
    ...entries.map((entry) => `100644 ${entry.object}\t${entry.path}\0`),
  ].join('');
  await git(['update-index', '-z', '--add', '--index-info'], { env: index, input });
  if (tip !== undefined) await requireNothingLost(git, index, tip, options, publication);
  // Without --missing-ok, git would fetch every file of the site to see that it exists.
  const tree = objectIn('write-tree', await git(['write-tree', '--missing-ok'], { env: index }));
  // With "@", git also takes moments before March 1973 for seconds since 1970.
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

/** Stores bytes as objects, one after the other: there are few. */
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
 * A publication adds payloads, replaces its index, and removes what it names. Everything else on the branch must still be there: git would
 * silently drop a file that stands where a folder is needed, and a payload of the same name is another version.
 */
async function requireNothingLost(
  git: Git,
  env: Readonly<Record<string, string>>,
  tip: string,
  options: CommitOptions,
  { indexFiles, removals }: Publication,
): Promise<void> {
  const { stdout } = await git(['diff-index', '--cached', '--no-renames', '--name-status', '-z', tip], {
    env,
  });
  const replaced = new Set(indexFiles.map((file) => onBranch(options, file.path)));
  const removed = new Set(removals.map((file) => onBranch(options, file)));
  const fields = stdout.toString('utf8').split('\0');
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [status, file = ''] = fields.slice(at, at + 2);
    if (status === 'A' || (status === 'M' && replaced.has(file))) continue;
    if (status === 'D' && removed.has(file)) continue;
    throw new UserError(
      'site',
      `Branch ${options.branch} has ${file} already, where this publication needs the place.`,
      {
        hint: 'Nothing was changed. Move that file away from the branch, or publish into another directory of it.',
      },
    );
  }
}
