/**
 * What the user says, checked: options, the configuration file, addresses, credentials. All faults are found in one pass.
 * Pure: who reads the environment and files hands in what they say.
 *
 * @module
 */

import { FAIL_ON, type Settings } from '../app/publish/settings.js';
import { chooseFormat } from '../formats/format.js';
import { DESCRIPTIONS } from '../formats/generated/descriptions.js';
import { formatNamed } from '../formats/registry.js';
import { DEPENDENCY_MODES } from '../model/dependency-mode.js';
import { FORMAT_NAMES } from '../model/format-name.js';
import type { OptionReader } from '../model/option.js';
import type { Problem } from '../model/problem.js';
import { originOf, readLocation, type SiteLocation } from '../stores/locations.js';
import { readChannel } from './channel.js';
import { readConfig } from './config.js';
import type { TokenChoice } from './credentials.js';
import { readFileRule } from './file-rule.js';
import { createOptionReader, usageError } from './option-reader.js';
import { checkOptionRules } from './option-rules.js';
import type { PublishOptionName, RawOptions } from './options.js';
import { readSiteUrl, usualSiteUrl } from './site-url.js';
import { readUpstreamChoice } from './upstream-choice.js';
import { readAuthor, readTimeout, readTimestamp } from './values.js';

/** What only the programs need, besides the settings of a publication. */
interface ProgramSettings {
  readonly site: SiteLocation;
  readonly author: { readonly name: string; readonly email: string };
  readonly timeoutMs: number;
  /** Where the report goes; undefined if it is not wanted as a file. */
  readonly reportFile: string | undefined;
  /** Whether the report is shown on the pull request that the run is for. */
  readonly comment: boolean;
  /** Folder of the local Maven repository; undefined for the usual one. */
  readonly mavenRepository: string | undefined;
}

/** What the options say, checked. What other sources say is not in it. */
export interface GivenSettings extends Omit<Settings, 'config'>, ProgramSettings {
  /** Where the user says that the configuration is. */
  readonly configFile: string | undefined;
}

/** All settings of a run, final: the same for the command line and the action. */
export interface RunSettings extends Settings, ProgramSettings {
  /** Whether the user gave the address of the site. */
  readonly isSiteUrlGiven: boolean;
  /** The login for the place of the site. */
  readonly login: TokenChoice;
}

/** What the checking of options needs to know besides what was given. */
export interface OptionContext {
  readonly preview: boolean;
  /** How an option is called in messages: `--timestamp`, or `input "timestamp"`. */
  readonly nameOf: (option: PublishOptionName) => string;
  /** The repository that is meant if none is named. */
  readonly defaultRemote: string | undefined;
  /** Whether the lines of the index that change are shown anyway. */
  readonly wantsDiff: boolean;
  /** Whether the run is that of a tag. */
  readonly isRelease: boolean;
  /** Faults that the program has found already. */
  readonly faults?: readonly Problem[];
}

/** What settings come from besides the options. */
export interface SettingsContext extends OptionContext {
  /** The text of a file, undefined if there is none; throws a UserError if it cannot be read. */
  readonly readFile: (file: string) => Promise<string | undefined>;
  /** Asks the host of the site which address it has. Absent if there is none to ask. */
  readonly hostedAt?: (given: GivenSettings) => Promise<string | undefined>;
  /** Chooses the login for a server: `https://host`, or undefined if the place is not reached by HTTP. */
  readonly loginFor: (origin: string | undefined) => TokenChoice;
}

/**
 * Makes the settings of a run final: options, then the configuration, then what the host of the site says. Nothing is filled
 * in later.
 *
 * @throws {UserError} `usage`, with all faults of the options at once
 */
export async function resolveSettings(raw: RawOptions, context: SettingsContext): Promise<RunSettings> {
  const { configFile, ...given } = parseOptions(raw, context);
  const config = await readConfig(formatNamed(given.format), configFile, context.readFile);
  const siteUrl = given.siteUrl ?? siteUrlOf(config?.config.url);
  return {
    ...given,
    config,
    siteUrl:
      siteUrl ??
      (await context.hostedAt?.({ ...given, configFile })) ??
      usualSiteUrl(given.site, given.channel),
    isSiteUrlGiven: siteUrl !== undefined,
    login: context.loginFor(originOf(given.site)),
  };
}

/** The updater appends paths to it as it is (spec, section 1). */
function siteUrlOf(url: string | undefined): string | undefined {
  return url === undefined || url.endsWith('/') ? url : `${url}/`;
}

/**
 * Checks what was given.
 *
 * @throws {UserError} `usage`, with all faults at once
 */
export function parseOptions(raw: RawOptions, context: OptionContext): GivenSettings {
  const options = createOptionReader<PublishOptionName>(raw, context.nameOf);
  const appDir = options.text('app-dir');
  const patterns = options.list('files');
  const defaultFiles = patterns.length === 0 && appDir === undefined;
  const format = options.choice('format', FORMAT_NAMES) ?? 'imagej';
  checkOptionRules(raw, format, options);
  const chosen = formatNamed(format);
  const channel = readChannel(options);
  const site = readLocation(options, context.defaultRemote);
  const settings: Omit<GivenSettings, 'site'> = {
    preview: context.preview || options.flag('dry-run'),
    format,
    // A format reads no options but its own: `description.ts` of each says which these are.
    chosenFormat: chooseFormat(chosen, options as OptionReader),
    appDir,
    files: (defaultFiles ? [DESCRIPTIONS[format].defaultFiles] : patterns).flatMap((line) =>
      readFileRule(options, line),
    ),
    defaultFiles,
    completeSite: options.flag('complete-site'),
    // Looked up in the index as it is: sites have paths that may not be published and must be removable.
    remove: options.list('remove'),
    ...readUpstreamChoice(options, chosen),
    dependencies: options.choice('dependencies', DEPENDENCY_MODES) ?? 'auto',
    withDependencies: options.flag('with-dependencies'),
    mavenRepository: options.text('maven-repository'),
    configFile: options.text('config'),
    isRelease: context.isRelease,
    failOn: options.choice('fail-on', FAIL_ON) ?? 'error',
    wantsDiff:
      context.wantsDiff ||
      options.flag('diff') ||
      options.flag('markdown') ||
      options.text('report-file') !== undefined,
    reportFile: options.text('report-file'),
    comment: options.flag('comment'),
    siteUrl: readSiteUrl(options, channel),
    archiveCheck: options.choice('archive-check', ['on', 'off']) !== 'off',
    channel,
    timestamp: readTimestamp(options),
    message: options.text('message'),
    author: readAuthor(options),
    timeoutMs: readTimeout(options) * 1000,
  };
  const faults = [...(context.faults ?? []), ...options.problems];
  if (faults.length > 0 || site === undefined) throw usageError(faults);
  return { ...settings, site };
}
