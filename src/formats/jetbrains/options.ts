import type { OptionReader } from '../../model/option.js';
import { faultOfArchiveUrl } from './archive-url.js';
import type { description } from './description.js';

/** What only plugin repositories are asked to do. */
export interface JetBrainsOptions {
  /** Address of new archives on another server, with placeholders; undefined if the site holds them. */
  readonly archiveUrl: string | undefined;
  /** How many versions of a plugin are kept; undefined for all. */
  readonly keep: number | undefined;
  /** The newest branch of the platform; undefined for that of the day. */
  readonly newestBranch: number | undefined;
}

/** Reads the options that only this format has. */
export function readOptions(options: OptionReader<keyof typeof description.options>): JetBrainsOptions {
  return {
    archiveUrl: readArchiveUrl(options),
    keep: options.number('keep', 1, 10_000),
    newestBranch: options.number('newest-branch', 130, 999),
  };
}

function readArchiveUrl(options: OptionReader<'archive-url'>): string | undefined {
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
