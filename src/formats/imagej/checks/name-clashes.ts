import { listNames } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import { foldedPath } from '../names.js';
import type { NamesToCheck } from './names.js';
import { removeLines } from '../several-files.js';

/** The paths to compare. */
export interface NamesToCompare extends NamesToCheck {
  /** Those of `published` that the site already has, in this or another version. */
  readonly updated: ReadonlySet<string>;
}

/**
 * Finds different paths that Windows and macOS treat as the same (spec, section 6), of two files, or of a file and a
 * folder. Refuses those that a publication adds. Those that the site already has share one warning.
 */
export function checkNameClashes(names: NamesToCompare): readonly Problem[] {
  const { published, standing } = names;
  const groups = clashesAmong([...published, ...standing]);
  const isPublished = new Set(published);
  const refused: Problem[] = [];
  const tolerated: string[][] = [];
  for (const group of groups) {
    const path = group.find((one) => isPublished.has(one));
    if (path === undefined) tolerated.push(group);
    else refused.push(clash(path, group, names));
  }
  return [...refused, ...standingClashes(tolerated)];
}

/** Groups different files that would be one file, or a file and the contents of a folder with its name. */
function clashesAmong(paths: readonly string[]): string[][] {
  const files = new Map<string, string[]>();
  for (const path of new Set(paths)) {
    const key = foldedPath(path);
    const group = files.get(key);
    if (group) group.push(path);
    else files.set(key, [path]);
  }
  for (const [key, group] of files) {
    const [path = ''] = group;
    for (let slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      const above = files.get(key.slice(0, slash));
      const [file] = above ?? [];
      // With the same spelling, it cannot exist on any system, and `file-and-folder` reports it.
      if (above && file !== undefined && !path.startsWith(`${file}/`)) above.push(...group);
    }
  }
  return [...files.values()].filter(({ length }) => length > 1);
}

function clash(path: string, group: readonly string[], names: NamesToCompare): Problem {
  const others = group.filter((one) => one !== path);
  return {
    severity: 'error',
    code: 'same-name',
    path,
    message: `${path} and ${listNames(others)} differ only in upper and lower case, or in how their characters are encoded: Windows and macOS treat them as the same.`,
    hint: clashHint(path, others, names),
  };
}

function clashHint(path: string, others: readonly string[], { standing, updated }: NamesToCompare): string {
  const onSite = others.filter((one) => standing.includes(one) || updated.has(one));
  if (updated.has(path) && onSite.length > 0)
    return `The site already has them. First remove all but one in a separate publication, for example with ${removeLines(onSite)}. Then publish only the one that stays.`;
  // The name of a folder, or of a file in it, is not a name for this file.
  const same = onSite.find((one) => standing.includes(one) && foldedPath(one) === foldedPath(path));
  return same === undefined
    ? 'Rename one of them, or leave it out.'
    : `Publish it under the name on the site, with the destination "${same}", or under a clearly different one.`;
}

function standingClashes(groups: readonly (readonly string[])[]): readonly Problem[] {
  const [first] = groups;
  if (first === undefined) return [];
  const second = groups.flatMap((group) => group.slice(1));
  return [
    {
      severity: 'warning',
      code: 'same-name',
      path: first[0] ?? '',
      message: `The site has files with names that Windows and macOS treat as the same: ${listNames(groups.map((group) => group.join(' and ')))}.`,
      hint: `Keep one of each, and remove the others, for example with ${removeLines(second)}.`,
    },
  ];
}
