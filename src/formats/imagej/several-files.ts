import { listNames } from '../../model/humanize.js';
import type { CodeOf, Problem } from '../../model/problem.js';

/** Maximum number of files that get a problem each. More files share one. */
const MAX_SINGLE = 10;
/** Maximum number of files that a hint names. */
const MAX_NAMES = 10;

/** The code and the texts of a warning that may concern many files. */
export interface SharedWarning {
  readonly code: CodeOf<'warning'>;
  /**
   * @param files the names, joined for display
   * @param areMany whether there are several
   */
  message(files: string, areMany: boolean): string;
  hint(paths: readonly string[]): string;
}

/** Returns one warning per file, or a shared one for many files. */
export function warningsOf(paths: readonly string[], warning: SharedWarning): readonly Problem[] {
  if (paths.length > MAX_SINGLE) return sharedWarning(paths, warning);
  return paths.flatMap((path) => sharedWarning([path], warning));
}

/** Returns one warning for all files, or none without files. */
export function sharedWarning(paths: readonly string[], warning: SharedWarning): readonly Problem[] {
  const [path] = paths;
  if (path === undefined) return [];
  const message = warning.message(listNames(paths), paths.length > 1);
  return [{ severity: 'warning', code: warning.code, path, message, hint: warning.hint(paths) }];
}

/** Returns the input and the options that remove files: `"remove: a" (--remove a)`. */
export function removeLines(paths: readonly string[]): string {
  const shown = paths.slice(0, MAX_NAMES);
  const options = shown.map((path) => `--remove ${shellQuoted(path)}`).join(' ');
  const [only] = shown;
  if (paths.length === 1 && only !== undefined) return `"remove: ${only}" (${options})`;
  return `the lines ${shown.map((path) => `"${path}"`).join(', ')} of "remove" (${options})`;
}

/** Quotes text that a shell would interpret. */
function shellQuoted(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
