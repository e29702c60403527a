import type { Exported } from '../model/exported.js';
import { count, describeBytes, listNames } from '../model/humanize.js';
import { asLogText } from '../model/printable.js';

/** Maximum number of channels that are named. */
const MAX_CHANNELS = 10;

/** The result of an export, for scripts. Every field is part of the contract with users. */
export type ExportResult = Omit<Exported, 'elsewhere' | 'channels'>;

/** Returns the result for scripts. */
export function exportResult({ file, kind, files, bytes, problems }: Exported): ExportResult {
  return { file, kind, files, bytes, problems };
}

/** Describes an archive in a few sentences. Ends with a newline. */
export function renderExported({ file, files, bytes, elsewhere, channels }: Exported): string {
  const rest =
    elsewhere === 0
      ? ''
      : ` ${count(elsewhere, 'file on another server is', 'files on other servers are')} not in it.`;
  const below =
    channels.length === 0
      ? ''
      : ` Its channels are not in it, export each by itself: ${listNames(channels, MAX_CHANNELS)}.`;
  const written = `Written: ${file} with ${count(files, 'file')} (${describeBytes(bytes)}).`;
  return asLogText(written + rest + below) + '\n';
}
