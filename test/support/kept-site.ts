import type { ReadableSite, SitePast } from '../../src/app/ports/site-source.js';
import { gzipIndex } from '../../src/formats/imagej/index/gzip.js';
import { renderIndexXml } from '../../src/formats/imagej/index/write.js';
import { imagejIndex, type RecordSpec } from './imagej-site.js';
import { memorySite } from './memory-site.js';

type Files = Readonly<Record<string, RecordSpec>>;

/** Returns the index of these files, as a site stores it. */
export const bytesOf = (files: Files) => gzipIndex(renderIndexXml(imagejIndex(files)));

interface Kept {
  readonly site: ReadableSite;
  /** How many states were read each time. */
  readonly batches: number[];
}

/** A site that keeps states, which are given oldest first. The ids count from the newest one: `0000000`. */
export function keeping(...states: readonly (Uint8Array | undefined)[]): Kept {
  const newest = [...states].reverse();
  const batches: number[] = [];
  const past: SitePast = {
    statesOf: (_, limit) =>
      Promise.resolve(
        newest
          .map((_bytes, at) => ({ id: idOf(at), date: new Date(0), author: 'Jo', subject: `state ${at}` }))
          .slice(0, limit),
      ),
    readAt(ids) {
      batches.push(ids.length);
      return Promise.resolve(ids.map((id) => newest[Number(id)]));
    },
    at: () => memorySite({}),
  };
  return { site: { ...siteWith(newest[0]), past }, batches };
}

/** Returns the id of a state: the number of states after it, with the digits of a short commit. */
export function idOf(at: number): string {
  return String(at).padStart(7, '0');
}

/** A site with this index, which keeps no states. */
export function siteWith(index: Uint8Array | undefined): ReadableSite {
  return {
    isNew: false,
    readFile: () => Promise.resolve(index),
    statFiles: () => Promise.resolve([]),
    fetchFiles: () => Promise.resolve([]),
  };
}
