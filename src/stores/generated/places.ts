// Written by scripts/generate-registries.mjs; "npm run fix" writes it again.
import type { StoreName } from '../../model/store-name.js';
import type { Place } from '../store.js';
import { place as folder } from '../folder/place.js';
import { place as git } from '../git/place.js';

type LocationOf<P> = P extends Place<infer Location> ? Location : never;

/** A place as plain data, by the kind of its store. */
export interface Locations {
  readonly folder: LocationOf<typeof folder>;
  readonly git: LocationOf<typeof git>;
}

/** What names a place of each kind. */
export const PLACES: { readonly [Name in StoreName]: Place<Locations[Name]> } = { folder, git };
