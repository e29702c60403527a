import type { OptionReader } from '../model/option.js';
import { SOURCE_NAMES, STORE_NAMES, type SourceName, type StoreName } from '../model/store-name.js';
import {
  PLACE_OPTIONS,
  PLACES,
  READABLE_PLACES,
  type Locations,
  type PlaceOption,
} from './generated/places.js';
import type { NotationFault } from './store.js';

/** The place of a site that can be published to, as plain data. */
export type SiteLocation = Locations[StoreName];

/** A place from which a site can be read, as plain data. */
export type ReadableLocation = Locations[StoreName | SourceName];

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

/** How each kind of place is written, as Markdown. */
export const NOTATIONS_MARKDOWN = '`https://…`, a folder, `git+https://…#gh-pages`, or `zip:backup.zip`';
/** How each kind of place is written, for messages. */
export const NOTATIONS = NOTATIONS_MARKDOWN.replaceAll('`', '');

/** The kinds whose notation has a prefix. Nearly any text may be the name of a folder. */
const PREFIXED = [...SOURCE_NAMES, ...STORE_NAMES.filter((name) => name !== 'folder')];

/**
 * Parses the notation of a place, such as `https://…`, `file:public` or `git+https://…#gh-pages:sub`.
 *
 * @returns `undefined` if it is of no known kind, which is also reported as a fault
 */
export function parsePlace(notation: string, fault: NotationFault): ReadableLocation | undefined {
  for (const name of [...PREFIXED, 'folder'] as const) {
    const location = READABLE_PLACES[name].parse(notation, fault);
    if (location !== undefined) return location;
  }
  fault('places of this kind are unknown', `Write ${NOTATIONS}.`);
  return undefined;
}

/** Whether a text may be the path of a file or folder: it does not begin like the notation of a place, or an address. */
export function mayBePath(text: string): boolean {
  const isNotation = PREFIXED.some(
    (name) => READABLE_PLACES[name].parse(text, () => undefined) !== undefined,
  );
  return !isNotation && !/^(?:[a-z][a-z0-9+.-]*:\/\/|file:)/i.test(text);
}

/** Describes a site for messages. */
export function describeLocation(location: ReadableLocation): string {
  return describeNamed(location.kind, location);
}

function describeNamed<Name extends ReadableLocation['kind']>(kind: Name, location: Locations[Name]): string {
  return READABLE_PLACES[kind].describe(location);
}

/** Returns `https://host` of the server that receives the login; `undefined` if no login is sent over HTTP. */
export function originOf(location: ReadableLocation): string | undefined {
  return originOfNamed(location.kind, location);
}

function originOfNamed<Name extends ReadableLocation['kind']>(
  kind: Name,
  location: Locations[Name],
): string | undefined {
  return READABLE_PLACES[kind].originOf?.(location);
}
