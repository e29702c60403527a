import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import type { Problem } from '../../model/problem.js';
import { leadsNowhere, literalBeginning, matchPattern, MAX_ENTRIES, notAFile, type Matched } from './glob.js';
import { isWithin } from './within.js';

/**
 * Finds the files that one pattern names: a full path, or everything that its wildcards match.
 *
 * @param roots the folders that files may come from, after links are resolved; `undefined` for any
 */
export async function matchFiles(
  cwd: string,
  pattern: string,
  roots: readonly string[] | undefined,
  maxEntries = MAX_ENTRIES,
): Promise<Matched> {
  const text = pattern.replaceAll('\\', '/');
  const absolute = path.resolve(cwd, text);
  const found = await stat(absolute).catch(() => undefined);
  // A name such as "tool (1).jar" looks like a pattern, but may be that of a file.
  const isFullPath = !isDynamicPattern(text) || (found?.isFile() === true && !/[*?]/.test(text));
  const realRoots = roots && (await realFolders(roots));
  if (!isFullPath || found?.isDirectory()) {
    const base = literalBeginning(text);
    const fault = goesBack(text, base) ?? (await outsideOf(cwd, base, realRoots));
    if (fault) return { files: [], problems: [fault] };
    const { files, problems } = await matchPattern(cwd, text, maxEntries);
    // A pattern can also match a folder that is not allowed: ".gi[t]".
    const faults = [...problems];
    for (const file of files) {
      const outside = await outsideOf(cwd, file, realRoots);
      if (outside) faults.push(outside);
    }
    return { files, problems: faults };
  }
  if (!found) {
    const isLink = (await lstat(absolute).catch(() => undefined))?.isSymbolicLink() === true;
    return { files: [], problems: isLink ? [leadsNowhere(text)] : [] };
  }
  if (!found.isFile()) return { files: [], problems: [notAFile(text)] };
  const fault = await outsideOf(cwd, text, realRoots);
  return fault ? { files: [], problems: [fault] } : { files: [text], problems: [] };
}

/** Returns the problem of ".." after a wildcard, which could lead out of the literal beginning. */
function goesBack(pattern: string, base: string): Problem | undefined {
  if (!/(^|[/{,(|])\.\.($|[/},)|])/.test(pattern.slice(base.length))) return undefined;
  return {
    severity: 'error',
    code: 'outside-path',
    path: pattern,
    message: `The pattern "${pattern}" has ".." after a wildcard, so it could lead anywhere.`,
    hint: 'Use ".." only at the beginning, or split the pattern into two.',
  };
}

async function realFolders(folders: readonly string[]): Promise<readonly Buffer[]> {
  const real = await Promise.all(folders.map((folder) => realpath(folder, 'buffer').catch(() => undefined)));
  return real.filter((folder) => folder !== undefined);
}

/**
 * Returns the problem of a path whose real path is not allowed; `undefined` if it is in one of the folders, or does
 * not exist.
 */
async function outsideOf(
  cwd: string,
  file: string,
  realRoots: readonly Buffer[] | undefined,
): Promise<Problem | undefined> {
  if (!realRoots) return undefined;
  const real = await realpath(path.resolve(cwd, file), 'buffer').catch(() => undefined);
  if (!real) return undefined;
  for (const realRoot of realRoots) {
    if (!isWithin(real, realRoot)) continue;
    const below = real.subarray(realRoot.length).toString('utf8');
    return below.split(/[/\\]/).includes('.git') ? inGit(file) : undefined;
  }
  return {
    severity: 'error',
    code: 'outside-path',
    path: file,
    message: `${file || '.'} is ${real.toString('utf8')}, outside of the folders that a workflow may publish from: the workspace, RUNNER_TEMP and the Maven repository.`,
    hint: 'Copy the files into the workspace in a step before this one.',
  };
}

function inGit(file: string): Problem {
  return {
    severity: 'error',
    code: 'outside-path',
    path: file,
    message: `${file} leads into a folder ".git", which may contain credentials.`,
    hint: 'Publish files of the build, not of the repository itself.',
  };
}
