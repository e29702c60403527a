import path from 'node:path';
import type { Publication } from '../app/ports.js';
import type { Payload } from '../model/plan.js';
import { UserError } from '../model/user-error.js';
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
  await git(['read-tree', tip ?? '--empty'], { env: index });
  const entries: { path: string; object: string }[] = [];
  for (const [at, object] of (await storePayloads(git, scratch, options.cwd, publication)).entries()) {
    entries.push({ path: onBranch(options, (publication.payloads[at] as Payload).storedPath), object });
  }
  for (const { path: file, bytes } of publication.indexFiles) {
    entries.push({ path: onBranch(options, file), object: await storeBytes(git, Buffer.from(bytes)) });
  }
  if (tip === undefined) entries.push({ path: NO_JEKYLL, object: await storeBytes(git, Buffer.alloc(0)) });
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

async function storeBytes(git: Git, bytes: Buffer): Promise<string> {
  const stored = await git(['hash-object', '-w', '--no-filters', '--stdin'], { input: bytes });
  return objectIn('hash-object', stored);
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
