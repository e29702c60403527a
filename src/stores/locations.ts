import type { OptionReader } from '../model/option.js';
import { STORE_NAMES, type StoreName } from '../model/store-name.js';
import { PLACE_OPTIONS, PLACES, type Locations, type PlaceOption } from './generated/places.js';

/** The place of a site, as plain data. */
export type SiteLocation = Locations[StoreName];

/**
 * Reads the place that the options name: that of the first store that recognizes it.
 *
 * @param defaultRemote the repository to use if no place is named
 * @param faulty options that were given without a valid value
 * @returns `undefined` if no place is named, which is also reported as a fault, unless a faulty option would name it
 */
export function readLocation(
  options: OptionReader<PlaceOption>,
  defaultRemote: string | undefined,
  faulty: readonly (string | undefined)[],
): SiteLocation | undefined {
  for (const name of STORE_NAMES) {
    const location = PLACES[name].read(options, defaultRemote);
    if (location !== undefined) return location;
  }
  if (faulty.some((name) => name !== undefined && name in PLACE_OPTIONS)) return undefined;
  options.fault(
    undefined,
    'No site was given',
    `Use ${options.nameOf('remote')} URL, or ${options.nameOf('site-dir')} DIR for a plain folder.`,
  );
  return undefined;
}

/** Describes a site for messages. */
export function describeLocation(location: SiteLocation): string {
  return describeNamed(location.kind, location);
}

function describeNamed<Name extends StoreName>(kind: Name, location: Locations[Name]): string {
  return PLACES[kind].describe(location);
}

/** Returns `https://host` of the server that receives the login; `undefined` if no login is sent over HTTP. */
export function originOf(location: SiteLocation): string | undefined {
  return originOfNamed(location.kind, location);
}

function originOfNamed<Name extends StoreName>(kind: Name, location: Locations[Name]): string | undefined {
  return PLACES[kind].originOf?.(location);
}
