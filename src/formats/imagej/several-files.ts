import type { CodeOf, Problem } from '../../model/problem.js';

/** Up to this number, each file has a problem of its own; more of them share one. */
const MAX_SINGLE = 10;
/** How many files a message names. */
const MAX_NAMES = 10;

/** A warning that may concern many files, and how it is put in words. */
export interface SharedWarning {
  readonly code: CodeOf<'warning'>;
  /** @param files the names, ready to be read, and whether there are several */
  message(files: string, areMany: boolean): string;
  hint(paths: readonly string[]): string;
}

/** Warns of each of a few files, or once of all of many. */
export function warningsOf(paths: readonly string[], warning: SharedWarning): readonly Problem[] {
  if (paths.length > MAX_SINGLE) return sharedWarning(paths, warning);
  return paths.flatMap((path) => sharedWarning([path], warning));
}

/** Warns once of all files; nothing if there are none. */
export function sharedWarning(paths: readonly string[], warning: SharedWarning): readonly Problem[] {
  const [path] = paths;
  if (path === undefined) return [];
  const message = warning.message(listOf(paths), paths.length > 1);
  return [{ severity: 'warning', code: warning.code, path, message, hint: warning.hint(paths) }];
}

/** For messages: up to ten names, and how many more there are. */
export function listOf(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return names.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** What to write in order to remove files: `"remove: a" (--remove a)`. */
export function removeLines(paths: readonly string[]): string {
  const shown = paths.slice(0, MAX_NAMES);
  const options = shown.map((path) => `--remove ${shellQuoted(path)}`).join(' ');
  const [only] = shown;
  if (paths.length === 1 && only !== undefined) return `"remove: ${only}" (${options})`;
  return `the lines ${shown.map((path) => `"${path}"`).join(', ')} of "remove" (${options})`;
}

/** Quotes what a shell would take for something else. */
function shellQuoted(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
