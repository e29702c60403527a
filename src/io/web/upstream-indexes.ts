import path from 'node:path';
import type { UpstreamIndexes } from '../../app/ports/upstream-indexes.js';
import { describeSource, type UpstreamSource } from '../../model/upstream.js';
import { UserError } from '../../model/user-error.js';
import { FileTooLargeError, readFileBounded } from '../files/read-bounded.js';
import { codeOf, reasonOf } from '../reasons.js';
import { download } from './download.js';
import { DownloadError } from './request.js';
import type { IndexCache } from './index-cache.js';

/** Maximum size of a packed index, in bytes. The largest of Fiji's sites has some 2 MB. */
export const MAX_UPSTREAM_BYTES = 64 * 1024 * 1024;
/** Maximum timeout for each attempt, in milliseconds: an index is small. */
const MAX_TIMEOUT_MS = 30_000;

const NOTHING = () => Promise.resolve();

export interface UpstreamIndexesOptions {
  /** Where relative paths start. */
  readonly cwd: string;
  readonly cache: IndexCache;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** Reads indexes of upstream sites from the web or from local files. */
export function createUpstreamIndexes(options: UpstreamIndexesOptions): UpstreamIndexes {
  return {
    read: (source) =>
      /^https?:\/\//i.test(source.location)
        ? readWeb(source, options)
        : readLocal(source, options.cwd).then((bytes) => ({ bytes, outdated: undefined, keep: NOTHING })),
  };
}

async function readWeb(
  source: UpstreamSource,
  { cache, timeoutMs, signal, now }: UpstreamIndexesOptions,
): ReturnType<UpstreamIndexes['read']> {
  const url = source.location;
  const copy = await cache.read(url);
  const cached = copy && { bytes: copy.bytes, keep: NOTHING };
  try {
    const response = await download(url, {
      validators: copy?.validators,
      maxBytes: MAX_UPSTREAM_BYTES,
      timeoutMs: Math.min(timeoutMs, MAX_TIMEOUT_MS),
      signal,
    });
    if (response.status === 'unchanged' && cached) return { ...cached, outdated: undefined };
    if (response.status === 'unchanged')
      throw new DownloadError('the server responded that nothing changed, although no copy exists', false);
    const { bytes, validators } = response;
    const keep = () => cache.write(url, { bytes, validators, date: now().toISOString() });
    return { bytes, outdated: undefined, keep };
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    if (cached) return { ...cached, outdated: { reason: error.message, date: copy.date } };
    throw unreachable(source, error.message, error);
  }
}

async function readLocal(source: UpstreamSource, cwd: string): Promise<Uint8Array> {
  try {
    return await readFileBounded(path.resolve(cwd, source.location), MAX_UPSTREAM_BYTES, 'anything');
  } catch (error) {
    if (codeOf(error) === 'EISDIR') {
      throw new UserError(
        'remote',
        `The index of ${describeSource(source)} cannot be read: it is a folder.`,
        {
          hint: 'Name the index in it: db.xml.gz, or updatePlugins.xml for JetBrains IDEs.',
          cause: error,
        },
      );
    }
    if (error instanceof FileTooLargeError) {
      throw new UserError('limit', `The index of ${describeSource(source)} ${error.message}.`, {
        hint: 'A file of this size is damaged, or not an index.',
        cause: error,
      });
    }
    throw unreachable(source, reasonOf(error), error);
  }
}

function unreachable(source: UpstreamSource, reason: string, cause: unknown): UserError {
  const hint =
    source.label === undefined
      ? 'Run again later, give its index as a file with "upstream" (--upstream NAME=FILE), or use "upstream: none" (--upstream none) to ignore other sites.'
      : 'Check the address or the path, or run again later.';
  return new UserError('remote', `The index of ${describeSource(source)} cannot be read: ${reason}.`, {
    hint,
    cause,
  });
}
