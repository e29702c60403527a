import type { Exported } from '../model/exported.js';
import { count, describeBytes } from '../model/humanize.js';
import { asLogText } from '../model/printable.js';

/** The result of an export, for scripts. Every field is part of the contract with users. */
export type ExportResult = Omit<Exported, 'elsewhere'>;

/** Returns the result for scripts. */
export function exportResult({ file, kind, files, bytes, problems }: Exported): ExportResult {
  return { file, kind, files, bytes, problems };
}

/** Describes an archive in one or two sentences. Ends with a newline. */
export function renderExported({ file, files, bytes, elsewhere }: Exported): string {
  const rest =
    elsewhere === 0
      ? ''
      : ` ${count(elsewhere, 'file on another server is', 'files on other servers are')} not in it.`;
  return asLogText(`Written: ${file} with ${count(files, 'file')} (${describeBytes(bytes)}).${rest}`) + '\n';
}
