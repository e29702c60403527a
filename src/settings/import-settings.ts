import type { ImportSettings } from '../app/import/settings.js';
import { FAIL_ON } from '../model/fail-on.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import type { PlaceOption } from '../stores/generated/places.js';
import {
  NOTATIONS,
  originOf,
  parsePlace,
  readLocation,
  type ReadableLocation,
  type SiteLocation,
} from '../stores/locations.js';
import type { GivenOptions, WritingContext } from './command-context.js';
import type { TokenChoice } from './credentials.js';
import { IMPORT_OPTIONS } from './import-options.js';
import { createOptionReader, usageError } from './option-reader.js';
import { checkExclusions } from './option-rules.js';
import { readSiteUrl, usualSiteUrl } from './site-url.js';
import { readAuthor, readTimeout } from './values.js';

type ImportOption =
  | PlaceOption
  | 'history'
  | 'format'
  | 'site-url'
  | 'message'
  | 'commit-author'
  | 'fail-on'
  | 'timeout'
  | 'dry-run';

/** The final settings of an import. */
export interface ImportRun {
  readonly from: ReadableLocation;
  readonly site: SiteLocation;
  /** `undefined` if the index shows it. */
  readonly format: FormatName | undefined;
  readonly settings: ImportSettings;
  readonly author: { readonly name: string; readonly email: string };
  readonly timeoutMs: number;
  readonly login: TokenChoice;
  readonly loginForSource: TokenChoice;
}

/**
 * Checks the options of an import.
 *
 * @param raw the given options
 * @param given the arguments of the command
 * @throws {UserError} `usage`, with all faults at once
 */
export function resolveImport(
  raw: GivenOptions,
  given: readonly string[],
  { nameOf, defaultRemote, faults, loginFor, loginForSource = loginFor }: WritingContext,
): ImportRun {
  const options = createOptionReader<ImportOption>(raw, nameOf);
  checkExclusions(IMPORT_OPTIONS, raw, options);
  const [notation, second] = given;
  if (notation === undefined)
    options.fault(undefined, 'It is not known what to import', `Name the site to import: ${NOTATIONS}.`);
  if (second !== undefined)
    options.fault(undefined, `The argument "${second}" is unexpected`, 'One site is imported at a time.');
  const from =
    notation === undefined
      ? undefined
      : parsePlace(notation, (what, hint) => {
          options.fault(undefined, `${notation}: ${what}`, hint);
        });
  const site = readLocation(
    options,
    defaultRemote,
    faults.map(({ path }) => path),
  );
  const siteUrl = readSiteUrl(options, undefined);
  const settings: ImportSettings = {
    preview: options.flag('dry-run'),
    history: options.flag('history'),
    failOn: options.choice('fail-on', FAIL_ON) ?? 'error',
    siteUrl: siteUrl ?? (site && usualSiteUrl(site, undefined)),
    message: options.text('message'),
  };
  const run = {
    format: options.choice('format', FORMAT_NAMES),
    author: readAuthor(options),
    timeoutMs: readTimeout(options) * 1000,
  };
  const all = [...faults, ...options.problems];
  if (all.length > 0 || !site || !from) throw usageError(all);
  return {
    ...run,
    from,
    site,
    settings,
    login: loginFor(originOf(site)),
    loginForSource: loginForSource(originOf(from), originOf(site)),
  };
}
