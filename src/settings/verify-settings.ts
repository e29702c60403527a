import { FAIL_ON } from '../model/fail-on.js';
import type { VerifySettings } from '../app/verify/settings.js';
import { formatNamed } from '../formats/registry.js';
import { CHECK_NAMES, type CheckName } from '../model/check-names.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import { nearMatches, suggestion } from '../model/near-matches.js';
import type { OptionReader } from '../model/option.js';
import { originOf, type ReadableLocation } from '../stores/locations.js';
import type { GivenOptions, ReadingContext } from './command-context.js';
import type { TokenChoice } from './credentials.js';
import { createOptionReader, usageError } from './option-reader.js';
import { checkExclusions } from './option-rules.js';
import { readPlace } from './read-place.js';
import type { ReadingOption } from './reading-options.js';
import { readSiteUrl } from './site-url.js';
import { readUpstreamChoice } from './upstream-choice.js';
import { readTimeout } from './values.js';
import { VERIFY_OPTIONS } from './verify-options.js';

/** Maximum number of files in a sample. */
const MAX_SAMPLE = 999_999;

type VerifyOption = Exclude<keyof typeof VERIFY_OPTIONS, 'markdown' | 'json' | 'verbose'> | ReadingOption;

/** The final settings of a verification. */
export interface VerifyRun {
  readonly site: ReadableLocation;
  /** `undefined` if the index shows it. */
  readonly format: FormatName | undefined;
  readonly settings: Readonly<Record<FormatName, VerifySettings>>;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly timeoutMs: number;
  readonly login: TokenChoice;
}

/**
 * Checks the options of a verification.
 *
 * @param raw the given options
 * @param given the arguments of the command
 * @throws {UserError} `usage`, with all faults at once
 */
export function resolveVerification(
  raw: GivenOptions,
  given: readonly string[],
  { nameOf, faults, loginFor }: ReadingContext,
): VerifyRun {
  const options = createOptionReader<VerifyOption>(raw, nameOf);
  checkExclusions(VERIFY_OPTIONS, raw, options);
  const site = readPlace(options, given, raw, 'verify');
  const history = options.flag('history');
  const currentOnly = options.flag('current-only');
  const common: Omit<VerifySettings, 'upstream' | 'java'> = {
    sample: options.number(
      'sample',
      1,
      MAX_SAMPLE,
      'Write how many files to read. Without it, all files are read.',
    ),
    previous: history ? 'content' : currentOnly ? 'none' : 'presence',
    skip: options.list('skip').flatMap((name) => readCheckName(options, name)),
    siteUrl: readSiteUrl(options, undefined),
  };
  const run = {
    format: options.choice('format', FORMAT_NAMES),
    settings: settingsByFormat(options, common),
    failOn: options.choice('fail-on', FAIL_ON) ?? 'error',
    timeoutMs: readTimeout(options) * 1000,
  };
  const all = [...faults, ...options.problems];
  if (all.length > 0 || site === undefined) throw usageError(all);
  return { ...run, site, login: loginFor(originOf(site)) };
}

/** Only some formats have upstream sites. */
function settingsByFormat(
  options: OptionReader<VerifyOption>,
  common: Omit<VerifySettings, 'upstream' | 'java'>,
): VerifyRun['settings'] {
  const entries = FORMAT_NAMES.map((name) => [
    name,
    { ...common, ...readUpstreamChoice(options, formatNamed(name)) },
  ]);
  return Object.fromEntries(entries) as VerifyRun['settings'];
}

function readCheckName(options: OptionReader<VerifyOption>, text: string): readonly CheckName[] {
  const name = CHECK_NAMES.find((known) => known === text);
  if (name !== undefined) return [name];
  const near = suggestion(nearMatches(text, CHECK_NAMES));
  options.fault('skip', `the check "${text}" is unknown`, near || `Known: ${CHECK_NAMES.join(', ')}.`);
  return [];
}
