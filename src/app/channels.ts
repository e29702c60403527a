import type { ChannelMoment, ChannelRules, Followed } from '../formats/channels.js';
import type { IndexFiles, IndexFormat, RenderedFile } from '../formats/format.js';
import type { Problem } from '../model/problem.js';
import { joinSitePath, parseSitePath, type SitePath } from '../model/site-path.js';
import { UserError } from '../model/user-error.js';
import type { Publication, SiteSnapshot } from './ports/site-store.js';
import { readIndexFiles } from './read-index.js';

/** A format that may support channels. */
type ChannelFormat<Index, O> = IndexFormat<Index> & { readonly channels?: ChannelRules<Index, O> };

/** The channels of a site: the files of their indexes by the name of the folder. */
export type Channels = ReadonlyMap<SitePath, IndexFiles>;

/** For a channel, which does not have channels itself. */
export const NO_CHANNELS: Channels = new Map();

/** The channels that change together with their site. */
export interface FollowingChannels {
  readonly names: readonly string[];
  /** The files of their indexes, with paths on the site. */
  readonly files: readonly RenderedFile[];
  readonly problems: readonly Problem[];
}

/** Describes a site or one of its channels for messages. */
export function describeChannel(site: string, channel: string | undefined): string {
  return channel === undefined ? site : `channel ${channel} of ${site}`;
}

/**
 * Reads the channels of a site: folders directly below it that contain the mark of a channel.
 *
 * @throws {UserError} `index` if the mark of a folder cannot be read
 */
export async function readChannels<Index, O>(
  snapshot: SiteSnapshot,
  format: ChannelFormat<Index, O>,
): Promise<Channels> {
  const { channels } = format;
  if (!channels || snapshot.isNew) return NO_CHANNELS;
  const found = new Map<SitePath, IndexFiles>();
  for (const folder of foldersWith(channels.markPath, await snapshot.listFiles())) {
    const files = await readIndexFiles(snapshotBelow(snapshot, folder), format);
    const isChannel = channels.isChannel(files);
    if (isChannel === undefined) throw unreadableMark(`${folder}/${channels.markPath}`);
    if (isChannel) found.set(folder, files);
  }
  return found;
}

/**
 * Updates the channels whose offer changes with the index of their site.
 *
 * @param index index of the site after the publication
 * @throws {UserError} `index` if a channel cannot be updated
 */
export function followingChannels<Index, O>(
  channels: Channels,
  index: Index,
  format: ChannelFormat<Index, O>,
  moment: ChannelMoment,
  options: O | undefined,
): FollowingChannels {
  const names: string[] = [];
  const files: RenderedFile[] = [];
  const problems: Problem[] = [];
  for (const [folder, stored] of channels) {
    const followed = aboutChannel(folder, () => {
      requireIndex(stored, format);
      return format.channels?.follow(format.parseIndex(stored), index, moment, options);
    });
    problems.push(...(followed?.problems ?? []).map((problem) => below(folder, problem)));
    if (!followed?.isChanged) continue;
    names.push(folder);
    const rendered = format.renderIndex(followed.channel);
    files.push(...rendered.map(({ path, bytes }) => ({ path: joinSitePath(folder, path), bytes })));
  }
  return { names, files, problems };
}

/**
 * Adds the offer of the site above to a channel.
 *
 * @param stored the index of the channel, as it is stored
 * @throws {UserError} `index` if the index of the site cannot be read or is missing
 */
export async function followedChannel<Index, O>(
  snapshot: SiteSnapshot,
  stored: Index,
  format: ChannelFormat<Index, O>,
  moment: ChannelMoment,
  options: O,
): Promise<Followed<Index>> {
  const files = await readIndexFiles(snapshot, format);
  requireIndex(files, format);
  const site = format.parseIndex(files);
  return (
    format.channels?.follow(stored, site, moment, options) ?? {
      channel: stored,
      isChanged: false,
      problems: [],
    }
  );
}

/**
 * Requires the main file of an index if other files of it exist: continuing without it would withdraw everything
 * that the site offers.
 *
 * @throws {UserError} `index` if it is missing
 */
