import { faultOfArchiveUrl } from '../model/archive-url.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import { sitePath, type SitePath } from '../model/site-path.js';
import type { OptionReader } from './option-reader.js';
import { PUBLISH_OPTIONS, type Option, type PublishOptionName, type RawOptions } from './options.js';

/** Which kind of site it is. */
export function readFormat(options: OptionReader): FormatName {
  return options.choice('format', FORMAT_NAMES) ?? 'imagej';
}

/** Options of the other format have no meaning, and whoever gives one is mistaken in something. */
export function requireOptionsOf(format: FormatName, raw: RawOptions, options: OptionReader): void {
  for (const [name, option] of Object.entries(PUBLISH_OPTIONS) as [PublishOptionName, Option][]) {
    const value = raw[name];
    const given = Array.isArray(value) ? value.join('\n') : String(value ?? '');
    if (option.format === undefined || option.format === format) continue;
    if (['', 'false', 'none', option.usual].includes(given.trim())) continue;
    options.fault(name, `it is for the format ${option.format}`, `Leave it out: this site is for ${format}.`);
  }
}

/** The subfolder that is a repository of its own. */
export function readChannel(options: OptionReader): SitePath | undefined {
  const channel = options.text('channel');
  if (channel === undefined) return undefined;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(channel)) {
    options.fault(
      'channel',
      `"${channel}" is no name of a channel`,
      'Write small letters, digits and hyphens, such as eap.',
    );
    return undefined;
  }
  if (channel === 'plugins')
    options.fault('channel', 'the folder "plugins" is for archives', 'Choose another name, such as eap.');
  return sitePath(channel);
}

/** Whether the addresses of archives on other servers are asked. */
export const ARCHIVE_CHECKS = ['on', 'off'] as const;

/** Where archives are on another server. */
export function readArchiveUrl(options: OptionReader): string | undefined {
  const template = options.text('archive-url');
  const reason = template === undefined ? undefined : faultOfArchiveUrl(template);
  if (reason !== undefined)
    options.fault(
      'archive-url',
      reason,
      'Write the address with {id}, {version} and {file}, for example https://github.com/me/tool/releases/download/v{release}/{file}.',
    );
  return template;
}

/** A whole number within bounds; undefined where none was given. */
export function readNumber(
  options: OptionReader,
  name: PublishOptionName,
  least: number,
  most: number,
): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  options.fault(name, `"${text}" is no number from ${least} to ${most}`, 'Write one, or leave it out.');
  return undefined;
}
