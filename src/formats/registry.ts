import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import type { AnyFormat } from './format.js';
import { imagej } from './imagej/format.js';
import { jetbrains } from './jetbrains/format.js';

/** The formats that there are. */
const FORMATS: Readonly<Record<FormatName, AnyFormat>> = { imagej, jetbrains };

/** The format of an index, by the name of its file; undefined if that says nothing. */
export function formatOfIndex(fileName: string): FormatName | undefined {
  return FORMAT_NAMES.find((name) => FORMATS[name].isIndexName(fileName));
}

export function formatNamed(name: FormatName): AnyFormat {
  return FORMATS[name];
}
