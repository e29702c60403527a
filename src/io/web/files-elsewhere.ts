import type { FilesElsewhere } from '../../app/ports/web-servers.js';
import { UserError } from '../../model/user-error.js';
import { DownloadError, sizeOnServer } from './download.js';

export interface FilesElsewhereOptions {
  /** How long one question may take, redirects included, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Asks servers for files as IDEs will, without a login. */
export function createFilesElsewhere(options: FilesElsewhereOptions): FilesElsewhere {
  return {
    async sizeOf(url, atMost) {
      try {
        return await sizeOnServer(url, atMost, options);
      } catch (error) {
        if (error instanceof DownloadError) throw new UserError('remote', error.message, { cause: error });
        throw error;
      }
    },
  };
}
