import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import type { Problem } from '../model/problem.js';
import { literalBeginning, matchPattern, MAX_ENTRIES, type Matched } from './glob.js';
import { isWithin } from './within.js';

/**
 * Finds the files that one pattern names: a path written in full, or what its wildcards match.
 *
 * @param roots the folders that files may come from, whatever links there are; undefined for any
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
  // A name such as "tool (1).jar" looks like a pattern, and may be that of a file.
  const isFullPath = !isDynamicPattern(text) || (found?.isFile() === true && !/[*?]/.test(text));
  if (!isFullPath || found?.isDirectory()) {
    const base = literalBeginning(text);
    const fault = await outsideOf(cwd, base, roots);
    return fault ? { files: [], problems: [fault] } : matchPattern(cwd, text, maxEntries);
  }
  if (!found) {
    const isLink = (await lstat(absolute).catch(() => undefined))?.isSymbolicLink() === true;
    return { files: [], problems: isLink ? [leadsNowhere(text)] : [] };
  }
  if (!found.isFile()) return { files: [], problems: [notAFile(text)] };
  const fault = await outsideOf(cwd, text, roots);
  return fault ? { files: [], problems: [fault] } : { files: [text], problems: [] };
}

/** What is wrong with where a path really leads; undefined if that is in one of the folders, or does not exist. */
async function outsideOf(
  cwd: string,
  file: string,
  roots: readonly string[] | undefined,
): Promise<Problem | undefined> {
  if (!roots) return undefined;
  const real = await realpath(path.resolve(cwd, file), 'buffer').catch(() => undefined);
  if (!real) return undefined;
  for (const root of roots) {
    const realRoot = await realpath(root, 'buffer').catch(() => undefined);
    if (!realRoot || !isWithin(real, realRoot)) continue;
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
    message: `${file} leads into a folder ".git", which may hold credentials.`,
    hint: 'Publish files of the build, not of the repository itself.',
  };
}

function leadsNowhere(file: string): Problem {
  return {
    severity: 'error',
    code: 'outside-link',
    path: file,
    message: `The symbolic link ${file} leads nowhere.`,
    hint: 'Remove it, or make what it points to.',
  };
}

function notAFile(file: string): Problem {
  return {
    severity: 'error',
    code: 'not-a-file',
    path: file,
    message: `${file} is a pipe, a socket or a device, not a file.`,
    hint: 'Name a regular file.',
  };
}
