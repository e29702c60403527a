// Written by scripts/generate-registries.mjs; "npm run fix" writes it again.
import type { FormatName } from '../../model/format-name.js';
import type { FormatReaders } from '../readers.js';
import { readers as imagej } from '../imagej/readers.js';
import { readers as jetbrains } from '../jetbrains/readers.js';

/** What reads the artifacts of each format. */
export const READERS: Readonly<Record<FormatName, FormatReaders>> = { imagej, jetbrains };
