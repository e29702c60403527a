import type { SiteStore } from '../app/ports/site-store.js';
import type { StoreName } from '../model/store-name.js';
import type { Locations } from './generated/places.js';
import { STORES } from './generated/stores.js';
import type { SiteLocation } from './locations.js';
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
