import { randomUUID } from 'node:crypto';
import { exportSite } from '../../app/export/export.js';
import { formatsNamed } from '../../formats/registry.js';
import { isBelow } from '../../io/files/is-below.js';
import { createZipFiles } from '../../io/files/zip-file.js';
import { createTempFolders } from '../../io/temp-folders.js';
import { UserError } from '../../model/user-error.js';
import { exportResult, renderExported } from '../../report/exported.js';
import { renderProblem } from '../../report/terminal.js';
import { resolveExport, type ExportRun } from '../../settings/export-settings.js';
import { createInspector } from '../worker/inspector.js';
import type { Command } from './command.js';
import { reading, resolvedPlace } from './places.js';

interface Checked {
  readonly run: ExportRun;
  readonly isJson: boolean;
}

/** The command `export`: writes a site to a zip archive. */
export const exportCommand: Command<Checked> = {
  parse: ({ values, files, problems }, { nameOf, loginFor }) => ({
    run: resolveExport(values, files, { nameOf, loginFor, faults: problems }),
    isJson: values['json'] === true,
  }),

  async run({ run, isJson }, world) {
    const { cwd, env, log, progress, print, paint } = world;
    const { site, at } = await resolvedPlace(run, cwd);
    if (site.kind === 'folder') await requireOutside(site.folder, run.settings.file, cwd);
    const exported = await reading({ ...run, site }, world, (source, signal) =>
      exportSite(
        source,
        formatsNamed(run.format),
        { ...run.settings, at },
        {
          archives: createZipFiles({ cwd, runId: randomUUID(), signal }),
          inspector: createInspector(cwd),
          temp: createTempFolders(env),
          log,
          progress,
        },
      ),
    );
    if (isJson) print(`${JSON.stringify(exportResult(exported))}\n`);
    else
      print(
        exported.problems.map((problem) => renderProblem(problem, paint)).join('') + renderExported(exported),
      );
    return { isFailed: false };
  },
};

/** @throws {UserError} `usage` if an archive would be a file of the site that it contains */
async function requireOutside(folder: string, file: string, cwd: string): Promise<void> {
  if (!(await isBelow(cwd, file, folder))) return;
  throw new UserError('usage', `${file} would be written into the site itself, the folder ${folder}.`, {
    hint: 'Choose a place outside of the site for the archive.',
  });
}
