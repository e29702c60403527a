import { nearMatches, suggestion } from '../model/near-matches.js';
import type { Problem } from '../model/problem.js';
import type { Candidate } from './candidates.js';
import { byId, isForTheSame } from './offers.js';
import type { JetBrainsChange } from './plan.js';
import { compareVersions } from './plugin-version.js';
import { pathOf, type PublishedVersion } from './repository.js';

/** `ID` withdraws all versions of a plugin, `ID@VERSION` one. */
export function removalsOf(
  remove: readonly string[],
  current: readonly PublishedVersion[],
  candidates: readonly Candidate[],
  problems: Problem[],
): readonly JetBrainsChange[] {
  const chosen = new Set<PublishedVersion>();
  for (const text of remove) {
    const found = current.filter(({ entry: { id, version } }) => text === id || text === `${id}@${version}`);
    for (const version of found) chosen.add(version);
    const again = candidates.find(
      ({ descriptor: { id, version } }) => text === id || text === `${id}@${version}`,
    );
    if (again)
      problems.push({
        severity: 'error',
        code: 'remove-and-publish',
        path: text,
        message: `${text} is to be removed, and ${again.artifact.file} is to be published.`,
        hint: 'Do one of them.',
      });
    if (found.length > 0 || again) continue;
    const names = current.flatMap(({ entry: { id, version } }) => [id, `${id}@${version}`]);
    const near = suggestion(nearMatches(text, names));
    problems.push({
      severity: 'error',
      code: 'unknown-file',
      path: text,
      message: `The site offers no plugin "${text}".`,
      hint: near || 'Write the id of the plugin, or ID@VERSION.',
    });
  }
  return [...chosen].map((version) => withdrawalOf(version, 'its removal was asked for'));
}

/** What is more than the newest of a plugin for the same range of IDEs, as far as its archives are here. */
export function beyondKept(
  after: readonly PublishedVersion[],
  keep: number | undefined,
  changes: readonly JetBrainsChange[],
): readonly JetBrainsChange[] {
  if (keep === undefined) return [];
  const isNew = new Set(changes.map(({ published }) => published));
  return [...byId(after.filter(({ state }) => state === 'offered')).values()].flatMap((list) => {
    const newestFirst = [...list].sort((a, b) => compareVersions(b.entry.version, a.entry.version));
    return newestFirst
      .filter((version, at) => {
        const newer = newestFirst.slice(0, at).filter(({ entry }) => isForTheSame(entry, version.entry));
        return newer.length >= keep && version.archive !== undefined && !isNew.has(version);
      })
      .map((version) => withdrawalOf(version, `of its range of IDEs, ${keep} newer ones are kept`));
  });
}

function withdrawalOf(before: PublishedVersion, reason: string): JetBrainsChange {
  return {
    kind: 'remove',
    path: pathOf(before),
    reason,
    before,
    published: { ...before, state: 'withdrawn' },
  };
}
