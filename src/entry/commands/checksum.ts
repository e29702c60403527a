import { checksums } from '../../app/checksum.js';
import { READERS } from '../../formats/generated/readers.js';
import { createFileSources } from '../../io/files/file-sources.js';
import type { Problem } from '../../model/problem.js';
import { parseSitePath } from '../../model/site-path.js';
import { usageError, usageProblem } from '../../settings/option-reader.js';
import type { Arguments } from './arguments.js';
import type { Command } from './command.js';

interface ChecksumSettings {
  readonly files: readonly string[];
  /** Path on the site; `undefined` for jars, whose checksum does not depend on it. */
  readonly sitePath: string | undefined;
}

/** The command `checksum`. */
export const checksum: Command<ChecksumSettings> = {
  parse: parseChecksum,

  async run({ files, sitePath }, { cwd, print, reportError }) {
    let isFailed = false;
    const { checksum: checksumOf } = READERS.imagej;
    for await (const result of checksums(files, sitePath, checksumOf, createFileSources(cwd))) {
      if ('checksum' in result) print(`${result.checksum}  ${result.file}\n`);
      else reportError(result.error);
      isFailed ||= 'error' in result;
    }
    return { isFailed };
  },
};

function parseChecksum({ values, files, problems }: Arguments): ChecksumSettings {
  const faults: Problem[] = [...problems];
  const fault = (message: string, hint: string) => {
    faults.push(usageProblem(message, hint));
  };
  const sitePath = typeof values['as'] === 'string' ? values['as'] : undefined;
  if (files.length === 0) fault('No file was given.', 'Write update-site checksum FILE...');
  if (sitePath !== undefined) {
    const checked = parseSitePath(sitePath);
    if ('reason' in checked)
      fault(
        `--as: "${sitePath}" is not a path on the site: ${checked.reason}.`,
        'Write a path such as macros/tool.ijm.',
      );
    if (files.length > 1) fault('--as requires a single file.', 'Run the command once for each file.');
  } else {
    for (const file of files.filter((name) => !name.endsWith('.jar'))) {
      fault(
        `${file} is not a jar: its checksum depends on its path on the site.`,
        'Add --as SITE_PATH, for example --as macros/tool.ijm.',
      );
    }
  }
  if (faults.length > 0) throw usageError(faults);
  return { files, sitePath };
}
