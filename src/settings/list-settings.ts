import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import { originOf } from '../stores/locations.js';
import type { GivenOptions, ReadingContext } from './command-context.js';
import type { TokenChoice } from './credentials.js';
import { LIST_OPTIONS } from './list-options.js';
import { createOptionReader, usageError } from './option-reader.js';
import { checkExclusions } from './option-rules.js';
import { readPlaceAt, type PlaceAt } from './place-at.js';
import type { ReadingOption } from './reading-options.js';
import { readSiteUrl } from './site-url.js';
import { readTimeout } from './values.js';

type ListOption = Exclude<keyof typeof LIST_OPTIONS, 'json' | 'verbose'> | ReadingOption;

/** The final settings of a list. */
export interface ListRun extends PlaceAt {
  /** `undefined` if the index shows it. */
  readonly format: FormatName | undefined;
  /** The file to describe; `undefined` to list all of them. */
  readonly file: string | undefined;
  readonly obsolete: boolean;
  readonly siteUrl: string | undefined;
  readonly timeoutMs: number;
  readonly login: TokenChoice;
}

/**
 * Checks the options of a list.
 *
 * @param raw the given options
 * @param given the arguments of the command
 * @throws {UserError} `usage`, with all faults at once
 */
export function resolveList(
  raw: GivenOptions,
  given: readonly string[],
  { nameOf, faults, loginFor }: ReadingContext,
): ListRun {
  const options = createOptionReader<ListOption>(raw, nameOf);
  checkExclusions(LIST_OPTIONS, raw, options);
  const place = readPlaceAt(options, given, raw, 'list');
  const run = {
    format: options.choice('format', FORMAT_NAMES),
    file: options.text('file'),
    obsolete: options.flag('obsolete'),
    siteUrl: readSiteUrl(options, undefined),
    timeoutMs: readTimeout(options) * 1000,
  };
  const all = [...faults, ...options.problems];
  if (all.length > 0 || place === undefined) throw usageError(all);
  return { ...run, ...place, login: loginFor(originOf(place.site)) };
}
