import type { Format, IndexFiles, RenderedFile } from '../../formats/format.js';
import type { Inspection } from '../../model/artifact.js';
import type { Change } from '../../model/change.js';
import type { Plan } from '../../model/plan.js';
import { joinSitePath, type SitePath } from '../../model/site-path.js';
import { timestampOf } from '../../model/timestamp.js';
import { filesBelow, problemBelow } from '../channel-folder.js';
import { aboutChannel, readChannels, recordChannels, requireIndex } from '../channels.js';
import type { ReadableSite } from '../ports/site-source.js';
import { wantedPayloads, type CopyWords, type Wanted } from '../stored-payloads.js';
import type { ImportSettings } from './settings.js';

/** A site to import: the whole one, or one of its channels. Paths of files and problems begin at the whole site. */
export interface SiteToImport extends Wanted {
  /** The folder of the channel; `undefined` for the whole site. */
  readonly folder: SitePath | undefined;
  /** Its index in the old place. */
  readonly stored: IndexFiles;
  /** Its index for the new place. */
  readonly rendered: readonly RenderedFile[];
  /** What it adds to an empty place. */
  readonly changes: readonly Change[];
}

/** A site in its old place. */
export interface OldSite<Index> {
  /** Describes the place. */
  readonly where: string;
  readonly from: ReadableSite;
  readonly stored: IndexFiles;
  readonly index: Index;
}

/** How a site is imported. */
interface Importing extends Pick<ImportSettings, 'history' | 'siteUrl'> {
  /** The time of the import. */
  readonly now: Date;
  readonly words: CopyWords;
}

/**
 * Reads a site and its channels as they will be in the new place: byte for byte as they are, unless their indexes
 * contain addresses. Entries of a channel that belong to the site then lead to the new place too.
 *
 * @returns the site itself, then its channels; `undefined` if the indexes need the new address, which is not known
 * @throws {UserError} `index` if a channel cannot be read, or an index cannot be moved
 */
export async function readSites<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  { from, stored, index }: Omit<OldSite<Index>, 'where'>,
  { history, siteUrl, now, words }: Importing,
): Promise<readonly SiteToImport[] | undefined> {
  const { relocate, channels: rules } = format;
  if (relocate && siteUrl === undefined) return undefined;
  const oldUrl = from.served?.url;
  const channels = await readChannels(from, format, rules?.recorded(index));
  const moved = (site: Index, folder?: SitePath): Index =>
    relocate && siteUrl !== undefined ? relocate(site, urlOf(oldUrl, folder), urlOf(siteUrl, folder)) : site;
  const importing = (site: Index, inNewPlace: Index, files: IndexFiles, folder?: SitePath): SiteToImport => ({
    ...wantedPayloads(format, site, urlOf(oldUrl, folder), history, words),
    folder,
    stored: files,
    rendered: relocate ? format.renderIndex(inNewPlace) : unchanged(format, files),
    changes: format.compare(format.parseIndex(new Map()), site),
  });

  const whole = recordChannels(format, moved(index), channels);
  const below = [...channels].map(([folder, files]) =>
    aboutChannel(folder, () => {
      requireIndex(files, format);
      const channel = format.parseIndex(files);
      const moment = { now: timestampOf(now), siteUrl };
      const followed = rules?.follow(moved(channel, folder), whole, moment, undefined);
      const site = importing(channel, followed?.channel ?? channel, files, folder);
      return inFolder(folder, { ...site, problems: [...site.problems, ...(followed?.problems ?? [])] });
    }),
  );
  return [importing(index, whole, stored), ...below];
}

/** Adds the folder of a channel to the paths, and leaves out the entries that belong to the whole site. */
function inFolder(
  folder: SitePath,
  { payloads, rendered, problems, changes, ...site }: SiteToImport,
): SiteToImport {
  const own = new Set<string>(payloads.map(({ storedPath }) => storedPath));
  return {
    ...site,
    payloads: payloads.map((payload) => ({
      ...payload,
      storedPath: joinSitePath(folder, payload.storedPath),
      name: `${folder}/${payload.name}`,
    })),
    rendered: filesBelow(folder, rendered),
    problems: problems.map((problem) => problemBelow(folder, problem)),
    changes: changes
      .filter(({ path }) => own.has(path))
      .map((change) => ({ ...change, path: `${folder}/${change.path}` })),
  };
}

/** Returns the address of a channel, or of the site itself. */
function urlOf<Url extends string | undefined>(site: Url, folder: SitePath | undefined): Url | string {
  return site === undefined || folder === undefined ? site : `${site}${encodeURIComponent(folder)}/`;
}

function unchanged(
  { indexPaths }: Pick<Format<never, never, never, never>, 'indexPaths'>,
  files: IndexFiles,
): readonly RenderedFile[] {
  return indexPaths.flatMap((path) => {
    const bytes = files.get(path);
    return bytes ? [{ path, bytes }] : [];
  });
}
