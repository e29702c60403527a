import type { Problem } from '../../../model/problem.js';
import { compareBuilds, type BuildNumber } from '../build-number.js';
import { pathOf, type PublishedVersion } from '../index/repository.js';
import {
  ALL_SYSTEMS,
  commonVersion,
  NO_SYSTEM,
  systemNames,
  USUAL_SYSTEMS,
  usualSystemsIn,
} from '../system.js';
import type { PlannedArchive } from './planned-archives.js';

/** The first build that knows the modules of all systems. */
const FIRST_WITH_SYSTEMS: BuildNumber = [261, 0];

/**
 * Checks plugins with variants for systems (spec, section 3). Each version is reported once.
 *
 * @param archives the archives of this run
 * @param after all versions after the publication
 */
export function variantProblems(
  archives: readonly PlannedArchive[],
  after: readonly PublishedVersion[],
): readonly Problem[] {
  const groups = new Map<string, PlannedArchive[]>();
  for (const planned of archives) {
    const { id, version } = planned.descriptor;
    const key = JSON.stringify([id, commonVersion(version)]);
    groups.set(key, [...(groups.get(key) ?? []), planned]);
  }
  return [...groups.values()].flatMap((group) => problemsOf(group, after));
}

function problemsOf(
  group: readonly PlannedArchive[],
  after: readonly PublishedVersion[],
): readonly Problem[] {
  const variants = group.filter(({ descriptor }) => descriptor.systems !== ALL_SYSTEMS);
  const [some] = group;
  const [first] = variants;
  if (!some) return [];
  const { id } = some.descriptor;
  const version = commonVersion(some.descriptor.version);
  const siblings = after
    .filter(({ state, entry }) => state === 'offered' && entry.id === id)
    .filter(({ entry }) => commonVersion(entry.version) === version);
  const covered = siblings.reduce((systems, { entry }) => systems | entry.systems, NO_SYSTEM);
  const missing = usualSystemsIn(USUAL_SYSTEMS & ~covered);
  const warn = (code: 'missing-variant' | 'variant-and-base' | 'variant-since-build') => {
    return (path: string, message: string, hint: string): Problem => ({
      severity: 'warning',
      code,
      path,
      message,
      hint,
    });
  };
  const problems: Problem[] = [];
  if (first && missing.length > 0)
    problems.push(
      warn('missing-variant')(
        first.path,
        `${id} ${version} supports ${systemNames(covered).join(', ')}, but not ${missing.join(', ')}.`,
        'Build the missing variants. Otherwise, IDEs on these systems are offered an earlier version or nothing.',
      ),
    );
  const base = siblings.find(({ entry }) => entry.systems === ALL_SYSTEMS);
  if (base && siblings.some(({ entry }) => entry.systems !== ALL_SYSTEMS))
    problems.push(
      warn('variant-and-base')(
        pathOf(base),
        `${id} ${base.entry.version} is for all systems, but ${id} ${version} also has variants for single systems.`,
        'IDEs on a system without a variant are offered the archive for all systems. If that is only an intermediate result of the build, make the pattern narrower.',
      ),
    );
  const early = variants.find(
    ({ descriptor }) => compareBuilds(descriptor.range.since, FIRST_WITH_SYSTEMS) < 0,
  );
  if (early)
    problems.push(
      warn('variant-since-build')(
        early.path,
        `${early.artifact.file} is for one system, but since-build is ${early.descriptor.since ?? ''}. IDEs before 2026.1 do not know the modules of all systems.`,
        'Set since-build to 261 for variants, and keep an earlier version without variants for earlier IDEs.',
      ),
    );
  return problems;
}
