import type { Problem } from '../../../model/problem.js';
import { baseName } from '../../../model/site-path.js';
import { isCurrent, type ImageJInspection } from '../artifacts/inspect.js';
import { extensionOf, unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { isTrackedPath, isFixedName, isPlatformFolder, KNOWN_FOLDERS } from '../layout.js';
import { intendedPath, nearFolder, type NearFolder } from './near-folders.js';

/** A local file, and its planned path on the site. */
interface Placed {
  readonly path: string;
  readonly artifact: { readonly file: string };
  readonly inspection: ImageJInspection;
}

/**
 * Checks the destination of a file. A missing slash or letter turns a folder into a file, or creates a folder that
 * ImageJ ignores. Files on the site that stay unchanged get warnings instead of errors.
 *
 * @returns at most one problem, the one that explains most
 */
export function destinationProblems(placed: Placed, index: SiteIndex): readonly Problem[] {
  const { path } = placed;
  const record = recordsByComponent(index).get(unversionedPath(path));
  const isUnchanged = record?.filename === path && isCurrent(record, placed.inspection);
  const severity = isUnchanged ? 'warning' : 'error';
  const near = nearFolder(path);
  const isWhole = near?.written === path;
  if (isFolderName(path) || (isWhole && near.kind !== 'letter')) {
    const folder = near?.meant ?? path;
    const message = `${path} would be a file, but "${folder}" is a folder of ImageJ.`;
    return [
      { severity, code: 'destination-is-folder', path, message, hint: remedyFor(folder, isUnchanged, path) },
    ];
  }
  const extension = extensionProblem(placed, record, isWhole ? near.meant : undefined);
  if (extension) return [extension];
  const guess = near === undefined || hasFilesIn(index, near.written) ? undefined : near;
  if (guess?.kind === 'case') {
    const message = `${path} would be in a new folder "${guess.written}", but ImageJ reads "${guess.meant}". On some systems these are two folders.`;
    const hint = `Did you mean "${intendedPath(path, guess)}"?`;
    return [{ severity: 'error', code: 'folder-case', path, message, hint }];
  }
  return isTrackedPath(path) ? [] : [notPickedUp(path, guess)];
}

function notPickedUp(path: string, near: NearFolder | undefined): Problem {
  const guess = near === undefined ? '' : `Did you mean "${intendedPath(path, near)}"? `;
  return {
    severity: 'warning',
    code: 'not-picked-up',
    path,
    message: `ImageJ does not load ${path} by itself, because of its folder or its type.`,
    hint: `${guess}Check the destination. Users will get the file, but the uploader in ImageJ ignores it.`,
  };
}

/**
 * Finds a destination that drops or changes the extension. It was meant as a folder, or changes the type of the file.
 */
function extensionProblem(
  { path, artifact }: Placed,
  record: PluginRecord | undefined,
  near: string | undefined,
): Problem | undefined {
  const wanted = extensionOf(artifact.file);
  const name = baseName(path).toLowerCase();
  if (wanted === '' || isFixedName(path) || hasExtension(name, wanted.toLowerCase())) return undefined;
  const found = extensionOf(path);
  const isOnSite = record?.current !== undefined;
  return {
    severity: isOnSite ? 'warning' : 'error',
    code: 'destination-extension',
    path,
    message:
      found === ''
        ? `${artifact.file} would be published as the file "${path}", without its extension "${wanted}".`
        : `${artifact.file} would be published as "${path}": its extension "${wanted}" would become "${found}".`,
    hint:
      found === ''
        ? droppedHint(path, wanted, near, isOnSite)
        : `Did you mean "${path.slice(0, -found.length)}${wanted}"? To change the type of the file, rename the file first.`,
  };
}

function droppedHint(path: string, extension: string, near: string | undefined, isOnSite: boolean): string {
  const file = `${path}${extension}`;
  // A file on the site cannot also be a folder.
  if (isOnSite) return `Did you mean "${file}"? To publish it as "${path}", rename the file first.`;
  const folder = `Did you mean "${near ?? path}/"? The name of a folder must end with "/".`;
  return near === undefined ? `${folder} If you mean a file, write "${file}".` : folder;
}

/** Whether a name has the extension. In shared libraries, a version may follow it: `libtool.so.1`. */
function hasExtension(name: string, extension: string): boolean {
  return name.replace(/(\.\d+)+$/, '').endsWith(extension) || name.endsWith(extension);
}

function isFolderName(path: string): boolean {
  return KNOWN_FOLDERS.includes(path) || isPlatformFolder(path);
}

/** Whether the site has files in a folder, which shows that its maintainer intends it. */
export function hasFilesIn(index: SiteIndex, folder: string): boolean {
  return index.records.some(({ filename, current }) => current && filename.startsWith(`${folder}/`));
}

function remedyFor(folder: string, isUnchanged: boolean, path: string): string {
  const remove = isUnchanged ? ` To remove it from the site, name "${path}" in "remove" (--remove).` : '';
  return `Did you mean "${folder}/"?${remove}`;
}
