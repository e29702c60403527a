import { byId, isSuperseded } from '../index/offers.js';
import type { PublishedVersion, Repository } from '../index/repository.js';
import { compareVersions } from '../plugin-version.js';
import { commonVersion } from '../system.js';

/** Maximum number of versions that a notice names. */
const MAX_NAMED = 5;

/**
 * Returns a notice for each plugin with versions that IDEs may have and do not replace, because they never install a
 * lower version.
 *
 * @param gone the versions that are not offered any more
 * @param offered the versions that are offered from now on
 */
export function noticesOfGone(
  gone: readonly PublishedVersion[],
  offered: readonly PublishedVersion[],
): readonly string[] {
  const after = byId(offered);
  const kept = gone.filter((version) => !isSuperseded(version, after.get(version.entry.id) ?? []));
  return perPlugin(
    kept,
    (id, versions) => `${id}: IDEs that have ${named(versions, 'or')} keep it; publish a higher version.`,
  );
}

/** Returns a notice for each plugin with versions that are offered again. */
export function noticesOfBack(back: readonly PublishedVersion[]): readonly string[] {
  return perPlugin(
    back,
    (id, versions) =>
      `${id}: ${named(versions, 'and')} ${versions.length === 1 ? 'is' : 'are'} offered again.`,
  );
}

/** Returns a notice that archives on other servers were not checked. */
export function noticesOfElsewhere(addresses: readonly string[]): readonly string[] {
  const urls = new Set(addresses);
  const [first] = urls;
  if (first === undefined) return [];
  return urls.size === 1
    ? [`An archive that is offered again is on another server and was not checked: ${first}`]
    : [
        `${urls.size} archives that are offered again are on other servers and were not checked: ${first} and similar addresses`,
      ];
}

/** Returns a notice that a channel still offers what the repository above offers now. */
export function noticesOfChannel(now: Repository, then: Repository): readonly string[] {
  const borrowed = ({ versions }: Repository) =>
    versions.flatMap(({ borrowed, entry }) => (borrowed ? [entry.source] : [])).join('\n');
  return now.isChannel && borrowed(now) !== borrowed(then)
    ? ['The versions of the repository in the parent folder stay as they are now.']
    : [];
}

/** @param inWords gets the id of a plugin and its versions, lowest first; the variants of a version count once */
function perPlugin(
  all: readonly PublishedVersion[],
  inWords: (id: string, versions: readonly string[]) => string,
): readonly string[] {
  return [...byId(all)].map(([id, list]) => {
    const versions = [...new Set(list.map(({ entry }) => commonVersion(entry.version)))];
    return inWords(id, versions.sort(compareVersions));
  });
}

/** Names versions: `1.1, 1.2 or 1.3`. */
function named(versions: readonly string[], word: string): string {
  const rest = versions.length - MAX_NAMED;
  const shown =
    rest > 0 ? [...versions.slice(rest), `${rest} lower ${rest === 1 ? 'version' : 'versions'}`] : versions;
  const last = shown.at(-1) ?? '';
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} ${word} ${last}`;
}
