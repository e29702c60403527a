import type { RollbackSettings } from '../app/rollback/settings.js';
import { FAIL_ON } from '../model/fail-on.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import type { Moment } from '../model/moment.js';
import type { OptionReader } from '../model/option.js';
import { MAX_PAST_PUBLICATIONS } from '../model/past-publication.js';
import type { PlaceOption } from '../stores/generated/places.js';
import { originOf, type ReadableLocation, type SiteLocation } from '../stores/locations.js';
import type { GivenOptions, ReadingContext, WritingContext } from './command-context.js';
import type { TokenChoice } from './credentials.js';
import { createOptionReader, usageError } from './option-reader.js';
import { checkExclusions } from './option-rules.js';
import { readPlace, readWritablePlace } from './read-place.js';
import { HISTORY_OPTIONS, ROLLBACK_OPTIONS } from './rollback-options.js';
import { readSiteUrl, usualSiteUrl } from './site-url.js';
import { readAuthor, readTimeout, readTimestamp } from './values.js';

type RollbackOption =
  | PlaceOption
  | 'to'
  | 'last'
  | 'format'
  | 'site-url'
  | 'message'
  | 'commit-author'
  | 'fail-on'
  | 'timeout'
  | 'timestamp'
  | 'dry-run';

/** The final settings of a rollback. */
export interface RollbackRun {
  readonly site: SiteLocation;
  /** `undefined` if the index shows it. */
  readonly format: FormatName | undefined;
  readonly settings: RollbackSettings;
  readonly author: { readonly name: string; readonly email: string };
  readonly timeoutMs: number;
  readonly login: TokenChoice;
}

/**
 * Checks the options of a rollback.
 *
 * @param raw the given options
 * @param given the arguments of the command
 * @throws {UserError} `usage`, with all faults at once
 */
export function resolveRollback(
  raw: GivenOptions,
  given: readonly string[],
  { nameOf, defaultRemote, faults, loginFor }: WritingContext,
): RollbackRun {
  const options = createOptionReader<RollbackOption>(raw, nameOf);
  const faulty = faults.map(({ path }) => path);
  checkExclusions(ROLLBACK_OPTIONS, raw, options);
  const site = readWritablePlace(options, given, raw, 'rollback', defaultRemote, faulty);
  const target = readTarget(options);
  const run = {
    format: options.choice('format', FORMAT_NAMES),
    author: readAuthor(options),
    timeoutMs: readTimeout(options) * 1000,
  };
  const settings = {
    preview: options.flag('dry-run'),
    failOn: options.choice('fail-on', FAIL_ON) ?? 'error',
    siteUrl: readSiteUrl(options, undefined) ?? (site && usualSiteUrl(site, undefined)),
    timestamp: readTimestamp(options),
    message: options.text('message'),
  };
  const all = [...faults, ...options.problems];
  if (all.length > 0 || !site || !target) throw usageError(all);
  return { ...run, site, settings: { ...settings, target }, login: loginFor(originOf(site)) };
}

function readTarget(options: OptionReader<RollbackOption>): Moment | undefined {
  const to = options.text('to');
  const isLast = options.flag('last');
  if (isLast) return 'last';
  if (to !== undefined && /^last$/i.test(to)) {
    options.fault(
      'to',
      `"${to}" is not a timestamp or commit`,
      `To undo the last publication, use ${options.nameOf('last')}.`,
    );
    return undefined;
  }
  if (to !== undefined) return { to };
  options.fault(
    undefined,
    'It is not known where to go back to',
    `Use ${options.nameOf('to')} with a timestamp or commit as "update-site history" prints it, or ${options.nameOf('last')} to undo the last publication.`,
  );
  return undefined;
}

/** The final settings of the command `history`. */
export interface HistoryRun {
  readonly site: ReadableLocation;
  readonly format: FormatName | undefined;
  readonly limit: number;
  readonly timeoutMs: number;
  readonly login: TokenChoice;
}

const DEFAULT_LIMIT = 20;

/**
 * Checks the options of the command `history`.
 *
 * @param raw the given options
 * @param given the arguments of the command
 * @throws {UserError} `usage`, with all faults at once
 */
export function resolveHistory(
  raw: GivenOptions,
  given: readonly string[],
  { nameOf, faults, loginFor }: ReadingContext,
): HistoryRun {
  const options = createOptionReader<PlaceOption | 'limit' | 'format' | 'timeout'>(raw, nameOf);
  checkExclusions(HISTORY_OPTIONS, raw, options);
  const site = readPlace(options, given, raw, 'history');
  const run = {
    format: options.choice('format', FORMAT_NAMES),
    limit:
      options.number(
        'limit',
        1,
        MAX_PAST_PUBLICATIONS,
        `To list as many as possible, write ${nameOf('limit')} ${MAX_PAST_PUBLICATIONS}.`,
      ) ?? DEFAULT_LIMIT,
    timeoutMs: readTimeout(options) * 1000,
  };
  const all = [...faults, ...options.problems];
  if (all.length > 0 || !site) throw usageError(all);
  return { ...run, site, login: loginFor(originOf(site)) };
}
