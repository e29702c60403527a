import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import type { SomeFormat } from './format.js';
import { FORMATS } from './generated/formats.js';

export function formatNamed(name: FormatName): SomeFormat {
  return FORMATS[name];
}

/** The format of an index, by the name of its file; undefined if that says nothing. */
export function formatOfIndex(fileName: string): FormatName | undefined {
  return FORMAT_NAMES.find((name) => FORMATS[name](({ isIndexName }) => isIndexName(fileName)));
}

/** Whether a file of a site belongs to it: a payload, or a file of its index. */
export function isSiteFile(format: SomeFormat, path: string): boolean {
  return format(
    ({ isStoredPath, isIndexName, indexPaths }) =>
      isStoredPath(path) || isIndexName(path) || indexPaths.some((known) => known === path),
  );
}
