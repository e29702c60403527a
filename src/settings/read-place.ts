import type { OptionReader } from '../model/option.js';
import { STORE_NAMES } from '../model/store-name.js';
import type { PlaceOption } from '../stores/generated/places.js';
import {
  NOTATIONS,
  parsePlace,
  readLocation,
  type ReadableLocation,
  type SiteLocation,
} from '../stores/locations.js';
import { givenText } from './option-reader.js';
import { PLACE_NAMES } from './reading-options.js';

/**
 * Reads the place of a site: the argument of the command, or options.
 *
 * @param given the arguments of the command
 * @param raw the given options
 * @param command the command, for messages
 * @returns `undefined` if there is none, which is also reported as a fault
 */
export function readPlace(
  options: OptionReader<PlaceOption>,
  given: readonly string[],
  raw: Readonly<Partial<Record<PlaceOption, string | readonly string[] | boolean>>>,
  command: string,
): ReadableLocation | undefined {
  const [notation, second] = given;
  const named = PLACE_NAMES.filter((name) => givenText(raw[name]) !== '');
  if (second !== undefined)
    options.fault(
      undefined,
      `The argument "${second}" is unexpected`,
      `The command ${command} reads one site.`,
    );
  if (notation === undefined && named.length === 0) {
    options.fault(undefined, 'No site was given', `Write update-site ${command} PLACE: ${NOTATIONS}.`);
    return undefined;
  }
  if (notation === undefined) return readLocation(options, undefined, []);
  const [option] = named;
  if (option !== undefined)
    options.fault(option, `the site is already named: ${notation}`, 'Write only one of them.');
  return parsePlace(notation, (what, hint) => {
    options.fault(undefined, `${notation}: ${what}`, hint);
  });
}

/**
 * Reads the place of a site that is changed: the argument of the command, or options.
 *
 * @param given the arguments of the command
 * @param raw the given options
 * @param command the command, for messages
 * @param faulty options that were given without a valid value
 * @returns `undefined` if there is none, or if it can only be read, which is also reported as a fault
 */
export function readWritablePlace(
  options: OptionReader<PlaceOption>,
  given: readonly string[],
  raw: Readonly<Partial<Record<PlaceOption, string | readonly string[] | boolean>>>,
  command: string,
  defaultRemote: string | undefined,
  faulty: readonly (string | undefined)[],
): SiteLocation | undefined {
  const [notation] = given;
  if (notation === undefined) return readLocation(options, defaultRemote, faulty);
  const place = readPlace(options, given, raw, command);
  if (!place || isWritable(place)) return place;
  options.fault(
    undefined,
    `${notation}: such a place can only be read`,
    'Name the folder or the branch that the site is published from: public, or git+https://…#gh-pages.',
  );
  return undefined;
}

function isWritable(place: ReadableLocation): place is SiteLocation {
  return STORE_NAMES.some((name) => name === place.kind);
}
