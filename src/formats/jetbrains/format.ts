/**
 * The interface of the format for custom plugin repositories of JetBrains IDEs. Its rooms are `signature`, `descriptor`
 * (the metadata in a plugin), `index` (updatePlugins.xml and the history), `compare`, `plan`, `rollback` and `verify`.
 *
 * @module
 */

import type { Format } from '../format.js';
import { followSite } from './channel.js';
import { compareRepositories, explainChanges } from './compare/compare.js';
import { diffRepositories } from './compare/diff.js';
import { compareOffers } from './compare/offer-table.js';
import type { PluginInspection } from './descriptor/plugin-archive.js';
import { archiveSizes, isArchivePath, exclusionReason, offeredArchives } from './index/archive-path.js';
import { HISTORY_PATH } from './index/history.js';
import { isChannelOfSite, loadRepository } from './index/load.js';
import { branchPaths, isIndexName, renderRepository } from './index/render.js';
import { INDEX_PATH, type Repository } from './index/repository.js';
import { applyToRepository } from './plan/apply.js';
import { LISTING } from './listing.js';
import { readOptions, type JetBrainsOptions } from './options.js';
import type { JetBrainsPlan } from './plan/change.js';
import { planRepository } from './plan/plan.js';
import { relocateRepository } from './verify/relocate.js';
import { ROLLBACK } from './rollback/rollback.js';
import { VERIFICATION } from './verify/verify.js';

/** Custom plugin repositories of JetBrains IDEs. */
export const format: Format<Repository, PluginInspection, JetBrainsPlan, JetBrainsOptions> = {
  name: 'jetbrains',
  indexPaths: [INDEX_PATH, HISTORY_PATH],
  isIndexName,
  parseIndex: loadRepository,
  renderIndex: renderRepository,
  companionPaths: branchPaths,
  relocate: relocateRepository,
  compare: compareRepositories,
  diff: diffRepositories,
  compareOffers,
  isStoredPath: isArchivePath,
  payloadsOf: offeredArchives,
  storedSizes: archiveSizes,
  exclusionOf: exclusionReason,
  readOptions,
  plan: planRepository,
  apply: applyToRepository,
  explain: explainChanges,
  channels: {
    markPath: HISTORY_PATH,
    isChannel: isChannelOfSite,
    recorded: ({ channels }) => channels,
    record: (repository, channels) => ({ ...repository, channels }),
    follow: followSite,
  },
  verification: VERIFICATION,
  rollback: ROLLBACK,
  listing: LISTING,
};
