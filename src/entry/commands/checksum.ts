import { checksums } from '../../app/checksum.js';
import { CHECKSUMS } from '../../formats/readers.js';
import { createFileSources } from '../../io/files/file-sources.js';
import type { Problem } from '../../model/problem.js';
import { parseSitePath } from '../../model/site-path.js';
import { usageError } from '../../settings/option-reader.js';
import { EXIT } from '../failure.js';
import type { Arguments } from './arguments.js';
import type { Output } from './output.js';

/** The command `checksum`. */
export async function printChecksums(
  { values, files, problems }: Arguments,
  output: Output,
): Promise<number> {
  const faults: Problem[] = [...problems];
  const sitePath = typeof values['as'] === 'string' ? values['as'] : undefined;
  const fault = (message: string, hint: string) => {
    faults.push({ severity: 'error', code: 'usage', message, hint });
  };
  if (files.length === 0) fault('No file was named.', 'Write update-site checksum FILE...');
  if (sitePath !== undefined) {
    const checked = parseSitePath(sitePath);
    if ('reason' in checked)
      fault(
        `--as: "${sitePath}" is not a path on the site: ${checked.reason}.`,
        'For example macros/tool.ijm.',
      );
    if (files.length > 1) fault('--as goes with a single file.', 'Call the command once for each file.');
  } else {
    for (const file of files.filter((name) => !name.endsWith('.jar'))) {
      fault(
        `${file} is not a jar: its checksum depends on its path on the site.`,
        'Add --as SITE_PATH, for example --as macros/tool.ijm.',
      );
    }
  }
  if (faults.length > 0) throw usageError(faults);

  let failed = false;
  for await (const result of checksums(files, sitePath, CHECKSUMS.imagej, createFileSources(process.cwd()))) {
    if ('checksum' in result) output.print(`${result.checksum}  ${result.file}\n`);
    else output.reportError(result.error);
    failed ||= 'error' in result;
  }
  return failed ? EXIT.refused : EXIT.done;
}
