import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import type { SomeFormat } from './format.js';
import { FORMATS } from './generated/formats.js';

export function formatNamed(name: FormatName): SomeFormat {
  return FORMATS[name];
}

/** Returns the formats that a site may have: the one with this name, or all of them. */
export function formatsNamed(name: FormatName | undefined): readonly [SomeFormat, ...SomeFormat[]] {
  const [first, ...others] = name === undefined ? FORMAT_NAMES : ([name] as const);
  return [FORMATS[first], ...others.map((other) => FORMATS[other])];
}

/** Returns the format of an index, given its file name; `undefined` if the name is unknown. */
export function formatOfIndex(fileName: string): FormatName | undefined {
  return FORMAT_NAMES.find((name) => FORMATS[name](({ isIndexName }) => isIndexName(fileName)));
}

/** Whether a file belongs to a site: a payload, or a file of its index. */
export function isSiteFile(format: SomeFormat, path: string): boolean {
  return format(
    ({ isStoredPath, isIndexName, indexPaths }) =>
      isStoredPath(path) || isIndexName(path) || indexPaths.some((known) => known === path),
  );
}
