/**
 * Checks the settings of the user: options, the configuration file, addresses, credentials. Finds all faults in one
 * pass. Pure: the callers read the environment and the files.
 *
 * @module
 */

import type { Settings } from '../app/publish/settings.js';
import { chooseFormat } from '../formats/format.js';
import { DESCRIPTIONS } from '../formats/generated/descriptions.js';
import { formatNamed } from '../formats/registry.js';
import { DEPENDENCY_MODES } from '../model/dependency-mode.js';
import { FAIL_ON } from '../model/fail-on.js';
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

/** Settings that only the programs need, in addition to those of a publication. */
interface ProgramSettings {
  readonly site: SiteLocation;
  readonly author: { readonly name: string; readonly email: string };
  readonly timeoutMs: number;
  /** Path of the report file; `undefined` if the report is not written to a file. */
  readonly reportFile: string | undefined;
  /** Whether the report is shown as a comment on the pull request of the run. */
  readonly comment: boolean;
  /** Folder of the local Maven repository; `undefined` for the default. */
  readonly mavenRepository: string | undefined;
}

/** The checked options, without settings from other sources. */
export interface GivenSettings extends Omit<Settings, 'config'>, ProgramSettings {
  /** Path of the configuration, if the user gave one. */
  readonly configFile: string | undefined;
}

/** All final settings of a run, for the command line and the action. */
export interface RunSettings extends Settings, ProgramSettings {
  /** Whether the user gave the address of the site. */
  readonly isSiteUrlGiven: boolean;
  /** The login for the location of the site. */
  readonly login: TokenChoice;
}

/** What the check of options needs in addition to the given values. */
export interface OptionContext {
  readonly preview: boolean;
  /** Returns the name of an option for messages: `--timestamp`, or `input "timestamp"`. */
  readonly nameOf: (option: string) => string;
  /** The repository that is used if none is given. */
  readonly defaultRemote: string | undefined;
  /** Whether the diff of the index is shown anyway. */
  readonly wantsDiff: boolean;
  /** Whether the run is for a tag. */
  readonly isRelease: boolean;
  /** Faults that the program has already found. */
  readonly faults?: readonly Problem[];
}

/** The sources of settings other than options. */
export interface SettingsContext extends OptionContext {
  /** Returns the text of a file, or `undefined` if it does not exist; throws a UserError if it is unreadable. */
  readonly readFile: (file: string) => Promise<string | undefined>;
  /** Queries the address of the site from its host. Absent if the host cannot be queried. */
  readonly hostedAt?: (given: GivenSettings) => Promise<string | undefined>;
  /** Chooses the login for a server: `https://host`, or `undefined` if the site is not reached over HTTP. */
  readonly loginFor: (origin: string | undefined) => TokenChoice;
}

/**
 * Determines the final settings of a run from the options, the configuration, and the host of the site, in this order.
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

/** Adds a trailing slash: the updater appends paths without one (spec, section 1). */
function siteUrlOf(url: string | undefined): string | undefined {
  return url === undefined || url.endsWith('/') ? url : `${url}/`;
}

/**
 * Checks the given options.
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
  const parseFaults = context.faults ?? [];
  const faulty = parseFaults.map(({ path }) => path);
  const site = readLocation(options, context.defaultRemote, faulty);
  const settings: Omit<GivenSettings, 'site'> = {
    preview: context.preview || options.flag('dry-run'),
    format,
    // A format only reads its own options, which are declared in its `description.ts`.
    chosenFormat: chooseFormat(chosen, options as OptionReader),
    appDir,
    files: (defaultFiles ? [DESCRIPTIONS[format].defaultFiles] : patterns).flatMap((line) =>
      readFileRule(options, line),
    ),
    defaultFiles,
    completeSite: options.flag('complete-site'),
    // Not checked as a path: sites contain paths that may not be published but must be removable.
    remove: options.list('remove'),
    empty: options.flag('empty'),
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
  const faults = [...parseFaults, ...options.problems];
  if (faults.length > 0 || site === undefined) throw usageError(faults);
  return { ...settings, site };
}
