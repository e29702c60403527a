import { posix } from 'node:path';
import type { ArtifactRules } from '../../formats/format.js';
import { count } from '../../model/humanize.js';
import type { Problem } from '../../model/problem.js';

/** Maximum number of files in a message. */
const MAX_NAMES = 10;

/** Whether a pattern is the path of this file, without wildcards. */
export function isNamedBy(file: string, pattern: string): boolean {
  const [path, text] = [file, pattern].map((one) => posix.normalize(one.replaceAll('\\', '/')));
  return path === text;
}

/** Warns about the empty files that were left out, in one warning because there may be many. */
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
      message: `Left out ${count(files.length, 'empty file')}: ${names}.`,
      hint: `${format.emptyReasonOf?.(path) ?? 'It is empty'}. Put a comment or a line break into a file to publish it.`,
    },
  ];
}
