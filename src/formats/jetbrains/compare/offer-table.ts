import {
  OFFER_LOSSES,
  type Offered,
  type OfferChange,
  type OfferLoss,
  type OfferTable,
} from '../../../model/offer-table.js';
import { compareText } from '../../../model/site-path.js';
import { compareBuilds, meetsBranch, type BuildNumber } from '../build-number.js';
import { byId, listed, offeredVersions } from '../index/offers.js';
import type { Entry, PublishedVersion, Repository } from '../index/repository.js';
import { compareVersions } from '../plugin-version.js';
import {
  ALL_SYSTEMS,
  commonVersion,
  compactSystemNames,
  includesSystems,
  NO_SYSTEM,
  systemClasses,
  type Systems,
  USUAL_SYSTEMS,
} from '../system.js';
import { branchSpots, spotsInWords, type BranchSpot } from './branch-spots.js';

/** Maximum number of rows. A report does not show more. */
const MAX_ROWS = 50;

/**
 * Compares the versions that IDEs are offered in two states of a repository.
 *
 * @returns a row for each plugin and each run of branches whose offer changed, or `undefined` if nothing changed
 */
export function compareOffers(before: Repository, after: Repository): OfferTable | undefined {
  const [old, now] = [offered(listed(before)), offered(after)];
  const rows = [...new Set([...old.keys(), ...now.keys()])]
    .sort(compareText)
    .flatMap((id) => rowsOf(id, old.get(id) ?? [], now.get(id) ?? []));
  const rank = ({ loss }: OfferChange) => (loss ? OFFER_LOSSES.indexOf(loss) : OFFER_LOSSES.length);
  rows.sort((a, b) => rank(a) - rank(b));
  return rows.length === 0
    ? undefined
    : { rows: rows.slice(0, MAX_ROWS), more: Math.max(0, rows.length - MAX_ROWS) };
}

/** Returns the offered versions by id, highest first. */
function offered({ versions }: Repository): ReadonlyMap<string, readonly Entry[]> {
  const lists = [...byId([...offeredVersions(versions)])];
  return new Map(lists.map(([id, list]) => [id, list.map(({ entry }: PublishedVersion) => entry)]));
}

/** A change of what the IDEs of a spot are offered on some systems. */
interface Difference {
  readonly before: Offered;
  readonly after: Offered;
  readonly loss: OfferLoss | undefined;
}

/** Consecutive spots with the same difference. */
interface Run {
  readonly first: number;
  last: number;
  readonly difference: Difference;
  systems: Systems;
}

function rowsOf(plugin: string, was: readonly Entry[], is: readonly Entry[]): readonly OfferChange[] {
  if (was.length === is.length && was.every((entry, at) => entry === is[at])) return [];
  const all = [...was, ...is];
  const spots = branchSpots(all.map(({ range }) => range));
  const classes = systemClasses(all.map(({ systems }) => systems));
  const runs = new Map<string, Run>();
  /** For each spot, the systems on which the plugin is offered, before or after. */
  const present: Systems[] = spots.map(() => NO_SYSTEM);
  for (const systems of classes) {
    const [old, now] = [was, is].map((list) =>
      list.filter((entry) => includesSystems(entry.systems, systems)),
    );
    let open: Run | undefined;
    const close = () => {
      if (!open) return;
      const key = JSON.stringify([open.first, open.last, open.difference]);
      const other = runs.get(key);
      if (other) other.systems |= systems;
      else runs.set(key, open);
      open = undefined;
    };
    for (const [at, spot] of spots.entries()) {
      const offers = offersIn(spot, old ?? [], now ?? []);
      if (offers.some((pair) => pair.some((entry) => entry)))
        present[at] = (present[at] ?? NO_SYSTEM) | systems;
      const difference = differenceOf(offers);
      if (open && JSON.stringify(open.difference) === JSON.stringify(difference)) open.last = at;
      else {
        close();
        if (difference) open = { first: at, last: at, difference, systems };
      }
    }
    close();
  }
  return [...runs.values()]
    .sort((a, b) => a.first - b.first || a.last - b.last)
    .map(({ first, last, difference, systems }): OfferChange => {
      const everywhere = present.slice(first, last + 1).reduce((sum, each) => sum | each, USUAL_SYSTEMS);
      const { loss, ...offers } = difference;
      return {
        plugin,
        ides: spotsInWords(spots[first] as BranchSpot, spots[last] as BranchSpot),
        systems: includesSystems(systems, everywhere) ? [] : compactSystemNames(systems),
        ...offers,
        ...(loss === undefined ? {} : { loss }),
      };
    });
}

