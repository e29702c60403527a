import { editDistance } from '../../../model/near-matches.js';
import { baseName } from '../../../model/site-path.js';
import { isPlatformFolder, KNOWN_FOLDERS, PLATFORMS } from '../layout.js';

/** An unknown folder, and the folder of ImageJ that was probably meant. */
export interface NearFolder {
  /** Start of the path as written. */
  readonly written: string;
  readonly meant: string;
  /**
   * How they differ: `case` and `platform` only in case, in the name of a folder of ImageJ or of a platform; `letter`
   * in one letter; `nested` if the path starts with the ImageJ folder itself.
   */
  readonly kind: 'case' | 'platform' | 'letter' | 'nested';
}

/** Minimum length of a folder name for a guess. Shorter names resemble too many words. */
const MIN_GUESS_LENGTH = 3;

/** Returns the folder of ImageJ that a path probably means; `undefined` if the path is in one, or not close to any. */
export function nearFolder(path: string): NearFolder | undefined {
  const [top = '', second] = path.split('/', 2);
  if (KNOWN_FOLDERS.includes(top)) return nearPlatform(top, second);
  // A bundle of macOS also has "Contents".
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

/** Returns the folder of a path, ending in `/`, with the wrong part replaced by the intended one. */
export function intendedPath(path: string, { written, meant }: NearFolder): string {
  return `${meant}${path.slice(written.length, path.length - baseName(path).length).replace(/\/?$/, '/')}`;
}
