import type { OptionReader } from '../../model/option.js';
import { faultOfArchiveUrl } from './archive-url.js';
import type { description } from './description.js';

/** The options of plugin repositories. */
export interface JetBrainsOptions {
  /** Address of new archives on another server, with placeholders. `undefined` if the site stores them. */
  readonly archiveUrl: string | undefined;
  /** Number of versions to keep of each plugin, or `undefined` for all. */
  readonly keep: number | undefined;
  /** The newest platform branch, or `undefined` for the newest one at the time of the run. */
  readonly newestBranch: number | undefined;
}

/** Reads the options of this format. */
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
