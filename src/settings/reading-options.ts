import { FORMAT_NAMES } from '../model/format-name.js';
import type { Option, OptionTable } from '../model/option.js';
import { PLACE_OPTIONS, type PlaceOption } from '../stores/generated/places.js';
import { PUBLISH_OPTIONS, type PublishOptionName } from './options.js';

/** Returns options of a publication as those of a command that only reads. */
export function whenReading(...names: readonly PublishOptionName[]): OptionTable {
  return Object.fromEntries(
    names.flatMap((name): [string, Option][] => {
      const option = PUBLISH_OPTIONS[name];
      if (option.on === 'action') return [];
      return [[name, { ...option, help: option.whenReading ?? option.help, on: 'command line' }]];
    }),
  );
}

/** The names of the options that name a place. */
export const PLACE_NAMES = Object.keys(PLACE_OPTIONS) as readonly PlaceOption[];

/** The options of all commands that read one site. */
export const READING_OPTIONS = {
  format: {
    kind: 'text',
    placeholder: 'NAME',
    help: `Kind of site: ${FORMAT_NAMES.map((name) => `\`${name}\``).join(' or ')}`,
    words: FORMAT_NAMES,
    otherwise: 'the one whose index the site has',
    on: 'command line',
  },
  ...whenReading(...PLACE_NAMES, 'site-url', 'timeout', 'verbose'),
} as const satisfies OptionTable;

/** The option that names a moment. */
export const AT_OPTION = {
  kind: 'text',
  placeholder: 'TIMESTAMP|COMMIT',
  help: 'Read the site as it was after this publication, as `history` prints it. `PLACE@T` means the same',
  otherwise: 'as it is now',
  on: 'command line',
} as const satisfies Option;

/** The options that name the place of a site and how to read it. */
export type ReadingOption = PlaceOption | 'format' | 'site-url' | 'timeout';
