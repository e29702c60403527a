import type { ZipFile } from 'yazl';

/** What yazl keeps of a file until the end of the archive. Its types omit this. */
interface KeptEntry {
  readonly state: number;
  /** Writes the content, which it contains. */
  doFileDataPump: () => void;
}

/** The state of an entry whose content was written. */
const WRITTEN = 3;

/**
 * Returns a function that lets go of the contents that were written so far. yazl keeps them until the end, so that the
 * memory of a backup would grow with the site. Its `addReadStreamLazy` would not keep them, but writes the size and
 * checksum after the content, and Java's `ZipInputStream` refuses a stored file without them before it.
 */
export function releaserFor(zip: ZipFile): () => void {
  const { entries } = zip as unknown as { readonly entries: readonly KeptEntry[] };
  let released = 0;
  return () => {
    for (let entry = entries[released]; entry && entry.state >= WRITTEN; entry = entries[++released])
      entry.doFileDataPump = () => undefined;
  };
}
