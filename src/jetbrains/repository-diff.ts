import { createTwoFilesPatch } from 'diff';
import { INDEX_PATH } from './load-repository.js';
import { renderIndex } from './render-repository.js';
import type { Repository } from './repository.js';

/** Where the states have less in common than this, in lines, the difference is not worth reading. */
const MAX_EDITS = 50_000;

/** The lines of `updatePlugins.xml` that differ, as a unified diff; empty where none do. */
export function diffRepositories(before: Repository, after: Repository): string {
  const [old, now] = [renderIndex(before), renderIndex(after)];
  if (old === now) return '';
  const patch = createTwoFilesPatch(
    `${INDEX_PATH} (before)`,
    `${INDEX_PATH} (after)`,
    old,
    now,
    undefined,
    undefined,
    {
      context: 3,
      maxEditLength: MAX_EDITS,
    },
  );
  return (patch ?? `--- ${INDEX_PATH} (before)\n+++ ${INDEX_PATH} (after)\n`).replace(/^=+\n/, '');
}
