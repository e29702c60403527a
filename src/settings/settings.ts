/**
 * What the user says, checked: options, the configuration file, addresses, credentials. All faults are found in one pass.
 * Pure: who reads the environment hands in what it says.
 *
 * @module
 */

import { FAIL_ON, type FailOn, type Settings } from '../app/publish/settings.js';
import { formatNamed, formatOfIndex } from '../formats/registry.js';
import { DEPENDENCY_MODES, type DependencyMode } from '../model/dependency-mode.js';
import { parseTimestamp, type Timestamp } from '../model/timestamp.js';
import { readFileRule } from './file-rule.js';
import { withFolder } from './folder-url.js';
import {
  ARCHIVE_CHECKS,
  readArchiveUrl,
  readChannel,
  readFormat,
  readNumber,
  requireOptionsOf,
} from './format-options.js';
import { createOptionReader, usageError, type OptionReader } from './option-reader.js';
import type { PublishOptionName, RawOptions } from './options.js';
import { readSite, type SiteLocation } from './site-location.js';
import { readShadowPolicy, readUpstreamChoice } from './upstream-choice.js';

/** Everything that a run was told, checked: the same for the command line and the action. */
export interface RunSettings extends Settings {
  readonly site: SiteLocation;
  readonly author: { readonly name: string; readonly email: string };
  readonly timeoutMs: number;
  /** Where the report goes; undefined where nobody wants it as a file. */
  readonly reportFile: string | undefined;
  /** Whether the report is shown on the pull request that the run is for. */
  readonly comment: boolean;
  /** Folder of the local Maven repository; undefined for the usual one. */
  readonly mavenRepository: string | undefined;
  /** Where the user says that the configuration is. */
  readonly configFile: string | undefined;
}

/** What the checking needs to know besides what was given. */
export interface SettingsContext {
  readonly preview: boolean;
  /** How an option is called in messages: `--timestamp`, or `input "timestamp"`. */
  readonly nameOf: (option: PublishOptionName) => string;
  /** The repository that is meant where none is named. */
  readonly defaultRemote: string | undefined;
  /** Whether the lines of the index that change are shown anyway. */
  readonly wantsDiff: boolean;
  /** Whether the run is that of a tag. */
  readonly isRelease: boolean;
}

/** GitHub's own account for what workflows do. */
const DEFAULT_AUTHOR = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};
const DEFAULT_TIMEOUT_SECONDS = 600;
const MAX_TIMEOUT_SECONDS = 6 * 60 * 60;

/**
 * Checks what was given.
 *
 * @throws {UserError} `usage`, with all faults at once
 */
export function parseSettings(raw: RawOptions, context: SettingsContext): RunSettings {
  const options = createOptionReader(raw, context.nameOf);
  const appDir = options.text('app-dir');
  const given = options.list('files');
  const defaultFiles = given.length === 0 && appDir === undefined;
  const format = readFormat(options);
  requireOptionsOf(format, raw, options);
  const channel = readChannel(options);
  const settings: RunSettings = {
    preview: context.preview || options.flag('dry-run'),
    format,
    appDir,
    files: (defaultFiles ? [formatNamed(format).defaultFiles] : given).flatMap((line) =>
      readFileRule(options, line),
    ),
    defaultFiles,
    completeSite: options.flag('complete-site'),
    // Looked up in the index as it is: sites have paths that may not be published and must be removable.
    remove: options.list('remove'),
    ...readUpstreamChoice(options, format),
    onShadow: readShadowPolicy(options),
    dependencies: readDependencyMode(options),
    withDependencies: options.flag('with-dependencies'),
    mavenRepository: options.text('maven-repository'),
    configFile: options.text('config'),
    config: undefined,
    allowMassRemoval: options.flag('allow-mass-removal'),
    isRelease: context.isRelease,
    failOn: readFailOn(options),
    wantsDiff:
      context.wantsDiff ||
      options.flag('diff') ||
      options.flag('markdown') ||
      options.text('report-file') !== undefined,
    reportFile: options.text('report-file'),
    comment: options.flag('comment'),
    siteUrl: readSiteUrl(options, channel),
    archiveUrl: readArchiveUrl(options),
    archiveCheck: (options.choice('archive-check', ARCHIVE_CHECKS) ?? 'on') === 'on',
    channel,
    keep: readNumber(options, 'keep', 1, 10_000),
    newestBranch: readNumber(options, 'newest-branch', 130, 999),
    timestamp: readTimestamp(options),
    message: options.text('message'),
    site: readSite(options, context.defaultRemote),
    author: readAuthor(options),
    timeoutMs: readTimeout(options) * 1000,
  };
  if (options.problems.length > 0) throw usageError(options.problems);
  return settings;
}

function readDependencyMode(options: OptionReader): DependencyMode {
  return options.choice('dependencies', DEPENDENCY_MODES) ?? 'auto';
}

function readFailOn(options: OptionReader): FailOn {
  return options.choice('fail-on', FAIL_ON) ?? 'error';
}

function readSiteUrl(options: OptionReader, channel: string | undefined): string | undefined {
  const url = options.text('site-url');
  if (url === undefined) return undefined;
  if (URL.canParse(url) && hasLogin(new URL(url))) {
    options.fault('site-url', 'it holds a login', 'Leave it out: everybody can read the address.');
  } else if (!/^https?:\/\/[^\s?#]+$/i.test(url) || !URL.canParse(url)) {
    options.fault(
      'site-url',
      `"${url}" is no web address of a folder`,
      'Write it in full, for example https://example.github.io/my-plugin/.',
    );
  } else if (formatOfIndex(url.slice(url.lastIndexOf('/') + 1)) !== undefined) {
    options.fault(
      'site-url',
      `"${url}" is the address of an index, not that of its folder`,
      'Leave out the name of the file.',
    );
  }
  // The updater appends paths to it as it is (spec, section 1).
  return withFolder(url, channel);
}

function hasLogin({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

function readTimestamp(options: OptionReader): Timestamp | undefined {
  const text = options.text('timestamp');
  if (text === undefined) return undefined;
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined)
    options.fault(
      'timestamp',
      `"${text}" is not a date`,
      'Write YYYYMMDDhhmmss in UTC, for example 20261120093212.',
    );
  return timestamp;
}

function readAuthor(options: OptionReader): { name: string; email: string } {
  const text = options.text('commit-author');
  if (text === undefined) return DEFAULT_AUTHOR;
  const match = /^([^<>\n]*[^<>\s])\s*<([^<>\s]+)>$/.exec(text);
  if (match) return { name: match[1] as string, email: match[2] as string };
  options.fault('commit-author', `"${text}" is no author`, "Write 'Jane Doe <jane@example.org>'.");
  return DEFAULT_AUTHOR;
}

function readTimeout(options: OptionReader): number {
  const text = options.text('timeout');
  if (text === undefined) return DEFAULT_TIMEOUT_SECONDS;
  const seconds = /^\d{1,6}(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return seconds;
  options.fault(
    'timeout',
    `"${text}" is no number of seconds`,
    `Write a number above 0, at most ${MAX_TIMEOUT_SECONDS}.`,
  );
  return DEFAULT_TIMEOUT_SECONDS;
}
