import type {
  ChannelMoment,
  ChannelRules,
  Followed,
  IndexFiles,
  IndexFormat,
  RenderedFile,
} from '../../formats/format.js';
import type { Problem } from '../../model/problem.js';
import { joinSitePath, parseSitePath, type SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import type { Publication, SiteSnapshot } from '../ports/site-store.js';

/** A format that may have channels. */
type ChannelFormat<Index, O> = IndexFormat<Index> & { readonly channels?: ChannelRules<Index, O> };

/** The channels of a site, with the files of their indexes, by the name of the folder. */
export type Channels = ReadonlyMap<SitePath, IndexFiles>;

/** A channel has none itself. */
export const NO_CHANNELS: Channels = new Map();

/** The channels of a site that a publication changes with it. */
export interface FollowingChannels {
  readonly names: readonly string[];
  /** The files of their indexes, by their paths on the site. */
  readonly files: readonly RenderedFile[];
  readonly problems: readonly Problem[];
}

/** Which site or channel of a site it is, in words. */
export function describeChannel(site: string, channel: string | undefined): string {
  return channel === undefined ? site : `channel ${channel} of ${site}`;
}

/** The files of the index, as far as the site has them. */
export async function readIndexFiles(
  snapshot: SiteSnapshot,
  { indexPaths }: Pick<IndexFormat<unknown>, 'indexPaths'>,
): Promise<IndexFiles> {
  const files = new Map<string, Uint8Array>();
  for (const path of indexPaths) {
    const bytes = await snapshot.readFile(path);
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
}

/**
 * The channels that a site has: folders right below it that say so themselves. No other folder counts.
 *
 * @throws {UserError} `index` if it is not known of a folder whether it is one
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
 * The channels that offer something else once the index of their site is this one.
 *
 * @param index of the site, as the publication leaves it
 * @throws {UserError} `index` if a channel cannot be brought up to date
 */
export function followingChannels<Index, O>(
  channels: Channels,
  index: Index,
  format: ChannelFormat<Index, O>,
  moment: ChannelMoment,
  options: O,
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
 * A channel with what the site above offers.
 *
 * @param stored the index of the channel, as it is stored
 * @throws {UserError} `index` if that of the site cannot be read, or is lost
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
 * Requires that a site which has other files of its index has the index itself: to go on without would withdraw all that it offers.
 *
 * @throws {UserError} `index` if it is lost
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

/** The folders right below a site that have a file. */
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

/** Does something, and says of what fails in it which channel it is about. */
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

/** A problem of a channel, as one of the site. */
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
      hint: 'Nothing was changed. Restore an earlier state of it from the history of the branch, or remove it if the folder is not a channel.',
    },
  );
}

/** A folder of a site as a site of its own. */
export function snapshotBelow(snapshot: SiteSnapshot, folder: SitePath): SiteSnapshot {
  const above = (path: SitePath) => joinSitePath(folder, path);
  const named = (path: string) => `${folder}/${path}`;
  const below = (path: string) => path.slice(folder.length + 1);
  const { readFiles, missingFiles, obstacles, unserved, history, usage } = snapshot;
  return {
    isNew: snapshot.isNew,
    readFile: (path) => snapshot.readFile(above(path)),
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

/** What is published to a folder of a site, as a publication of the site. */
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
