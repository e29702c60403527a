import { applyPlan } from '../imagej/apply.js';
import { checksumOf } from '../imagej/checksum.js';
import { companionsOf } from '../imagej/companions.js';
import { compareIndexes, withDetails } from '../imagej/compare.js';
import { completePlan } from '../imagej/complete.js';
import { findDependencies } from '../imagej/dependencies.js';
import { byProductOf } from '../imagej/destination.js';
import { diffIndexes } from '../imagej/index-diff.js';
import { gzipIndex } from '../imagej/index-gzip.js';
import { renderIndexXml } from '../imagej/index-write.js';
import { isInspectionEnough, type ImageJInspection } from '../imagej/inspect.js';
import { isCandidate, mayHoldCandidates, PLATFORMS } from '../imagej/layout.js';
import { loadIndex } from '../imagej/load-index.js';
import { readingOf } from '../imagej/plan-paths.js';
import { planPublication, type ImageJChange } from '../imagej/plan.js';
import { isStoredPath, storedSizes } from '../imagej/stored-path.js';
import { UPSTREAM_PRESETS } from '../imagej/upstream-presets.js';
import type { SiteIndex } from '../model/site-index.js';
import type { AnyFormat, Format, FormatName } from './format.js';
import { INSPECTORS } from './inspect-file.js';

const INDEX_PATH = 'db.xml.gz';

const imagej: Format<SiteIndex, ImageJInspection, ImageJChange> = {
  name: 'imagej',
  platforms: PLATFORMS,
  indexPath: INDEX_PATH,
  appFolder: { isCandidate, mayHoldCandidates },
  exclusionOf: byProductOf,
  isStoredPath,
  storedSizes,
  upstreamPresets: UPSTREAM_PRESETS,
  parseIndex: loadIndex,
  readingOf,
  inspect: INSPECTORS.imagej,
  isInspectionEnough: (inspection, reading) => isInspectionEnough(inspection, reading.knownChecksums),
  plan: planPublication,
  dependencies: { companionsOf, find: findDependencies, complete: completePlan },
  apply: applyPlan,
  explain: withDetails,
  compare: compareIndexes,
  diff: diffIndexes,
  renderIndex: (index) => [{ path: INDEX_PATH, bytes: gzipIndex(renderIndexXml(index)) }],
};

const FORMATS: Readonly<Record<FormatName, AnyFormat>> = { imagej };

export function formatNamed(name: FormatName): AnyFormat {
  return FORMATS[name];
}

/** The checksum of one file, for the command that tells it. */
export const imagejChecksum = checksumOf;
