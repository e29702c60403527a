// Written by scripts/generate-registries.mjs; "npm run fix" writes it again.
import type { StoreName } from '../../model/store-name.js';
import type { OpenStore } from '../store.js';
import type { Locations } from './places.js';
import { openStore as folder } from '../folder/store.js';
import { openStore as git } from '../git/store.js';

/** What opens a place of each kind. */
export const STORES: { readonly [Name in StoreName]: OpenStore<Locations[Name]> } = { folder, git };
