// Written by scripts/generate-registries.mjs; "npm run fix" writes it again.
import type { FormatName } from '../../model/format-name.js';
import type { FormatDescription } from '../description.js';
import { description as imagej } from '../imagej/description.js';
import { description as jetbrains } from '../jetbrains/description.js';

/** What is said about each format. */
export const DESCRIPTIONS = { imagej, jetbrains } as const satisfies Record<FormatName, FormatDescription>;
