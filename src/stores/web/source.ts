/**
 * A site at a web address, as its users read it. It is only read: four requests at the same time at most, with the
 * waits that the server asks for.
 *
 * @module
 */

import type {
  FetchOptions,
  FileState,
  LocalFile,
  ReadableSite,
  Unavailable,
} from '../../app/ports/site-source.js';
import { createPoliteWeb, type PoliteWeb } from '../../io/web/polite-web.js';
import { DownloadError } from '../../io/web/request.js';
import type { SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import type { OpenSource } from '../store.js';
import { place, type WebLocation } from './place.js';

/** Maximum size of a file that is read as a whole, such as the packed index, in bytes. */
const MAX_READ_BYTES = 64 * 1024 * 1024;
/** Statuses of files that do not exist. */
const MISSING: ReadonlySet<number | undefined> = new Set([404, 410]);
/** The status of object storage that does not show whether a file exists. */
const FORBIDDEN = 403;

/** Opens a web address. */
export const openSource: OpenSource<WebLocation> = (location, { timeoutMs, signal, sleep, onWaiting }) => {
  const { url } = location;
  const web = createPoliteWeb({ timeoutMs, signal, sleep, onWaiting });
  let isReadable = false;
  const site: ReadableSite = {
    isNew: false,
    async readFile(file) {
      const bytes = await readFile(web, addressOf(url, file), isReadable);
      isReadable ||= bytes !== undefined;
      return bytes;
    },
    statFiles: (paths, onDone) =>
      Promise.all(
        paths.map(async (file) => {
          const state = await stateOf(web, addressOf(url, file));
          onDone?.();
          return state;
        }),
      ),
    fetchFiles: (paths, options) => Promise.all(paths.map((file) => fetchFile(web, url, file, options))),
    served: {
      url,
      async head(file) {
        try {
          return await web.head(addressOf(url, file));
        } catch (error) {
          throw asUserError(error, addressOf(url, file));
        }
      },
    },
  };
  return {
    description: place.describe(location),
    open: () => Promise.resolve(site),
    close: () => Promise.resolve(),
  };
};

/** Returns the address of a file with this name, whatever characters it contains. */
function addressOf(site: string, file: string): string {
  return site + file.split('/').map(encodeURIComponent).join('/');
}

/** @param isReadable whether the server has sent another file of the site, so that it does not refuse everything */
async function readFile(web: PoliteWeb, url: string, isReadable: boolean): Promise<Uint8Array | undefined> {
  try {
    return await web.get(url, MAX_READ_BYTES);
  } catch (error) {
    const status = error instanceof DownloadError ? error.status : undefined;
    if (MISSING.has(status) || (isReadable && status === FORBIDDEN)) return undefined;
    throw asUserError(error, url);
  }
}

async function stateOf(web: PoliteWeb, url: string): Promise<FileState> {
  try {
    const { status, headers, redirects } = await web.head(url);
    if (status === 200) return { status: 'there', size: sizeIn(headers['content-length']), redirects };
    if (status === 206)
      return { status: 'there', size: sizeIn(headers['content-range']?.split('/')[1]), redirects };
    if (MISSING.has(status)) return { status: 'missing' };
    return { status: 'failed', reason: `the server responded with ${status}` };
  } catch (error) {
    return unavailable(error);
  }
}

function sizeIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

async function fetchFile(
  web: PoliteWeb,
  site: string,
  name: SitePath,
  { fileFor, maxBytesEach, onBytes }: FetchOptions,
): Promise<LocalFile> {
  const file = fileFor(name);
  try {
    const limits = { maxBytes: maxBytesEach, onBytes };
    const { size, modified, redirects } = await web.download(addressOf(site, name), file, limits);
    return { status: 'there', file, size, modified, redirects };
  } catch (error) {
    return unavailable(error);
  }
}

function unavailable(error: unknown): Unavailable {
  if (!(error instanceof DownloadError)) throw error;
  return MISSING.has(error.status) ? { status: 'missing' } : { status: 'failed', reason: error.message };
}

/** Returns the error for the user, or any other error unchanged. */
function asUserError(error: unknown, url: string): unknown {
  if (!(error instanceof DownloadError)) return error;
  return new UserError('remote', `${url} cannot be read: ${error.message}.`, {
    hint: 'Check the address, or run again later.',
    cause: error,
  });
}
