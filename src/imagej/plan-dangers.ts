import type { Problem } from '../model/problem.js';
import type { SiteIndex } from '../model/site-index.js';
import { checkEmptyFiles } from './empty-check.js';
import { unversionedPath } from './file-name.js';
import { checkNames } from './name-checks.js';
import { checkNameClashes } from './name-clashes.js';
import type { ImageJChange } from './plan.js';
import type { Removal } from './plan-removals.js';

/** Judges what this publication writes, and what the site has besides (spec, section 6). */
export function checkDangers(
  published: readonly ImageJChange[],
  removed: readonly Removal[],
  index: SiteIndex,
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
  };
  return [...checkNames(names), ...checkNameClashes(names), ...checkEmptyFiles(published, standing)];
}
