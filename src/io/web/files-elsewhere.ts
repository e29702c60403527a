import type { FilesElsewhere } from '../../app/ports/web-servers.js';
import { UserError } from '../../model/user-error.js';
import { sizeOnServer } from './download.js';
import { DownloadError } from './request.js';

export interface FilesElsewhereOptions {
  /** Timeout for each request, redirects included, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Requests files from other servers without a login, as IDEs do. */
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