export function requireIndex(
  files: IndexFiles,
  { indexPaths: [main] }: Pick<IndexFormat<unknown>, 'indexPaths'>,
): void {
  const [other] = files.keys();
  if (other === undefined || files.has(main)) return;
  throw new UserError('index', `${main} is missing beside ${other}.`, {
    hint: `Nothing was changed. Restore it, for example from the history of the branch. If a first publication was interrupted here, remove ${other} and publish again.`,
  });
}

/** Returns the folders directly below a site that contain a file. */
function foldersWith(file: string, paths: readonly string[]): readonly SitePath[] {
  return paths
    .filter((path) => path.endsWith(`/${file}`) && path.indexOf('/') === path.length - file.length - 1)
    .map((path) => path.slice(0, path.indexOf('/')))
    .sort()
    .flatMap((folder) => {
      const parsed = parseSitePath(folder);
      return 'path' in parsed ? [parsed.path] : [];
    });
}

/** Runs a function, and adds the name of the channel to its errors. */
export function aboutChannel<T>(folder: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError) || folder === undefined) throw error;
    throw new UserError(error.code, `In the channel ${folder}: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}

/** Converts a problem of a channel to one of the site. */
function below(folder: string, problem: Problem): Problem {
  const message = `In the channel ${folder}: ${problem.message}`;
  return {
    ...problem,
    message,
    ...(problem.path === undefined ? {} : { path: `${folder}/${problem.path}` }),
  };
}

function unreadableMark(path: string): UserError {
  return new UserError(
    'index',
    `${path} cannot be read, so it is not known whether its folder is a channel of the site.`,
    {
      hint: 'Nothing was changed. Restore an earlier state of this file from the history of the branch, or remove it if the folder is not a channel.',
    },
  );
}

/** Returns the snapshot of a folder of a site, as a separate site. */
export function snapshotBelow(snapshot: SiteSnapshot, folder: SitePath): SiteSnapshot {
  const above = (path: SitePath) => joinSitePath(folder, path);
  const named = (path: string) => `${folder}/${path}`;
  const below = (path: string) => path.slice(folder.length + 1);
  const { readFiles, missingFiles, obstacles, unserved, history, usage } = snapshot;
  return {
    isNew: snapshot.isNew,
    readFile: (path) => snapshot.readFile(above(path)),
    statFiles: (paths, onDone) => snapshot.statFiles(paths.map(above), onDone),
    fetchFiles: (paths, options) => snapshot.fetchFiles(paths.map(above), options),
    listFiles: async () =>
      (await snapshot.listFiles()).filter((path) => path.startsWith(`${folder}/`)).map(below),
    ...(readFiles && {
      readFiles: async (paths, limits) => {
        const read = await readFiles(paths.map(above), limits);
        return new Map([...read].map(([path, bytes]) => [below(path), bytes]));
      },
    }),
    ...(missingFiles && { missingFiles: async (paths) => (await missingFiles(paths.map(named))).map(below) }),
    ...(obstacles && {
      obstacles: async (paths) =>
        (await obstacles(paths.map(above))).map((obstacle) => ({ ...obstacle, path: below(obstacle.path) })),
    }),
    ...(unserved && {
      unserved: (paths) => unserved(paths.map(above)).map((file) => ({ ...file, path: below(file.path) })),
    }),
    ...(history && { history: { ...history, lastChange: (path) => history.lastChange(above(path)) } }),
    ...(usage && {
      usage: (stated) => usage(new Map([...stated].map(([path, size]) => [named(path), size]))),
    }),
  };
}

/** Converts a publication to a folder of a site into a publication to the site. */
export function publicationBelow(publication: Publication, folder: SitePath): Publication {
  const above = (path: SitePath) => joinSitePath(folder, path);
  return {
    ...publication,
    payloads: publication.payloads.map((payload) => ({ ...payload, storedPath: above(payload.storedPath) })),
    restored: publication.restored.map(above),
    removals: publication.removals.map(above),
    indexFiles: publication.indexFiles.map(({ path, bytes }) => ({ path: above(path), bytes })),
  };
}
