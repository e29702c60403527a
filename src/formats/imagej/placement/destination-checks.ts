import type { Problem } from '../../../model/problem.js';
import { baseName } from '../../../model/site-path.js';
import { isCurrent, type ImageJInspection } from '../artifacts/inspect.js';
import { extensionOf, unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { isTrackedPath, isFixedName, isPlatformFolder, KNOWN_FOLDERS } from '../layout.js';
import { intendedPath, nearFolder, type NearFolder } from './near-folders.js';

/** A file of this machine, and the path on the site where it is about to go. */
interface Placed {
  readonly path: string;
  readonly artifact: { readonly file: string };
  readonly inspection: ImageJInspection;
}

/**
 * Checks where a file is about to go: a slash or a letter that is missing makes a file of a folder, or a folder that
 * ImageJ never looks into. Existing files that this publication leaves as they are get warnings in place of errors.
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
    const message = `${path} would be in a new folder "${guess.written}", and ImageJ looks into "${guess.meant}": on some systems these are two folders.`;
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
    message: `${path} is in a place, or of a kind, that ImageJ does not look at by itself.`,
    hint: `${guess}Users will get it, but an ImageJ updater that uploads from the same folder would not see it. Check the destination.`,
  };
}

/** A destination that drops or changes the extension was meant as a folder, or makes the file another kind of file. */
function extensionProblem(
  { path, artifact }: Placed,
  record: PluginRecord | undefined,
  near: string | undefined,
): Problem | undefined {
  const wanted = extensionOf(artifact.file);
  const name = baseName(path).toLowerCase();
  if (wanted === '' || isFixedName(path) || isWithExtension(name, wanted.toLowerCase())) return undefined;
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
        : `Did you mean "${path.slice(0, -found.length)}${wanted}"? To change the kind of the file, rename it before.`,
  };
}

function droppedHint(path: string, extension: string, near: string | undefined, isOnSite: boolean): string {
  const file = `${path}${extension}`;
  // It cannot be a folder as well.
  if (isOnSite) return `Did you mean "${file}"? To publish it as "${path}", rename the file before.`;
  const folder = `Did you mean "${near ?? path}/"? The name of a folder ends in "/".`;
  return near === undefined ? `${folder} If you mean a file, write "${file}".` : folder;
}

/** Shared libraries may carry a version behind their extension: `libtool.so.1`. */
function isWithExtension(name: string, extension: string): boolean {
  return name.replace(/(\.\d+)+$/, '').endsWith(extension) || name.endsWith(extension);
}

function isFolderName(path: string): boolean {
  return KNOWN_FOLDERS.includes(path) || isPlatformFolder(path);
}

/** Whether the site offers files in a folder: then its maintainer means it. */
export function hasFilesIn(index: SiteIndex, folder: string): boolean {
  return index.records.some(({ filename, current }) => current && filename.startsWith(`${folder}/`));
}

function remedyFor(folder: string, isUnchanged: boolean, path: string): string {
  const remove = isUnchanged ? ` Name "${path}" in "remove" (--remove) to take it off the site.` : '';
  return `Did you mean "${folder}/"?${remove}`;
}