type Offer = Entry | undefined;

/** Returns what each part of a spot is offered, before and after. */
function offersIn(
  { parts, place, branch }: BranchSpot,
  was: readonly Entry[],
  is: readonly Entry[],
): readonly (readonly [before: Offer, after: Offer])[] {
  const near = (list: readonly Entry[]) =>
    place === 'branch' ? list.filter(({ range }) => meetsBranch(range, branch)) : list;
  const [old, now] = [was, is].map((list) => highestOf(near(list), parts));
  return parts.map((_, at) => [old?.[at], now?.[at]] as const);
}

/** Returns the highest entry for each part. An entry covers consecutive parts. */
function highestOf(entries: readonly Entry[], parts: readonly BuildNumber[]): readonly Offer[] {
  const highest: Offer[] = parts.map(() => undefined);
  for (const entry of entries) {
    const { since, until } = entry.range;
    const from = since ? firstPart(parts, (part) => compareBuilds(since, part) <= 0) : 0;
    const to = until ? firstPart(parts, (part) => compareBuilds(until, part) < 0) : parts.length;
    for (let at = from; at < to; at++) highest[at] ??= entry;
  }
  return highest;
}

/** Returns the index of the first part that satisfies a condition, which all later ones satisfy too. */
function firstPart(parts: readonly BuildNumber[], isTrue: (part: BuildNumber) => boolean): number {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(parts[middle] as BuildNumber)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Returns the difference between the offers of a spot, or `undefined` if the versions are the same. */
function differenceOf(offers: readonly (readonly [Offer, Offer])[]): Difference | undefined {
  const isSame = ([a, b]: readonly [Offer, Offer]) => a?.version === b?.version;
  if (offers.every(isSame)) return undefined;
  const [was, is] = [offers.map(([a]) => a), offers.map(([, b]) => b)];
  const loss = lossIn(offers);
  // The variants of a version share a row, as long as it shows the difference.
  for (const nameOf of [shortName, ({ version }: Entry) => version]) {
    const [before, after] = [summary(was, nameOf), summary(is, nameOf)];
    if (JSON.stringify(before) !== JSON.stringify(after)) return { before, after, loss };
  }
  const same = summary(was, ({ version }) => version);
  return loss && { before: same, after: same, loss };
}

function shortName({ version, systems }: Entry): string {
  return systems === ALL_SYSTEMS ? version : commonVersion(version);
}

function summary(offers: readonly Offer[], nameOf: (entry: Entry) => string): Offered {
  const entries = offers.filter((entry) => entry !== undefined);
  const highestFirst = [...entries].sort((a, b) => compareVersions(b.version, a.version));
  return {
    versions: [...new Set(highestFirst.map(nameOf))],
    isPartial: entries.length > 0 && entries.length < offers.length,
  };
}

function lossIn(offers: readonly (readonly [Offer, Offer])[]): OfferLoss | undefined {
  const lost = offers.filter(([before, after]) => before && !after).length;
  if (lost > 0) return offers.some(([, after]) => after) ? 'narrower' : 'lost';
  const isLower = ([before, after]: readonly [Offer, Offer]) =>
    before && after && compareVersions(after.version, before.version) < 0;
  return offers.some(isLower) ? 'lower' : undefined;
}
