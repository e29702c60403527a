import type { SiteSource } from '../app/ports/site-source.js';
import type { SiteStore } from '../app/ports/site-store.js';
import type { StoreName } from '../model/store-name.js';
import type { Locations } from './generated/places.js';
import { SOURCES, STORES } from './generated/stores.js';
import type { ReadableLocation, SiteLocation } from './locations.js';
import type { StoreContext } from './store.js';

/** Opens the place of a site. */
export function openStore(location: SiteLocation, context: StoreContext): SiteStore {
  return openNamed(location.kind, location, context);
}

function openNamed<Name extends StoreName>(
  kind: Name,
  location: Locations[Name],
  context: StoreContext,
): SiteStore {
  return STORES[kind](location, context);
}

/** Opens the place of a site for reading. */
export function openSource(location: ReadableLocation, context: StoreContext): SiteSource {
  return openSourceNamed(location.kind, location, context);
}

function openSourceNamed<Name extends ReadableLocation['kind']>(
  kind: Name,
  location: Locations[Name],
  context: StoreContext,
): SiteSource {
  return SOURCES[kind](location, context);
}
