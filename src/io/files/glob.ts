import type { Dirent, readdir } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { Problem } from '../../model/problem.js';
import { compareText } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { entryPath, readEntries, type Entry } from './names.js';
import { isWithin } from './within.js';

/** Maximum number of folder entries that one pattern examines: a pattern such as `**` may begin anywhere. */
export const MAX_ENTRIES = 1_000_000;

/** Files that a pattern matches. Like the pattern, their paths are absolute or relative to the starting folder. */
export interface Matched {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** What the matcher uses of a folder entry. */
type ShownEntry = Pick<Dirent, 'name' | 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

/** A visited folder: its real path, and the targets of the links that lead to it. */
interface Visited {
  /** As bytes, since not every name is text. */
  readonly real: Buffer;
  readonly targets: readonly Buffer[];
  /** Whether its path as text leads to the folder. */
  readonly isText: boolean;
}

interface Search {
  /** The literal beginning of the pattern, absolute. The user has written it, so it may lead anywhere. */
  readonly base: string;
  /** Real path of `base`. */
  readonly realBase: Buffer;
  readonly visited: Map<string, Visited>;
  /** Links that lead out of the base, by the path that the pattern gives them. */
  readonly outside: Map<string, string>;
  /** Files whose names are not UTF-8, by the path that the pattern gives them. */
  readonly foreign: Set<string>;
  /** Broken links, pipes, sockets and devices, by the path that the pattern gives them. */
  readonly special: Map<string, (file: string) => Problem>;
  /** Folders behind links that lead out and that the pattern would go through. */
  readonly refused: Set<string>;
  readonly maxEntries: number;
  entries: number;
}

/**
 * Returns the part of a pattern before its first wildcard, without a slash at its end; empty if the pattern begins
 * with a wildcard.
 */
export function literalBeginning(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => isDynamicPattern(part));
  if (first < 0) return pattern;
  const base = parts.slice(0, first).join('/');
  return base === '' && first > 0 ? '/' : base;
}

/**
 * Finds the files that a pattern matches. Symbolic links are followed as long as they stay below the real path of
 * the pattern's literal beginning. Every link that leads out is a problem.
 *
 * @param pattern separated by `/`
 * @param maxEntries maximum number of folder entries to examine
 * @throws {UserError} `limit` if the pattern examines too many entries
 */
export async function matchPattern(cwd: string, pattern: string, maxEntries: number): Promise<Matched> {
  const base = path.resolve(cwd, literalBeginning(pattern));
  const realBase = await realpath(base, 'buffer').catch(() => undefined);
  if (realBase === undefined) return { files: [], problems: [] };
  const search: Search = {
    base,
    realBase,
    visited: new Map([[base, { real: realBase, targets: [realBase], isText: true }]]),
    outside: new Map(),
    foreign: new Set(),
    special: new Map(),
    refused: new Set(),
    maxEntries,
    entries: 0,
  };
  const files = await glob(pattern, {
    cwd,
    onlyFiles: true,
    dot: false,
    absolute: false,
    fs: { readdir: readdirOf(search) },
  });
  if (search.entries > maxEntries) {
    throw new UserError(
      'limit',
      `The pattern "${pattern}" examines more than ${maxEntries} files and folders.`,
      {
        hint: 'Start it with the folder of the files, for example "target/**/*.jar".',
      },
    );
  }
  const of = (file: string) => path.resolve(cwd, file);
  const refused = [...search.refused].map((file) => path.relative(cwd, file) || file);
  const outside = [...refused, ...files.filter((file) => search.outside.has(of(file)))].sort(compareText);
  const foreign = files.filter((file) => search.foreign.has(of(file))).sort(compareText);
  const isFound = (file: string) =>
    ![search.outside, search.foreign, search.special].some((unusable) => unusable.has(of(file)));
  return {
    files: files.filter(isFound),
    problems: [
      ...[...files].sort(compareText).flatMap((file) => search.special.get(of(file))?.(file) ?? []),
      ...outside.map((file) => leadsOut(file, search.outside.get(of(file)) ?? '', pattern)),
      ...foreign.map((file) => notText(file)),
    ],
  };
}

