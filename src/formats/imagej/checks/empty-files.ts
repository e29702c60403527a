import type { Problem } from '../../../model/problem.js';
import type { PluginRecord } from '../index/site-index.js';
import type { ImageJChange } from '../change.js';
import { removeLines, sharedWarning } from '../several-files.js';

const REASON = 'ImageJ treats an empty file as deleted';

/**
 * Returns why an empty file must not be published; `undefined` for jars, because an empty jar is reported as damaged.
 */
export function emptyReasonOf(fileName: string): string | undefined {
  return fileName.endsWith('.jar') ? undefined : REASON;
}

/**
 * Checks for empty files: clients treat zero bytes as a deletion (spec, section 6).
 *
 * @param standing records of current files that this publication does not touch
 */
export function checkEmptyFiles(
  published: readonly ImageJChange[],
  standing: readonly PluginRecord[],
): readonly Problem[] {
  const empty = standing.filter(({ current }) => current?.filesize === 0).map(({ filename }) => filename);
  return [
    ...published.filter(({ size }) => size === 0).map(({ path }) => refused(path)),
    ...sharedWarning(empty, {
      code: 'empty-file',
      message: (files, areMany) =>
        `The site has ${areMany ? 'empty files' : 'an empty file'}, which users never get: ${files}.`,
      hint: (paths) =>
        `Publish ${paths.length === 1 ? 'it' : 'them'} with some content, or remove ${paths.length === 1 ? 'it' : 'them'} with ${removeLines(paths)}.`,
    }),
  ];
}

function refused(path: string): Problem {
  return {
    severity: 'error',
    code: 'empty-file',
    path,
    message: `${path} is empty, and ${REASON}: users would never get it, or would lose the version that they have.`,
    hint: 'Add a comment or a line break to it, or leave it out.',
  };
}
