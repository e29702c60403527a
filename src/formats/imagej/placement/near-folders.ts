import { editDistance } from '../../../model/near-matches.js';
import { baseName } from '../../../model/site-path.js';
import { isPlatformFolder, KNOWN_FOLDERS, PLATFORMS } from '../layout.js';

/** A folder that ImageJ does not know, and the one that was most likely meant. */
export interface NearFolder {
  /** What the path begins with. */
  readonly written: string;
  readonly meant: string;
  /**
   * How they differ: `case` and `platform` in upper and lower case only, of a folder of ImageJ or of a platform; `letter`
   * in one letter; `nested` if the ImageJ folder itself was written before the folder.
   */
  readonly kind: 'case' | 'platform' | 'letter' | 'nested';
}

/** Shorter names of folders are like too many other words for a guess. */
const MIN_GUESS_LENGTH = 3;

/** The folder of ImageJ that a path most likely means; undefined if it is in one, or not near to any. */
export function nearFolder(path: string): NearFolder | undefined {
  const [top = '', second] = path.split('/', 2);
  if (KNOWN_FOLDERS.includes(top)) return nearPlatform(top, second);
  // A bundle of macOS has "Contents", too.
  const isApplication = /^(?:fiji|imagej)|\.app$/i.test(top);
  if (isApplication && second !== undefined && second !== 'Contents' && KNOWN_FOLDERS.includes(second))
    return { written: `${top}/${second}`, meant: second, kind: 'nested' };
  const lower = top.toLowerCase();
  const inCase = KNOWN_FOLDERS.find((folder) => folder.toLowerCase() === lower);
  if (inCase !== undefined) return { written: top, meant: inCase, kind: 'case' };
  const inLetter = KNOWN_FOLDERS.find(
    (folder) => folder.length >= MIN_GUESS_LENGTH && editDistance(lower, folder.toLowerCase()) === 1,
  );
  return inLetter === undefined ? undefined : { written: top, meant: inLetter, kind: 'letter' };
}

function nearPlatform(top: string, second = ''): NearFolder | undefined {
  const platform = second.toLowerCase();
  const meant = `${top}/${platform}`;
  const isNear = platform !== second && PLATFORMS.has(platform) && isPlatformFolder(meant);
  return isNear ? { written: `${top}/${second}`, meant, kind: 'platform' } : undefined;
}

/** The folder of a path with the part that is wrong replaced by what was meant, with its `/`. */
export function intendedPath(path: string, { written, meant }: NearFolder): string {
  return `${meant}${path.slice(written.length, path.length - baseName(path).length).replace(/\/?$/, '/')}`;
}
