import type { RenderedFile } from '../formats/format.js';
import type { Problem } from '../model/problem.js';
import { joinSitePath, type SitePath } from '../model/site-path.js';
import type { Publication, SiteSnapshot } from './ports/site-store.js';

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

/**
 * Converts a publication to a channel into a publication to the site.
 *
 * @param record the file of the site that records the channel, if it changes
 */
export function publicationBelow(
  publication: Publication,
  folder: SitePath,
  record: readonly RenderedFile[],
): Publication {
  const above = (path: SitePath) => joinSitePath(folder, path);
  return {
    ...publication,
    payloads: publication.payloads.map((payload) => ({ ...payload, storedPath: above(payload.storedPath) })),
    restored: publication.restored.map(above),
    removals: publication.removals.map(above),
    indexFiles: [...filesBelow(folder, publication.indexFiles), ...record],
  };
}

/** Converts a problem of a channel to one of the site. */
export function problemBelow(folder: string, problem: Problem): Problem {
  const message = `In the channel ${folder}: ${problem.message}`;
  return {
    ...problem,
    message,
    ...(problem.path === undefined ? {} : { path: `${folder}/${problem.path}` }),
  };
}

/** Converts files of a channel to files of the site. */
export function filesBelow(folder: SitePath, files: readonly RenderedFile[]): readonly RenderedFile[] {
  return files.map(({ path, bytes }) => ({ path: joinSitePath(folder, path), bytes }));
}
