import type { OptionReader } from '../model/option.js';
import type { PlaceOption } from '../stores/generated/places.js';
import type { ReadableLocation } from '../stores/locations.js';
import type { GivenOptions } from './command-context.js';
import { readPlace } from './read-place.js';

/** A place, and the moment whose state is read. */
export interface PlaceAt {
  readonly site: ReadableLocation;
  /** A timestamp or commit; `undefined` for the current state. */
  readonly at: string | undefined;
  /** The folder whose name is the whole notation, such as `site@20260101000000`. If it exists, it is the place. */
  readonly whole?: FolderPlace;
}

type FolderPlace = Extract<ReadableLocation, { kind: 'folder' }>;

/** `PLACE@T`: a timestamp has 14 digits, and a commit 7 to 40 hexadecimal ones, in lower case as git prints them. */
const WITH_MOMENT = /^(.+)@([0-9a-f]{7,40})$/s;

/** The end of a part of a place that was named with a moment. An address ends with a slash. */
const ENDS_WITH_MOMENT = /@[0-9a-f]{7,40}\/?$/;

/** Returns what to do if a place has no site, and seems to be named with a moment by a command that does not read one. */
export function adviceOnMoment(place: ReadableLocation): string | undefined {
  return Object.values(place).some((part: string) => ENDS_WITH_MOMENT.test(part))
    ? 'Only list, diff and export read an earlier state: as PLACE@T, or with --at T.'
    : undefined;
}

/**
 * Reads a place in the notation `PLACE@T`. Without an `@` and such digits at the end, the whole notation is that of the
 * place: `git+git@github.com:me/tool.git`.
 *
 * @param parse parses the notation of the place
 */
export function placeAt(
  notation: string,
  parse: (notation: string) => ReadableLocation | undefined,
): PlaceAt | undefined {
  const [, place = notation, at] = WITH_MOMENT.exec(notation) ?? [];
  const site = parse(place);
  if (site?.kind !== 'folder' || at === undefined) return site && { site, at };
  return { site, at, whole: { ...site, folder: `${site.folder}@${at}` } };
}

/**
 * Reads the place of a site as {@link readPlace} does, with a moment: that of the option `at`, or that of the argument
 * if the option is not given.
 */
export function readPlaceAt(
  options: OptionReader<PlaceOption | 'at'>,
  given: readonly string[],
  raw: GivenOptions,
  command: string,
): PlaceAt | undefined {
  const [notation, ...others] = given;
  const at = options.text('at');
  if (notation !== undefined && at === undefined)
    return placeAt(notation, (place) => readPlace(options, [place, ...others], raw, command));
  const site = readPlace(options, given, raw, command);
  return site && { site, at };
}
