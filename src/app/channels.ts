import type { Problem } from '../model/problem.js';
import { UserError } from '../model/user-error.js';
import type { AnyFormat, BranchMoment, IndexFiles, RenderedFile } from './format.js';
import type { Publication, SiteSnapshot } from './ports.js';

/** The channels of a site. */
export interface Channels {
  /** The files of their indexes, by the name of the folder. */
  readonly files: ReadonlyMap<string, IndexFiles>;
  readonly problems: readonly Problem[];
}

/** A channel has none itself. */
export const NO_CHANNELS: Channels = { files: new Map(), problems: [] };

/** The channels of a site that a publication changes with it. */
export interface FollowingChannels {
  readonly names: readonly string[];
  /** The files of their indexes, by their paths on the site. */
  readonly files: readonly RenderedFile[];
}

/** Which site or channel of a site it is, in words. */
export function describeChannel(site: string, channel: string | undefined): string {
  return channel === undefined ? site : `channel ${channel} of ${site}`;
}

/** The files of the index, as far as the site has them. */
export async function readIndexFiles(snapshot: SiteSnapshot, format: AnyFormat): Promise<IndexFiles> {
  const files = new Map<string, Uint8Array>();
  for (const path of format.indexPaths) {
    const bytes = await snapshot.readFile(path);
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
}

/** The channels that a site has: folders right below it that say so themselves. No other folder counts. */
export async function readChannels(snapshot: SiteSnapshot, format: AnyFormat): Promise<Channels> {
  const { channels } = format;
  if (!channels || snapshot.isNew) return NO_CHANNELS;
  const files = new Map<string, IndexFiles>();
  const problems: Problem[] = [];
  for (const folder of foldersWith(channels.markPath, await snapshot.listFiles())) {
    const stored = await readIndexFiles(snapshotBelow(snapshot, folder), format);
    const isChannel = channels.isChannel(stored);
    if (isChannel) files.set(folder, stored);
    if (isChannel === undefined) problems.push(unreadableHistory(`${folder}/${channels.markPath}`));
  }
  return { files, problems };
}

/**
 * The channels that offer something else once the index of their site is this one.
 *
 * @param index of the site, as the publication leaves it
 * @throws {UserError} `index` if a channel cannot be brought up to date
 */
export function followingChannels(
  channels: Channels,
  index: unknown,
  format: AnyFormat,
  moment: BranchMoment,
): FollowingChannels {
  const names: string[] = [];
  const files: RenderedFile[] = [];
  for (const [folder, stored] of channels.files) {
    const followed = about(folder, () => format.channels?.follow(format.parseIndex(stored), index, moment));
    if (!followed?.isChanged) continue;
    names.push(folder);
    const rendered = format.renderIndex(followed.channel);
    files.push(...rendered.map(({ path, bytes }) => ({ path: `${folder}/${path}`, bytes })));
  }
  return { names, files };
}

/** The index of a channel with what the site above offers, or of a site as it is. */
export async function withSiteAbove(
  snapshot: SiteSnapshot,
  index: unknown,
  format: AnyFormat,
  moment: BranchMoment,
): Promise<{ readonly index: unknown; readonly isChanged: boolean }> {
  const site: unknown = format.parseIndex(await readIndexFiles(snapshot, format));
  const followed = format.channels?.follow(index, site, moment);
  return followed ? { index: followed.channel, isChanged: followed.isChanged } : { index, isChanged: false };
}

/** The folders right below a site that have a file. */
function foldersWith(file: string, paths: readonly string[]): readonly string[] {
  return paths
    .filter((path) => path.endsWith(`/${file}`) && path.indexOf('/') === path.length - file.length - 1)
    .map((path) => path.slice(0, path.indexOf('/')))
    .sort();
}

/** Says which channel cannot be read. */
function about<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, `The channel ${folder}: ${error.message}`, {
      hint: `${error.hint ?? ''} Or remove the folder ${folder}: the site does not need it.`.trim(),
      cause: error,
    });
  }
}

function unreadableHistory(path: string): Problem {
  return {
    severity: 'warning',
    code: 'unreadable-channel',
    path,
    message: `${path} cannot be read, so it is not known whether its folder is a channel of the site: nothing in it is changed.`,
    hint: 'An earlier state of it is in the history of the branch.',
  };
}

/** A folder of a site as a site of its own. */
export function snapshotBelow(snapshot: SiteSnapshot, folder: string): SiteSnapshot {
  const above = (path: string) => `${folder}/${path}`;
  const below = (path: string) => path.slice(folder.length + 1);
  const { readFiles, missingFiles, obstacles, lastChange, usage } = snapshot;
  return {
    isNew: snapshot.isNew,
    dropsUnderscores: snapshot.dropsUnderscores,
    readFile: (path) => snapshot.readFile(above(path)),
    listFiles: async () =>
      (await snapshot.listFiles()).filter((path) => path.startsWith(`${folder}/`)).map(below),
    ...(readFiles && {
      readFiles: async (paths, limits) => {
        const read = await readFiles(paths.map(above), limits);
        return new Map([...read].map(([path, bytes]) => [below(path), bytes]));
      },
    }),
    ...(missingFiles && { missingFiles: async (paths) => (await missingFiles(paths.map(above))).map(below) }),
    ...(obstacles && {
      obstacles: async (paths) =>
        (await obstacles(paths.map(above))).map((obstacle) => ({ ...obstacle, path: below(obstacle.path) })),
    }),
    ...(lastChange && { lastChange: (path) => lastChange(above(path)) }),
    ...(usage && {
      usage: (stated) => usage(new Map([...stated].map(([path, size]) => [above(path), size]))),
    }),
  };
}

/** What is published to a folder of a site, as a publication of the site. */
export function publicationBelow(publication: Publication, folder: string): Publication {
  const above = (path: string) => `${folder}/${path}`;
  return {
    ...publication,
    payloads: publication.payloads.map((payload) => ({ ...payload, storedPath: above(payload.storedPath) })),
    restored: publication.restored.map(above),
    removals: publication.removals.map(above),
    indexFiles: publication.indexFiles.map(({ path, bytes }) => ({ path: above(path), bytes })),
  };
}
