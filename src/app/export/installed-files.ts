import type { Format } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import type { StoredPayload } from '../stored-payloads.js';
import type { ExportSettings } from './settings.js';

/** A file to write: a payload, and its name in the archive. */
export interface ExportedPayload {
  readonly payload: StoredPayload;
  readonly name: SitePath;
  readonly isExecutable: boolean;
}

/**
 * Returns the current payloads that users of some platforms install, under their real names.
 *
 * @throws {UserError} `usage` if the format has no folder of an application
 */
export function installedFiles<Index, I extends Inspection, P extends Plan, O>(
  { name: format, application }: Format<Index, I, P, O>,
  index: Index,
  payloads: readonly StoredPayload[],
  { platforms }: Pick<ExportSettings, 'platforms'>,
): { readonly files: readonly ExportedPayload[]; readonly problems: readonly Problem[] } {
  if (!application)
    throw new UserError(
      'usage',
      `Sites of the format ${format} have no application folder to be unzipped into.`,
      {
        hint: 'Leave out --kind application: a backup contains all files of the site.',
      },
    );
  const known = application.filesOf(index);
  const problems: Problem[] = [];
  const files = payloads.flatMap((payload): ExportedPayload[] => {
    const { storedPath, path: name } = payload;
    const file = known.get(storedPath);
    if (!file) return [];
    const isWanted =
      platforms.length === 0 ||
      file.platforms.length === 0 ||
      file.platforms.some((platform) => platforms.includes(platform));
    if (!isWanted) return [];
    if (!application.isReserved(name)) return [{ payload, name, isExecutable: file.isExecutable }];
    problems.push({
      severity: 'error',
      code: 'bad-path',
      path: name,
      message: `${name} would replace a file that the application itself writes.`,
      hint: 'Remove it from the site. Then export again.',
    });
    return [];
  });
  return { files, problems };
}
