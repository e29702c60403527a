/**
 * Checks a plan before it is published: names that two systems treat as the same, files in place of folders, Java that
 * is too new, broken POMs. Each check only returns problems.
 *
 * @module
 */

import type { Problem } from '../../../model/problem.js';
import { unversionedPath } from '../file-name.js';
import type { SiteIndex } from '../index/site-index.js';
import { foldedPath } from '../names.js';
import type { ImageJChange } from '../change.js';
import type { Removal } from '../change.js';
import type { Upstream } from '../upstream.js';
import { checkEmptyFiles } from './empty-files.js';
import { checkNameClashes, type NamesToCompare } from './name-clashes.js';
import { checkNames } from './names.js';
import { checkUpstreamNames, checkVersionedNames } from './similar-names.js';

/** Checks what this publication writes against the site and the upstream sites (spec, section 6). */
export function checkDangers(
  published: readonly ImageJChange[],
  removed: readonly Removal[],
  index: SiteIndex,
  upstream: Upstream,
): readonly Problem[] {
  const touched = new Set([
    ...published.map(({ component }) => component),
    ...removed.map(({ record }) => unversionedPath(record.filename)),
  ]);
  const standing = index.records.filter(
    ({ current, filename }) => current && !touched.has(unversionedPath(filename)),
  );
  const names = {
    published: published.map(({ path }) => path),
    standing: standing.map(({ filename }) => filename),
    updated: new Set(published.flatMap(({ kind, path }) => (isOnSite(kind) ? path : []))),
  };
  return [
    ...checkNames(names),
    ...checkNameClashes(names),
    ...checkVersionedNames(names),
    ...checkUpstreamNames(names, upstream),
    ...checkReplacedNames(
      names,
      removed.map(({ record }) => record.filename),
    ),
    ...checkEmptyFiles(published, standing),
  ];
}

/** Warns of a removed file if Windows and macOS treat the name of a new file as the same. */
function checkReplacedNames(
  { published, updated }: NamesToCompare,
  removed: readonly string[],
): readonly Problem[] {
  const gone = new Map(removed.map((path) => [foldedPath(path), path]));
  return published.flatMap((path): Problem[] => {
    const other = gone.get(foldedPath(path));
    if (other === undefined || other === path) return [];
    return [
      {
        severity: 'warning',
        code: 'same-name',
        path,
        message: `${path} replaces ${other}, which differs only in upper and lower case, or in how its characters are encoded. On Windows and macOS, an updater that deletes ${other} may also delete ${path}.`,
        hint: updated.has(path)
          ? `Remove ${other} in a separate publication, and publish ${path} in a later one.`
          : `Keep the name on the site, with the destination "${other}", or choose a clearly different one.`,
      },
    ];
  });
}

function isOnSite(kind: ImageJChange['kind']): boolean {
  return kind === 'update' || kind === 'rename';
}
