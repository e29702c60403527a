import { USUAL_REASONS } from '../../../model/change.js';
import { listNames } from '../../../model/humanize.js';
import { nearMatches, suggestion } from '../../../model/near-matches.js';
import type { Problem } from '../../../model/problem.js';
import { byId, isForTheSame } from '../index/offers.js';
import {
  INDEX_PATH,
  pathOf,
  type Entry,
  type PublishedVersion,
  type Repository,
} from '../index/repository.js';
import { compareVersions } from '../plugin-version.js';
import { commonVersion } from '../system.js';
import type { PlannedArchive, PlannedArchiveResult } from './planned-archives.js';
import type { JetBrainsChange } from './change.js';

/**
 * Returns a function that tests whether a text of `remove` names a version: `ID` names all versions of a plugin, and
 * `ID@VERSION` all variants of a version.
 */
function meantBy(
  text: string,
  { versions }: Repository,
): (version: Pick<Entry, 'id' | 'version'>) => boolean {
  const isExact = versions.some(({ entry }) => text === `${entry.id}@${entry.version}`);
  return ({ id, version }) => text === id || text === `${id}@${isExact ? version : commonVersion(version)}`;
}

/** Returns the archives of versions that the user wants to remove. */
export function archivesToRemove(
  archives: readonly PlannedArchiveResult[],
  remove: readonly string[],
  index: Repository,
): readonly PlannedArchive[] {
  const tests = remove.map((text) => meantBy(text, index));
  return archives.flatMap(({ planned }) =>
    planned && tests.some((isMeant) => isMeant(planned.descriptor)) ? [planned] : [],
  );
}

/**
 * Plans the withdrawals that the user requested.
 *
 * @param remove `ID` withdraws all versions of a plugin, `ID@VERSION` a single one or all of its variants
 */
export function removalsOf(
  remove: readonly string[],
  index: Repository,
  archives: readonly PlannedArchive[],
): { readonly changes: readonly JetBrainsChange[]; readonly problems: readonly Problem[] } {
  const { versions } = index;
  const problems: Problem[] = [];
  const current = versions.filter(({ state }) => state === 'offered');
  const withdrawn = versions.filter(({ state }) => state === 'withdrawn');
  const chosen = new Set<PublishedVersion>();
  for (const text of remove) {
    const isMeant = meantBy(text, index);
    const found = current.filter(({ entry }) => isMeant(entry));
    for (const version of found) {
      if (version.inside !== undefined) problems.push(removalInside(text, version.inside));
      else if (!version.borrowed) chosen.add(version);
    }
    if (found.length > 0 && found.every(({ borrowed }) => borrowed)) problems.push(removalAbove(text));
    const again = archives.find(({ descriptor }) => isMeant(descriptor));
    if (again)
      problems.push({
        severity: 'error',
        code: 'remove-and-publish',
        path: text,
        message: `${text} is to be removed, but ${again.artifact.file} is to be published.`,
        hint: 'Do only one of the two in a run.',
      });
    if (found.length > 0 || again) continue;
    if (withdrawn.some(({ entry }) => isMeant(entry))) {
      problems.push(withdrawnBefore(text));
      continue;
    }
    const names = current.flatMap(({ entry: { id, version } }) => [id, `${id}@${version}`]);
    const near = suggestion(nearMatches(text, names));
    problems.push({
      severity: 'error',
      code: 'unknown-file',
      path: text,
      message: `The site does not offer a plugin "${text}".`,
      hint: near || 'Use the id of a plugin, or ID@VERSION.',
    });
  }
  const changes = [...chosen].map((version) => withdrawalOf(version, USUAL_REASONS.removed));
  return { changes, problems };
}

/** Returns the published versions beyond the newest `keep` of each plugin for the same IDEs and systems. */
export function beyondKept(
  after: readonly PublishedVersion[],
  keep: number | undefined,
): ReadonlySet<PublishedVersion> {
  if (keep === undefined) return new Set();
  const offered = byId(after.filter(({ state, borrowed }) => state === 'offered' && !borrowed));
  return new Set(
    [...offered.values()].flatMap((list) => {
      const newestFirst = [...list].sort((a, b) => compareVersions(b.entry.version, a.entry.version));
      return newestFirst.filter((version, at) => {
        const newer = newestFirst.slice(0, at).filter(({ entry }) => isForTheSame(entry, version.entry));
        return newer.length >= keep && version.archive !== undefined && version.inside === undefined;
      });
    }),
  );
}

/** Returns the withdrawal of a version that exceeds `keep`. */
export function withdrawalBeyond(version: PublishedVersion, keep = 0): JetBrainsChange {
  return withdrawalOf(version, `only the newest ${keep} for the same IDEs are kept`);
}

/** Maximum number of archives that a notice names. */
const MAX_NAMED = 5;

/** Returns a notice that archives are not published because `keep` would withdraw them at once. */
export function noticeOfOlder(archives: readonly PlannedArchive[], keep = 0): readonly string[] {
  if (archives.length === 0) return [];
  const [what, be] =
    archives.length === 1 ? ['an older archive', 'is'] : [`${archives.length} older archives`, 'are'];
  return [
    `Only the newest ${keep} of each plugin for the same IDEs are kept, so ${what} ${be} not published: ${namesOf(archives)}.`,
  ];
}

/** Returns a notice that archives that the default pattern has found are not published, because they are removed. */
export function noticeOfRemoved(archives: readonly PlannedArchive[]): readonly string[] {
  return archives.length === 0
    ? []
    : [`Not published, because "remove" (--remove) names the version: ${namesOf(archives)}.`];
}

function namesOf(archives: readonly PlannedArchive[]): string {
  return listNames(
    archives.map(({ artifact }) => artifact.file),
    MAX_NAMED,
  );
}

/** Returns a notice that the repository has become empty. */
export function noticeOfNothing(
  before: readonly PublishedVersion[],
  after: readonly PublishedVersion[],
): readonly string[] {
  if (before.length === 0 || after.some(({ state }) => state === 'offered')) return [];
  return [
    `The repository no longer offers a plugin. ${INDEX_PATH} stays as an empty index, so that IDEs with its address do not report an error.`,
  ];
}

function withdrawnBefore(text: string): Problem {
  return {
    severity: 'warning',
    code: 'already-obsolete',
    path: text,
    message: `${text} was already withdrawn.`,
    hint: 'Delete it from "remove" (--remove).',
  };
}

function removalAbove(text: string): Problem {
  return {
    severity: 'error',
    code: 'stable-version',
    path: text,
    message: `The channel offers ${text} because the repository in the parent folder does.`,
    hint: 'Remove it there, with a run without "channel" (--channel).',
  };
}

function removalInside(text: string, element: string): Problem {
  return {
    severity: 'error',
    code: 'entry-elsewhere',
    path: text,
    message: `${text} is inside <${element}> in ${INDEX_PATH}, which is never changed.`,
    hint: `Remove it there by hand, or move it out of <${element}>.`,
  };
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
