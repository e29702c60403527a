import { rm } from 'node:fs/promises';
import type { TempFolders } from '../app/ports/files.js';
import { makeTempFolder } from './machine-fault.js';

/**
 * Creates folders for temporary files.
 *
 * @param env its variable `RUNNER_TEMP` names their parent; otherwise, that of the system is used
 */
export function createTempFolders(env: NodeJS.ProcessEnv): TempFolders {
  return {
    async make() {
      const path = await makeTempFolder(env['RUNNER_TEMP'] || undefined, 'update-site-');
      return {
        path,
        // A folder that cannot be removed does not make the work fail.
        remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined),
      };
    },
  };
}
