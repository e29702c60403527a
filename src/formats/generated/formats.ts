// Written by scripts/generate-registries.mjs; "npm run fix" writes it again.
import type { FormatName } from '../../model/format-name.js';
import { someFormat, type SomeFormat } from '../format.js';
import { format as imagej } from '../imagej/format.js';
import { format as jetbrains } from '../jetbrains/format.js';

/** The formats that there are. */
export const FORMATS: Readonly<Record<FormatName, SomeFormat>> = {
  imagej: someFormat(imagej),
  jetbrains: someFormat(jetbrains),
};
