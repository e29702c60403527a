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
import type { PlannedArchive } from './planned-archives.js';
import type { JetBrainsChange } from './change.js';

/**
 * Plans what is withdrawn by request.
 *
 * @param remove `ID` withdraws all versions of a plugin, `ID@VERSION` one, or all of its variants
 */
export function removalsOf(
  remove: readonly string[],
  { versions }: Repository,
  archives: readonly PlannedArchive[],
): { readonly changes: readonly JetBrainsChange[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const current = versions.filter(({ state }) => state === 'offered');
  const withdrawn = versions.filter(({ state }) => state === 'withdrawn');
  const chosen = new Set<PublishedVersion>();
  for (const text of remove) {
    const isExact = versions.some(({ entry }) => text === `${entry.id}@${entry.version}`);
    const isMeant = ({ id, version }: Pick<Entry, 'id' | 'version'>) =>
      text === id || text === `${id}@${isExact ? version : commonVersion(version)}`;
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
        message: `${text} is to be removed, and ${again.artifact.file} is to be published.`,
        hint: 'Do one of them.',
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
      message: `The site offers no plugin "${text}".`,
      hint: near || 'Write the id of the plugin, or ID@VERSION.',
    });
  }
  const changes = [...chosen].map((version) => withdrawalOf(version, 'its removal was asked for'));
  return { changes, problems };
}

/** What is more than the newest of a plugin for the same IDEs and systems, as far as its archives are here. */
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

/** The end of a version that was offered, and that `keep` takes off. */
export function withdrawalBeyond(version: PublishedVersion, keep = 0): JetBrainsChange {
  return withdrawalOf(version, `only the newest ${keep} for the same IDEs are kept`);
}

/** How many archives a notice names. */
const MAX_NAMED = 5;

/** That archives are not published, since `keep` would take them off at once. */
export function noticeOfOlder(archives: readonly PlannedArchive[], keep = 0): readonly string[] {
  if (archives.length === 0) return [];
  const files = archives.map(({ artifact }) => artifact.file);
  const more = files.length > MAX_NAMED ? `, and ${files.length - MAX_NAMED} more` : '';
  const [what, be] = files.length === 1 ? ['an archive', 'is'] : [`${files.length} archives`, 'are'];
  const named = files.slice(0, MAX_NAMED).join(', ');
  return [
    `Of each plugin, only the newest ${keep} for the same IDEs are kept, so ${what} that would be older ${be} not published: ${named}${more}.`,
  ];
}

/** That nothing is left of what was offered. */
export function noticeOfNothing(
  before: readonly PublishedVersion[],
  after: readonly PublishedVersion[],
): readonly string[] {
  if (before.length === 0 || after.some(({ state }) => state === 'offered')) return [];
  return [
    `No plugin is left. ${INDEX_PATH} stays, without one: IDEs that have its address offer nothing from it, and report no error.`,
  ];
}

function withdrawnBefore(text: string): Problem {
  return {
    severity: 'warning',
    code: 'already-obsolete',
    path: text,
    message: `${text} is withdrawn already.`,
    hint: 'Drop it from "remove" (--remove).',
  };
}

function removalAbove(text: string): Problem {
  return {
    severity: 'error',
    code: 'stable-version',
    path: text,
    message: `The channel offers ${text} because the repository in the folder above does.`,
    hint: 'Remove it there: publish without "channel" (--channel).',
  };
}

function removalInside(text: string, element: string): Problem {
  return {
    severity: 'error',
    code: 'entry-elsewhere',
    path: text,
    message: `${text} stands inside of <${element}> in ${INDEX_PATH}, which is kept as it is.`,
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
