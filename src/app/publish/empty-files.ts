import { posix } from 'node:path';
import type { ArtifactRules } from '../../formats/format.js';
import { count, listNames } from '../../model/humanize.js';
import type { Problem } from '../../model/problem.js';

/** Whether a pattern is the path of this file, without wildcards. */
export function isNamedBy(file: string, pattern: string): boolean {
  const [path, text] = [file, pattern].map((one) => posix.normalize(one.replaceAll('\\', '/')));
  return path === text;
}

/** Warns about the empty files that were left out, in one warning because there may be many. */
export function emptyFiles(files: readonly string[], format: ArtifactRules): readonly Problem[] {
  const [path] = files;
  if (path === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'empty-file',
      path,
      message: `Left out ${count(files.length, 'empty file')}: ${listNames(files)}.`,
      hint: `${format.emptyReasonOf?.(path) ?? 'It is empty'}. Put a comment or a line break into a file to publish it.`,
    },
  ];
}
