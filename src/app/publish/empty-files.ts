import { posix } from 'node:path';
import type { ArtifactRules } from '../../formats/format.js';
import { count } from '../../model/humanize.js';
import type { Problem } from '../../model/problem.js';

/** How many files a message names. */
const MAX_NAMES = 10;

/** Whether a pattern names just this file, and does not find it by a wildcard or as a part of a folder. */
export function isNamedBy(file: string, pattern: string): boolean {
  const [path, text] = [file, pattern].map((one) => posix.normalize(one.replaceAll('\\', '/')));
  return path === text;
}

/** Warns of empty files that were left out: one warning for all of them, since they come in numbers. */
export function emptyFiles(files: readonly string[], format: ArtifactRules): readonly Problem[] {
  const [path] = files;
  if (path === undefined) return [];
  const more = files.length - MAX_NAMES;
  const names = files.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return [
    {
      severity: 'warning',
      code: 'empty-file',
      path,
      message: `${count(files.length, 'empty file')} left out: ${names}.`,
      hint: `${format.emptyReasonOf?.(path) ?? 'It is empty'}. Put a comment or a line break into a file to publish it.`,
    },
  ];
}
