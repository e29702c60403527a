import type { OpenStore } from '../store.js';
import type { FolderLocation } from './place.js';
import { createFolderSite } from './site.js';

/** Opens a folder. */
export const openStore: OpenStore<FolderLocation> = ({ folder }, context) =>
  createFolderSite({ folder, ...context });
