import type { IndexFiles, IndexFormat, SomeFormat } from '../formats/format.js';
import type { SitePath } from '../model/site-path.js';
import { UserError } from '../model/user-error.js';
import type { Log } from './ports/log.js';
import type { ReadableSite, SiteSource } from './ports/site-source.js';

type Readable = Pick<ReadableSite, 'readFile' | 'statFiles' | 'served' | 'adviceIfEmpty'>;

/** Reads those files of the index that exist on the site. */
export function readIndexFiles(
  site: Pick<ReadableSite, 'readFile'>,
  { indexPaths }: Pick<IndexFormat<unknown>, 'indexPaths'>,
): Promise<IndexFiles> {
  return readFiles(site, indexPaths);
}

/** Reads those of some files that exist on the site. */
export async function readFiles(
  site: Pick<ReadableSite, 'readFile'>,
  paths: readonly SitePath[],
): Promise<IndexFiles> {
  const files = new Map<string, Uint8Array>();
  for (const path of paths) {
    const bytes = await site.readFile(path);
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
}

/** Returns whether two states of an index have the same files, byte for byte. */
export function areSameFiles(files: IndexFiles, others: IndexFiles): boolean {
  if (files.size !== others.size) return false;
  return [...files].every(([path, bytes]) => {
    const other = others.get(path);
    return other !== undefined && Buffer.compare(bytes, other) === 0;
  });
}

/** Parses an index. Returns `undefined` if it cannot be read. */
export function parseIfReadable<Index>(
  { parseIndex }: Pick<IndexFormat<Index>, 'parseIndex'>,
  files: IndexFiles,
): Index | undefined {
  try {
    return parseIndex(files);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Returns the first of several formats whose index a site has; `undefined` if it has none of them. */
async function findFormat(site: Readable, formats: readonly SomeFormat[]): Promise<SomeFormat | undefined> {
  let fault: UserError | undefined;
  for (const format of formats) {
    try {
      if ((await site.readFile(mainPathOf(format))) !== undefined) return format;
    } catch (error) {
      // Some servers refuse requests for files that do not exist.
      if (!(error instanceof UserError) || error.code !== 'remote') throw error;
      fault ??= error;
    }
  }
  if (fault) throw fault;
  return undefined;
}

function mainPathOf(format: SomeFormat): SitePath {
  return format(({ indexPaths: [main] }) => main);
}

/**
 * Reports that a place also has the index of another format. A web address is not searched for it: some servers refuse
 * requests for files that do not exist.
 */
async function reportOthers(
  site: Readable,
  chosen: SomeFormat,
  formats: readonly SomeFormat[],
  description: string,
  log: Pick<Log, 'info'>,
): Promise<void> {
  const others = formats.filter((format) => format !== chosen);
  if (site.served || others.length === 0) return;
  const states = await site.statFiles(others.map(mainPathOf));
  const found = others.filter((_, at) => states[at]?.status === 'there');
  if (found.length === 0) return;
  const used = mainPathOf(chosen);
  const names = found.map((format) => format(({ name }) => name)).join(' or ');
  log.info(
    `There are several indexes in ${description}: ${[used, ...found.map(mainPathOf)].join(', ')}. Only ${used} is used. To use another one, set "format" (--format ${names}).`,
  );
}

/**
 * Returns the first of several formats whose index a site has, and reports whether it has others.
 *
 * @param source the site, for messages
 * @throws {UserError} `index` if it has none of them
 */
export async function requireFormat(
  site: Readable,
  formats: readonly SomeFormat[],
  { description, advice }: Pick<SiteSource, 'description' | 'advice'>,
  log: Pick<Log, 'info'>,
): Promise<SomeFormat> {
  const format = await findFormat(site, formats);
  if (format) {
    await reportOthers(site, format, formats, description, log);
    return format;
  }
  const names = formats.map(mainPathOf).join(' or ');
  throw new UserError('index', `No site was found in ${description}: it has no ${names}.`, {
    hint:
      (await site.adviceIfEmpty?.()) ??
      advice ??
      'Check the address or path. It must be that of the folder with the index.',
  });
}
