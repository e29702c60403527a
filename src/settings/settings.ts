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
import { createChecker, usageError, type Checker } from './option-reader.js';
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
  const check = createChecker(raw, context.nameOf);
  const appDir = check.text('app-dir');
  const given = check.list('files');
  const defaultFiles = given.length === 0 && appDir === undefined;
  const format = readFormat(check);
  requireOptionsOf(format, raw, check);
  const channel = readChannel(check);
  const settings: RunSettings = {
    preview: context.preview || check.flag('dry-run'),
    format,
    appDir,
    files: (defaultFiles ? [formatNamed(format).defaultFiles] : given).flatMap((line) =>
      readFileRule(check, line),
    ),
    defaultFiles,
    completeSite: check.flag('complete-site'),
    // Looked up in the index as it is: sites have paths that may not be published and must be removable.
    remove: check.list('remove'),
    ...readUpstreamChoice(check, format),
    onShadow: readShadowPolicy(check),
    dependencies: readDependencyMode(check),
    withDependencies: check.flag('with-dependencies'),
    mavenRepository: check.text('maven-repository'),
    configFile: check.text('config'),
    config: undefined,
    allowMassRemoval: check.flag('allow-mass-removal'),
    isRelease: context.isRelease,
    failOn: readFailOn(check),
    wantsDiff:
      context.wantsDiff ||
      check.flag('diff') ||
      check.flag('markdown') ||
      check.text('report-file') !== undefined,
    reportFile: check.text('report-file'),
    comment: check.flag('comment'),
    siteUrl: readSiteUrl(check, channel),
    archiveUrl: readArchiveUrl(check),
    archiveCheck: (check.choice('archive-check', ARCHIVE_CHECKS) ?? 'on') === 'on',
    channel,
    keep: readNumber(check, 'keep', 1, 10_000),
    newestBranch: readNumber(check, 'newest-branch', 130, 999),
    timestamp: readTimestamp(check),
    message: check.text('message'),
    site: readSite(check, context.defaultRemote),
    author: readAuthor(check),
    timeoutMs: readTimeout(check) * 1000,
  };
  if (check.problems.length > 0) throw usageError(check.problems);
  return settings;
}

function readDependencyMode(check: Checker): DependencyMode {
  return check.choice('dependencies', DEPENDENCY_MODES) ?? 'auto';
}

function readFailOn(check: Checker): FailOn {
  return check.choice('fail-on', FAIL_ON) ?? 'error';
}

function readSiteUrl(check: Checker, channel: string | undefined): string | undefined {
  const url = check.text('site-url');
  if (url === undefined) return undefined;
  if (URL.canParse(url) && hasLogin(new URL(url))) {
    check.fault('site-url', 'it holds a login', 'Leave it out: everybody can read the address.');
  } else if (!/^https?:\/\/[^\s?#]+$/i.test(url) || !URL.canParse(url)) {
    check.fault(
      'site-url',
      `"${url}" is no web address of a folder`,
      'Write it in full, for example https://example.github.io/my-plugin/.',
    );
  } else if (formatOfIndex(url.slice(url.lastIndexOf('/') + 1)) !== undefined) {
    check.fault(
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

function readTimestamp(check: Checker): Timestamp | undefined {
  const text = check.text('timestamp');
  if (text === undefined) return undefined;
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined)
    check.fault(
      'timestamp',
      `"${text}" is not a date`,
      'Write YYYYMMDDhhmmss in UTC, for example 20261120093212.',
    );
  return timestamp;
}

function readAuthor(check: Checker): { name: string; email: string } {
  const text = check.text('commit-author');
  if (text === undefined) return DEFAULT_AUTHOR;
  const match = /^([^<>\n]*[^<>\s])\s*<([^<>\s]+)>$/.exec(text);
  if (match) return { name: match[1] as string, email: match[2] as string };
  check.fault('commit-author', `"${text}" is no author`, "Write 'Jane Doe <jane@example.org>'.");
  return DEFAULT_AUTHOR;
}

function readTimeout(check: Checker): number {
  const text = check.text('timeout');
  if (text === undefined) return DEFAULT_TIMEOUT_SECONDS;
  const seconds = /^\d{1,6}(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return seconds;
  check.fault(
    'timeout',
    `"${text}" is no number of seconds`,
    `Write a number above 0, at most ${MAX_TIMEOUT_SECONDS}.`,
  );
  return DEFAULT_TIMEOUT_SECONDS;
}
