import { baseName, compareText } from '../../model/site-path.js';
import { unversionedPath } from './file-name.js';

/** The folders that updaters scan, with their extensions; `null` for all extensions (spec, section 4). */
const FOLDERS: readonly (readonly [folder: string, extensions: readonly string[] | null])[] = [
  ['jars', ['.jar', '.class']],
  ['retro', ['.jar', '.class']],
  ['misc', ['.jar', '.class']],
  ['config', null],
  ['plugins', ['.jar', '.class', '.txt', '.ijm', '.py', '.rb', '.clj', '.js', '.bsh', '.groovy', '.gvy']],
  ['scripts', ['.m', '.ijm', '.py', '.rb', '.clj', '.js', '.bsh', '.groovy', '.gvy']],
  ['macros', ['.txt', '.ijm', '.png']],
  ['luts', ['.lut']],
  ['images', ['.png', '.tif', '.txt', '.ico']],
  ['Contents', ['.icns', '.plist']],
  ['models', null],
  ['lib', null],
  ['licenses', null],
  ['mm', null],
  ['mmautofocus', null],
  ['mmplugins', null],
];
const FOLDER_EXTENSIONS = new Map(FOLDERS);
/** Names of the folders inside an ImageJ folder that updaters scan. */
export const KNOWN_FOLDERS: readonly string[] = FOLDERS.map(([folder]) => folder);
const FOLDER_RANK = new Map(FOLDERS.map(([folder], rank) => [folder, rank]));

const LAUNCHER_PLATFORMS: ReadonlyMap<string, string> = new Map([
  ...(
    [
      ['linux-arm64', 'linux-arm64'],
      ['linux-x64', 'linux64'],
      ['windows-arm64.exe', 'win-arm64'],
      ['windows-x64.exe', 'winx'],
    ] as const
  ).flatMap(([system, platform]): [string, string][] => [
    [`fiji-${system}`, platform],
    [`config/jaunch-${system}`, platform],
    [`config/jaunch/jaunch-${system}`, platform],
  ]),
  ['ImageJ-linux32', 'linux32'],
  ['ImageJ-linux64', 'linux64'],
  ['Contents/MacOS/ImageJ-macosx', 'macosx'],
  ['Contents/MacOS/ImageJ-tiger', 'macosx'],
  ['ImageJ-win32.exe', 'win32'],
  ['ImageJ-win64.exe', 'win64'],
]);

const TOP_LEVEL = new Set(['README.md', 'WELCOME.md', 'fiji', 'fiji.bat', 'ImageJ.sh']);

/** The platforms that an updater knows. */
export const PLATFORMS: ReadonlySet<string> = new Set([
  'linux32',
  'linux64',
  'linux-arm64',
  'linuxx',
  'macos64',
  'macos-arm64',
  'macosx',
  'win32',
  'win64',
  'win-arm64',
  'winx',
]);

/** Replaces the old name of a platform, which paths and indexes still contain. */
export function platformName(text: string): string {
  return text === 'linux' ? 'linux32' : text;
}

/** Returns the platform of a launcher; `undefined` if the path is not a launcher (spec, section 4). */
export function launcherPlatform(path: string): string | undefined {
  if (isInAppBundle(path)) return 'macosx';
  return LAUNCHER_PLATFORMS.get(path);
}

/** Whether ImageJ knows a path by its full name, regardless of its extension: a launcher, or a file at the top. */
export function isFixedName(path: string): boolean {
  return LAUNCHER_PLATFORMS.has(path) || TOP_LEVEL.has(path);
}

/** Whether a path is a folder for files of one platform, such as `jars/linux64`. */
export function isPlatformFolder(path: string): boolean {
  const platform = /^(?:jars|lib|mm)\/([^/]+)$/.exec(path)?.[1];
  return platform !== undefined && PLATFORMS.has(platformName(platform));
}

/** Whether an updater that scans the application folder would see this file (spec, section 4). */
export function isTrackedPath(path: string): boolean {
  const parts = path.split('/');
  if (parts.some((part) => part.startsWith('.'))) return false;
  if (unversionedPath(path).includes('.old')) return false;
  if (LAUNCHER_PLATFORMS.has(path) || TOP_LEVEL.has(path) || isInAppBundle(path)) return true;
  if (parts.length < 2) return false;
  const extensions = FOLDER_EXTENSIONS.get(parts[0] as string);
  if (extensions === undefined) return false;
  if (extensions === null) return true;
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot >= 0 && extensions.includes(name.slice(dot));
}

/** Whether a folder can contain tracked files. Other folders need not be scanned. */
export function mayContainTrackedFiles(folder: string): boolean {
  const top = folder.split('/')[0] as string;
  return (
    !folder.split('/').some((part) => part.startsWith('.')) &&
    (FOLDER_EXTENSIONS.has(top) || top.endsWith('.app'))
  );
}

/** The part of a new record that states where a file runs. */
export interface Placement {
  readonly executable: boolean;
  readonly platforms: readonly string[];
}

/**
 * Returns whether a file is executable, and its platforms (spec, sections 4 and 9.2).
 *
 * @param executeBit whether the file on disk has the execute bit
 */
export function placementOf(path: string, executeBit: boolean): Placement {
  const launcher = launcherPlatform(path);
  if (launcher !== undefined) return { executable: true, platforms: [launcher] };
  const executable = executeBit || path.endsWith('.exe');
  const folder = /^(?:jars|lib|mm)\/([^/]+)\//.exec(path)?.[1];
  const platform = folder === undefined ? undefined : platformName(folder);
  return { executable, platforms: platform !== undefined && PLATFORMS.has(platform) ? [platform] : [] };
}

/** Compares paths by the order in which new records are added (spec, section 9.5). */
export function compareNewPaths(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || compareText(a, b);
}

function rankOf(path: string): number {
  const slash = path.indexOf('/');
  if (slash < 0) return 0;
  if (isInAppBundle(path)) return 1;
  return 2 + (FOLDER_RANK.get(path.slice(0, slash)) ?? FOLDERS.length);
}

function isInAppBundle(path: string): boolean {
  const slash = path.indexOf('/');
  return slash > 0 && path.slice(0, slash).endsWith('.app');
}
