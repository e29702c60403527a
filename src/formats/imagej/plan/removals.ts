import { USUAL_REASONS } from '../../../model/change.js';
import type { LeftOutFile } from '../../../model/artifact.js';
import { listNames } from '../../../model/humanize.js';
import { nearMatches, suggestion } from '../../../model/near-matches.js';
import type { Problem } from '../../../model/problem.js';
import { baseName, parseSitePath } from '../../../model/site-path.js';
import type { Removal } from '../change.js';
import { unversionedPath } from '../file-name.js';
import type { RecordMap } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';

/**
 * Finds the files that become obsolete (spec, section 6).
 *
 * @param remove paths that the user named, with or without version
 * @param completeSite whether all files that are not in `published` also become obsolete
 * @param published unversioned paths of the artifacts
 * @param kept unversioned paths of files that the run found but does not publish: removed only if the user named them
 */
export function planRemovals(
  remove: readonly string[],
  completeSite: boolean,
  records: RecordMap,
  published: ReadonlySet<string>,
  kept: ReadonlySet<string>,
): { records: readonly Removal[]; problems: readonly Problem[] } {
  const removals = new Map<string, Removal>();
  const problems: Problem[] = [];
  for (const path of new Set(remove)) {
    const component = unversionedPath(path);
    const record = records.get(component);
    const named = record !== undefined && (path === component || path === record.filename);
    if (!named) problems.push(unknown(path, record, records));
    else if (published.has(component)) problems.push(contradiction(path));
    else if (!record.current) problems.push(alreadyObsolete(path));
    else removals.set(component, { record, reason: USUAL_REASONS.removed });
  }
  if (completeSite) {
    for (const [component, record] of records) {
      const isPresent = published.has(component) || kept.has(component);
      if (record.current && !isPresent && !removals.has(component)) {
        removals.set(component, { record, reason: 'it is not among the files of the complete site' });
      }
    }
  }
  return { records: [...removals.values()], problems };
}

/**
 * Returns the unversioned paths on the site of the files that were left out. Files without a destination are matched by
 * name.
 */
export function leftOutComponents(leftOut: readonly LeftOutFile[], records: RecordMap): ReadonlySet<string> {
  const components = new Set<string>();
  const names = new Set<string>();
  for (const { file, destination } of leftOut) {
    if (destination === undefined) names.add(unversionedPath(baseName(file.replaceAll('\\', '/'))));
    else components.add(unversionedPath(destination));
  }
  for (const component of records.keys()) if (names.has(baseName(component))) components.add(component);
  return components;
}

/** Minimum number of current files for which a mass removal is refused. Smaller sites may be emptied at once. */
const MIN_PROTECTED_FILES = 10;

/** Refuses to remove more than half of the site: most likely, the build lacks most of its files. */
export function massRemoval(removals: readonly Removal[], index: SiteIndex): readonly Problem[] {
  const current = index.records.filter((record) => record.current).length;
  if (current < MIN_PROTECTED_FILES || removals.length * 2 <= current) return [];
  const names = removals.map(({ record }) => record.filename);
  return [
    {
      severity: 'error',
      code: 'mass-removal',
      message: `${removals.length} of the ${current} files of the site would become obsolete: ${listNames(names)}.`,
      hint: 'Check that the build is complete. If the removal is intended, set "allow-mass-removal" (--allow-mass-removal).',
    },
  ];
}

function unknown(path: string, sameComponent: PluginRecord | undefined, records: RecordMap): Problem {
  const checked = parseSitePath(path);
  if ('reason' in checked) {
    return {
      severity: 'error',
      code: 'unknown-file',
      path,
      message: `"${path}" is not a path on the site: ${checked.reason}.`,
      hint: 'Write the path as in the index.',
    };
  }
  const current = [...records].flatMap(([component, record]) =>
    record.current ? [component, record.filename] : [],
  );
  const near = sameComponent ? [sameComponent.filename] : nearMatches(path, current);
  return {
    severity: 'error',
    code: 'unknown-file',
    path,
    message: `${path} cannot be removed: the site has no such file.`,
    hint: suggestion(near) || 'Name a file as in the index, with or without its version.',
  };
}

function contradiction(path: string): Problem {
  return {
    severity: 'error',
    code: 'remove-and-publish',
    path,
    message: `${path} is to be removed, but it is also among the files to publish.`,
    hint: 'Name it in only one of the two.',
  };
}

function alreadyObsolete(path: string): Problem {
  return {
    severity: 'warning',
    code: 'already-obsolete',
    path,
    message: `${path} is already obsolete, so it does not need to be removed.`,
    hint: 'Delete it from "remove" (--remove).',
  };
}
