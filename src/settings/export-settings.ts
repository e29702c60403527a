import type { ExportSettings } from '../app/export/settings.js';
import { formatNamed } from '../formats/registry.js';
import { EXPORT_KINDS } from '../model/exported.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import { nearMatches, suggestion } from '../model/near-matches.js';
import type { OptionReader } from '../model/option.js';
import { originOf } from '../stores/locations.js';
import type { GivenOptions, ReadingContext } from './command-context.js';
import type { TokenChoice } from './credentials.js';
import { EXPORT_OPTIONS } from './export-options.js';
import { createOptionReader, usageError } from './option-reader.js';
import { checkExclusions } from './option-rules.js';
import { readPlaceAt, type PlaceAt } from './place-at.js';
import type { ReadingOption } from './reading-options.js';
import { readSiteUrl, usualSiteUrl } from './site-url.js';
import { readTimeout } from './values.js';

type ExportOption = ReadingOption | 'at' | 'kind' | 'platform' | 'force';

/** The final settings of an export. */
export interface ExportRun extends PlaceAt {
  /** `undefined` if the index shows it. */
  readonly format: FormatName | undefined;
  readonly settings: Omit<ExportSettings, 'at'>;
  readonly timeoutMs: number;
  readonly login: TokenChoice;
}

/**
 * Checks the options of an export.
 *
 * @param raw the given options
 * @param given the arguments of the command
 * @throws {UserError} `usage`, with all faults at once
 */
export function resolveExport(
  raw: GivenOptions,
  given: readonly string[],
  { nameOf, faults, loginFor }: ReadingContext,
): ExportRun {
  const options = createOptionReader<ExportOption>(raw, nameOf);
  const [file = '', ...places] = given;
  if (!/\.zip$/i.test(file))
    options.fault(
      undefined,
      file === '' ? 'It is not known what to write' : `${file} is not the name of a zip archive`,
      'Write update-site export FILE.zip PLACE: first the archive to write, then the site.',
    );
  checkExclusions(EXPORT_OPTIONS, raw, options);
  const place = readPlaceAt(options, places, raw, 'export FILE.zip');
  const kind = options.choice('kind', EXPORT_KINDS) ?? 'backup';
  const platforms = options.list('platform').flatMap((name) => readPlatform(options, name));
  if (platforms.length > 0 && kind === 'backup')
    options.fault(
      'platform',
      'a backup contains the files for all platforms',
      `Add ${nameOf('kind')} application, or leave it out.`,
    );
  const siteUrl = readSiteUrl(options, undefined);
  const run = {
    format: options.choice('format', FORMAT_NAMES),
    timeoutMs: readTimeout(options) * 1000,
  };
  const force = options.flag('force');
  const all = [...faults, ...options.problems];
  if (all.length > 0 || place === undefined) throw usageError(all);
  const { site } = place;
  const usualUrl = site.kind === 'git' ? usualSiteUrl(site, undefined) : undefined;
  const settings = { file, kind, force, platforms, siteUrl, usualUrl };
  return { ...run, ...place, settings, login: loginFor(originOf(site)) };
}

/** The platforms of all formats. */
const PLATFORMS = FORMAT_NAMES.flatMap((name) => [
  ...formatNamed(name)(({ application }): ReadonlySet<string> => application?.platforms ?? new Set()),
]);

function readPlatform(options: OptionReader<ExportOption>, text: string): readonly string[] {
  if (PLATFORMS.includes(text)) return [text];
  const near = suggestion(nearMatches(text, PLATFORMS));
  options.fault('platform', `the platform "${text}" is unknown`, near || `Known: ${PLATFORMS.join(', ')}.`);
  return [];
}
