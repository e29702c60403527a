import { applyPlan } from './imagej/plan/apply.js';
import { checksumOf } from './imagej/artifacts/checksum.js';
import { companionsOf } from './imagej/dependencies/with-dependencies.js';
import { compareIndexes, withDetails } from './imagej/index/compare.js';
import { completePlan } from './imagej/plan/complete.js';
import { findDependencies } from './imagej/dependencies/find.js';
import { byProductOf } from './imagej/placement/destination.js';
import { emptyReasonOf } from './imagej/checks/empty-files.js';
import { diffIndexes } from './imagej/index/diff.js';
import { gzipIndex } from './imagej/index/gzip.js';
import { renderSoundIndexXml } from './imagej/index/write.js';
import { isInspectionEnough, type ImageJInspection } from './imagej/artifacts/inspect.js';
import { isCandidate, mayHoldCandidates, PLATFORMS } from './imagej/placement/layout.js';
import { loadIndex } from './imagej/index/load.js';
import { readingOf } from './imagej/placement/place.js';
import { planPublication } from './imagej/plan/plan.js';
import { type ImageJChange } from './imagej/plan/change.js';
import { isStoredPath, storedSizes } from './imagej/index/stored-path.js';
import { checkTakeovers, payloadsForTakeovers } from './imagej/plan/takeover.js';
import { UPSTREAM_PRESETS } from './imagej/upstream-presets.js';
import { applyToRepository } from './jetbrains/plan/apply.js';
import {
  archiveSizes,
  isArchivePath,
  noPluginArchive,
  offeredArchives,
} from './jetbrains/index/archive-path.js';
import { followSite } from './jetbrains/channel.js';
import { compareRepositories, explainChanges } from './jetbrains/compare/compare.js';
import { HISTORY_PATH } from './jetbrains/index/history.js';
import { isChannelOfSite, loadRepository } from './jetbrains/index/load.js';
import { compareOffers } from './jetbrains/compare/offer-table.js';
import type { PluginInspection } from './jetbrains/descriptor/plugin-archive.js';
import type { JetBrainsChange, JetBrainsPlan } from './jetbrains/plan/change.js';
import { planRepository } from './jetbrains/plan/plan.js';
import { isIndexName, renderRepository } from './jetbrains/index/render.js';
import { diffRepositories } from './jetbrains/compare/diff.js';
import { INDEX_PATH as JETBRAINS_INDEX_PATH, type Repository } from './jetbrains/index/repository.js';
import { sitePath } from '../model/site-path.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import type { SiteIndex } from './imagej/index/site-index.js';
import type { AnyFormat, Format } from './format.js';

const INDEX_PATH = sitePath('db.xml.gz');

const imagej: Format<SiteIndex, ImageJInspection, ImageJChange> = {
  name: 'imagej',
  platforms: PLATFORMS,
  indexPaths: [INDEX_PATH],
  isIndexName: (fileName) => /^db\.xml(\.gz)?$/.test(fileName),
  defaultFiles: 'target/*.jar',
  appFolder: { isCandidate, mayHoldCandidates },
  exclusionOf: byProductOf,
  emptyReasonOf,
  isStoredPath,
  storedSizes,
  payloadsOf: (index) => [...storedSizes(index).keys()],
  clientsCompareStamps: true,
  upstreamPresets: UPSTREAM_PRESETS,
  parseIndex: (files, origin) => loadIndex(files.get(INDEX_PATH), origin),
  readingOf,
  isInspectionEnough: (inspection, reading) => isInspectionEnough(inspection, reading.knownChecksums),
  plan: planPublication,
  dependencies: { companionsOf, find: findDependencies, complete: completePlan },
  takeovers: { payloadsFor: payloadsForTakeovers, check: checkTakeovers },
  channels: undefined,
  apply: applyPlan,
  explain: withDetails,
  compare: compareIndexes,
  diff: diffIndexes,
  renderIndex: (index) => [{ path: INDEX_PATH, bytes: gzipIndex(renderSoundIndexXml(index)) }],
};

const jetbrains: Format<Repository, PluginInspection, JetBrainsChange> = {
  name: 'jetbrains',
  platforms: new Set(),
  indexPaths: [JETBRAINS_INDEX_PATH, HISTORY_PATH],
  isIndexName,
  defaultFiles: 'build/distributions/*.zip',
  appFolder: { isCandidate: () => false, mayHoldCandidates: () => false },
  exclusionOf: noPluginArchive,
  emptyReasonOf: () => undefined,
  isStoredPath: isArchivePath,
  storedSizes: archiveSizes,
  payloadsOf: offeredArchives,
  upstreamPresets: {},
  parseIndex: loadRepository,
  readingOf: ({ file }) => ({ sitePath: file, knownChecksums: [] }),
  isInspectionEnough: () => true,
  plan: planRepository,
  dependencies: undefined,
  takeovers: undefined,
  channels: { markPath: HISTORY_PATH, isChannel: isChannelOfSite, follow: followSite },
  // A plan is handed back to the format that made it, whole.
  apply: (index, plan) => applyToRepository(index, plan as JetBrainsPlan),
  explain: explainChanges,
  compare: compareRepositories,
  compareOffers,
  diff: diffRepositories,
  renderIndex: renderRepository,
};

const FORMATS: Readonly<Record<FormatName, AnyFormat>> = { imagej, jetbrains };

/** The format that an index is of, as its name tells; undefined where it tells nothing. */
export function formatOfIndex(fileName: string): FormatName | undefined {
  return FORMAT_NAMES.find((name) => FORMATS[name].isIndexName(fileName));
}

export function formatNamed(name: FormatName): AnyFormat {
  return FORMATS[name];
}

/** The checksum of one file, for the command that tells it. */
export const imagejChecksum = checksumOf;