/** Lists folders for the matcher. Links are presented as their targets; those that lead out are recorded. */
function readdirOf(search: Search): typeof readdir {
  const list = async (folder: string): Promise<ShownEntry[]> => {
    const absolute = path.resolve(folder);
    if (search.outside.has(absolute)) {
      search.refused.add(absolute);
      return [];
    }
    const at = search.visited.get(absolute) ?? { real: Buffer.from(absolute), targets: [], isText: true };
    if (search.entries > search.maxEntries) return [];
    const entries = await readEntries(at.real);
    search.entries += entries.length;
    const shown: ShownEntry[] = [];
    for (const entry of entries) {
      const asShown = await show(search, path.join(absolute, entry.name), at, entry);
      if (asShown) shown.push(asShown);
    }
    return shown;
  };
  const hook = (
    folder: string,
    _options: unknown,
    done: (error: unknown, entries?: readonly ShownEntry[]) => void,
  ): void => {
    list(folder).then((entries) => {
      done(null, entries);
    }, done);
  };
  // The matcher only uses this signature of the many that it has.
  return hook as unknown as typeof readdir;
}

async function show(
  search: Search,
  absolute: string,
  at: Visited,
  entry: Entry,
): Promise<ShownEntry | undefined> {
  const { name, kind } = entry;
  const isText = at.isText && entry.isText;
  let real = entryPath(at.real, entry);
  let targets = at.targets;
  let isFolder = kind.isDirectory();
  let isFile = kind.isFile();
  if (kind.isSymbolicLink()) {
    const target = await realpath(real, 'buffer').catch(() => undefined);
    const found = target && (await stat(target).catch(() => undefined));
    if (!target || !found) {
      search.special.set(absolute, leadsNowhere);
      return entryShown(name, false);
    }
    isFolder = found.isDirectory();
    isFile = found.isFile();
    // The user has written the literal beginning and everything before it.
    const isOnTheWay = search.base === absolute || search.base.startsWith(absolute + path.sep);
    if (!isOnTheWay && !isWithin(target, search.realBase))
      search.outside.set(absolute, target.toString('utf8'));
    else if (isFolder && [at.real, ...targets].some((parent) => isWithin(parent, target))) return undefined;
    real = target;
    targets = [...targets, target];
  }
  if (isFolder && !search.visited.has(absolute)) search.visited.set(absolute, { real, targets, isText });
  if (isFile && !isText) search.foreign.add(absolute);
  if (!isFolder && !isFile && !search.outside.has(absolute)) search.special.set(absolute, notAFile);
  return entryShown(name, isFolder);
}

function entryShown(name: string, isFolder: boolean): ShownEntry {
  return {
    name,
    isFile: () => !isFolder,
    isDirectory: () => isFolder,
    isSymbolicLink: () => false,
  };
}

function leadsOut(file: string, target: string, pattern: string): Problem {
  return {
    severity: 'error',
    code: 'outside-link',
    path: file,
    message: `The symbolic link ${file}, which "${pattern}" matches or goes through, leads out, to ${target}.`,
    hint: 'Copy the file there in place of the link, or make the pattern narrower. On the command line, a path without wildcards is followed wherever it leads.',
  };
}

/**
 * Returns the problem of a name that is not UTF-8.
 *
 * @param file its path, with U+FFFD for invalid bytes
 */
export function notText(file: string): Problem {
  return {
    severity: 'error',
    code: 'name-encoding',
    path: file,
    message: `The name of ${file} is not UTF-8, and update sites only support names that are.`,
    hint: 'Rename the file, or delete it if it does not belong there.',
  };
}

export function leadsNowhere(file: string): Problem {
  return {
    severity: 'error',
    code: 'outside-link',
    path: file,
    message: `The symbolic link ${file} leads nowhere.`,
    hint: 'Remove it, or create its target.',
  };
}

export function notAFile(file: string): Problem {
  return {
    severity: 'error',
    code: 'not-a-file',
    path: file,
    message: `${file} is a pipe, a socket or a device, not a file.`,
    hint: 'Name a regular file.',
  };
}
