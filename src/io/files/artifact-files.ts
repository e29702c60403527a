/**
 * Local files: finds artifacts by patterns, reads within bounds, writes atomically, and copies payloads so that
 * they cannot change any more.
 *
 * @module
 */

import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ArtifactFiles, FoundBelow, FoundFile } from '../../app/ports/files.js';
import type { AppFolderRules } from '../../model/app-folder.js';
import type { Problem } from '../../model/problem.js';
import { compareText } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { reasonOf } from '../reasons.js';
import { notText } from './glob.js';
import { matchFiles } from './match-files.js';
import { readEntries } from './names.js';
import { presentBelow } from './present-files.js';
import { isWithin } from './within.js';

/** Maximum depth of folders below an application folder. */
const MAX_DEPTH = 32;
/** Maximum number of files of one pattern or folder. A complete Fiji has some 2,000. */
const MAX_FILES = 100_000;
const ANY_EXECUTE_BIT = 0o111;

/**
 * Finds artifacts on the local disk; relative paths start at `cwd`.
 *
 * @param roots the folders that patterns, and links to application folders, may lead to; `undefined` for any
 * @param maxEntries maximum number of folder entries that one pattern may examine; `undefined` for the default
 */
export function createArtifactFiles(
  cwd: string,
  roots?: readonly string[],
  maxEntries?: number,
): ArtifactFiles {
  return {
    async match(pattern) {
      const matched = await matchFiles(cwd, pattern, roots, maxEntries);
      if (matched.files.length > MAX_FILES) throw tooMany(pattern);
      const files = [...matched.files].sort(compareText).map((file) => path.normalize(file));
      return {
        files: await Promise.all(files.map((file) => describe(cwd, file))),
        problems: matched.problems,
      };
    },

    async below(folder, rules) {
      const root = path.resolve(cwd, folder);
      const realRoot = await realpath(root).catch((error: unknown) => {
        throw new UserError(
          'artifact',
          `The application folder ${folder} cannot be read: ${reasonOf(error)}.`,
          {
            hint: 'Check "app-dir" (--app-dir): it is the folder that contains plugins/ and jars/.',
            cause: error,
          },
        );
      });
      if (!(await stat(realRoot)).isDirectory()) {
        throw new UserError('artifact', `The application folder ${folder} is a file.`, {
          hint: 'Check "app-dir" (--app-dir): it is the folder that contains plugins/ and jars/.',
        });
      }
      if (roots && (await isLedOut(root, realRoot, roots)))
        throw new UserError(
          'artifact',
          `The application folder ${folder} is ${realRoot}: a link leads out of the workspace.`,
          {
            hint: 'Copy the folder into the workspace in a step before this one, or pass the real folder as "app-dir".',
          },
        );
      const found: FoundBelow[] = [];
      const faults: Problem[] = [];
      await walk({ cwd, folder, realRoot, rules, found, faults }, '', 0);
      if (faults.length > 0) throw refused(folder, faults);
      return found.sort((a, b) => compareText(a.path, b.path));
    },

    present: (folder, paths) => presentBelow(path.resolve(cwd, folder), paths),
  };
}

/** Whether the path of a folder is in one of the roots, but its real path is not. */
async function isLedOut(folder: string, realFolder: string, roots: readonly string[]): Promise<boolean> {
  const contains = (root: string, file: string) => isWithin(Buffer.from(file), Buffer.from(root));
  if (!roots.some((root) => contains(path.resolve(root), folder))) return false;
  const real = await Promise.all(roots.map((root) => realpath(root).catch(() => undefined)));
  return !real.some((root) => root !== undefined && contains(root, realFolder));
}

interface Walk {
  readonly cwd: string;
  readonly folder: string;
  readonly realRoot: string;
  readonly rules: AppFolderRules;
  readonly found: FoundBelow[];
  /** Faults, collected so that one run reports all of them. */
  readonly faults: Problem[];
}

async function walk(state: Walk, below: string, depth: number): Promise<void> {
  if (depth > MAX_DEPTH) {
    throw new UserError(
      'limit',
      `${path.join(state.folder, below)} is nested deeper than ${MAX_DEPTH} folders.`,
      {
        hint: 'Check for a symbolic link that leads back to one of its own parents.',
      },
    );
  }
  const entries = await readEntries(path.resolve(state.cwd, state.folder, below));
  for (const { name, isText, kind: listed } of entries.sort((a, b) => compareText(a.name, b.name))) {
    if (name.startsWith('.')) continue;
    const relative = below === '' ? name : `${below}/${name}`;
    const file = path.join(state.folder, relative);
    if (!isText) {
      // An entry in a folder of tracked files may be intended as one, whatever its kind.
      const { rules } = state;
      if (rules.mayContainTrackedFiles(relative) || rules.isTrackedPath(relative))
        state.faults.push(notText(file));
      continue;
    }
    const absolute = path.resolve(state.cwd, file);
    const escape = listed.isSymbolicLink() ? await escapeOf(state, absolute, file) : undefined;
    if (escape) {
      if (await leadsToTrackedFiles(state, absolute, relative)) state.faults.push(escape);
      continue;
    }
    const kind = await stat(absolute);
    if (kind.isDirectory()) {
      if (state.rules.mayContainTrackedFiles(relative)) await walk(state, relative, depth + 1);
    } else if (kind.isFile()) {
      if (state.found.length >= MAX_FILES) throw tooMany(state.folder);
      state.found.push({ path: relative, ...(await describe(state.cwd, file)) });
    }
  }
}

/** Whether the target of a link could be published. A broken link may be intended as a file or a folder. */
async function leadsToTrackedFiles({ rules }: Walk, absolute: string, relative: string): Promise<boolean> {
  const kind = await stat(absolute).catch(() => undefined);
  const asFolder = kind === undefined || kind.isDirectory();
  const asFile = kind === undefined || !kind.isDirectory();
  return (asFolder && rules.mayContainTrackedFiles(relative)) || (asFile && rules.isTrackedPath(relative));
}

/** Returns the fault of a link that leads out of the application folder; `undefined` if it stays inside. */
async function escapeOf({ realRoot }: Walk, absolute: string, file: string): Promise<Problem | undefined> {
  const fault = (message: string, hint: string): Problem => {
    return { severity: 'error', code: 'outside-link', path: file, message, hint };
  };
  let target: string;
  try {
    target = await realpath(absolute);
  } catch (error) {
    return fault(
      `The symbolic link ${file} leads nowhere: ${reasonOf(error)}.`,
      'Remove it, or create its target.',
    );
  }
  if (isWithin(Buffer.from(target), Buffer.from(realRoot))) return undefined;
  return fault(
    `The symbolic link ${file} leads out of the application folder.`,
    'Copy the file there instead: files outside are not published.',
  );
}

function refused(folder: string, problems: readonly Problem[]): UserError {
  const [first] = problems;
  return problems.length === 1 && first
    ? new UserError('artifact', first.message, { hint: first.hint ?? '', problems })
    : new UserError('artifact', `${problems.length} files of ${folder} cannot be published.`, { problems });
}

async function describe(cwd: string, file: string): Promise<FoundFile> {
  const { size, mtimeMs, mode } = await stat(path.resolve(cwd, file));
  return { file, size, modified: mtimeMs, executable: (mode & ANY_EXECUTE_BIT) !== 0 };
}

function tooMany(where: string): UserError {
  return new UserError('limit', `${where} yields more than ${MAX_FILES} files.`, {
    hint: 'Make the pattern narrower, or check that this is the right folder.',
  });
}
