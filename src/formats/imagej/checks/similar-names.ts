import { listNames } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import { unversionedPath } from '../file-name.js';
import { foldedPath } from '../names.js';
import type { Upstream } from '../upstream.js';
import type { NamesToCompare } from './name-clashes.js';
import { removeLines } from '../several-files.js';

/** A file that an upstream site serves. */
interface Served {
  readonly path: string;
  readonly site: string;
}

const DIFFER_IN_VERSION =
  'differ in their versions, and otherwise only in upper and lower case, or in how their characters are encoded: ImageJ treats them as two files, and users get both.';

/**
 * Finds jars whose names differ only in their versions and in case or Unicode normalisation. Clients compare
 * unversioned names exactly, so the newer jar does not replace the older one and users have both.
 */
export function checkVersionedNames({ published, standing }: NamesToCompare): readonly Problem[] {
  const groups = groupBy([...published, ...standing], foldedComponent);
  const isPublished = new Set(published);
  return [...groups.values()].flatMap((group): readonly Problem[] => {
    const path = group.find((one) => isPublished.has(one));
    if (path === undefined) return [];
    const component = unversionedPath(path);
    // Other checks refuse versions of one file, and names that are the same on Windows and macOS.
    const others = group.filter(
      (one) => unversionedPath(one) !== component && foldedPath(one) !== foldedPath(path),
    );
    if (others.length === 0) return [];
    const onSite = others.filter((one) => !isPublished.has(one));
    const remedy =
      onSite.length === 0
        ? 'publish only one of them.'
        : `use the spelling on the site, or remove the other one with ${removeLines(onSite)}.`;
    return [
      {
        severity: 'warning',
        code: 'same-name',
        path,
        message: `${path} and ${listNames(others)} ${DIFFER_IN_VERSION}`,
        hint: `If they are versions of one library, ${remedy}`,
      },
    ];
  });
}

/**
 * Compares published files with the files that upstream sites serve. A name that differs only in case or Unicode
 * normalisation is an error for a file that is new on the site, like shadowing. Otherwise, it is a warning.
 */
export function checkUpstreamNames(
  { published, updated }: NamesToCompare,
  upstream: Upstream,
): readonly Problem[] {
  const served = upstream.flatMap(({ name, index }): Served[] =>
    index.records.flatMap(({ current, filename }) => (current ? { path: filename, site: name } : [])),
  );
  // Later sites shadow earlier ones.
  served.reverse();
  const byPath = groupBy(served, ({ path }) => foldedPath(path));
  const byComponent = groupBy(served, ({ path }) => foldedComponent(path));
  return published.flatMap((path): readonly Problem[] => {
    const [one] = byPath.get(foldedPath(path)) ?? [];
    const similar = byComponent.get(foldedComponent(path)) ?? [];
    const component = unversionedPath(path);
    // A file with exactly this name is a case of shadowing.
    if ([one, ...similar].some((file) => file && unversionedPath(file.path) === component)) return [];
    if (one) return [sameAsUpstream(path, one, updated.has(path))];
    return similar[0] ? [similarToUpstream(path, similar[0])] : [];
  });
}

function sameAsUpstream(path: string, { path: other, site }: Served, isOnSite: boolean): Problem {
  return {
    severity: isOnSite ? 'warning' : 'error',
    code: 'same-name',
    path,
    message: `${path} and ${other}, which the upstream site ${site} serves, differ only in upper and lower case, or in how their characters are encoded: Windows and macOS treat them as the same, and users of both sites would get either of them.`,
    hint: isOnSite
      ? `Publish it under a clearly different name, and remove this one with ${removeLines([path])}.`
      : `Leave it out, or publish it under a clearly different name. If it is the same file, publish it under the name on ${site}, with the destination "${other}". The policy "on-shadow" (--on-shadow) then applies.`,
  };
}

function similarToUpstream(path: string, { path: other, site }: Served): Problem {
  return {
    severity: 'warning',
    code: 'same-name',
    path,
    message: `${path} and ${other}, which the upstream site ${site} serves, ${DIFFER_IN_VERSION}`,
    hint: `If they are versions of one library, leave it out, or use the spelling of ${site}. The policy "on-shadow" (--on-shadow) then applies.`,
  };
}

function foldedComponent(path: string): string {
  return foldedPath(unversionedPath(path));
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}
