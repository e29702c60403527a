import { applyPlan } from '../imagej/apply.js';
import { checksumOf } from '../imagej/checksum.js';
import { byProductOf } from '../imagej/destination.js';
import { gunzipIndex, gzipIndex } from '../imagej/index-gzip.js';
import { parseIndexXml } from '../imagej/index-read.js';
import { renderIndexXml } from '../imagej/index-write.js';
import { isInspectionEnough, type ImageJInspection } from '../imagej/inspect.js';
import { isCandidate, mayHoldCandidates } from '../imagej/layout.js';
import { readingOf } from '../imagej/plan-paths.js';
import { planPublication, type ImageJChange } from '../imagej/plan.js';
import { isStoredPath, storedSizes } from '../imagej/stored-path.js';
import { EMPTY_INDEX, type SiteIndex } from '../model/site-index.js';
import type { AnyFormat, Format, FormatName } from './format.js';
import { INSPECTORS } from './inspect-file.js';

const INDEX_PATH = 'db.xml.gz';

const imagej: Format<SiteIndex, ImageJInspection, ImageJChange> = {
  name: 'imagej',
  indexPath: INDEX_PATH,
  appFolder: { isCandidate, mayHoldCandidates },
  exclusionOf: byProductOf,
  isStoredPath,
  storedSizes,
  parseIndex: (bytes) => (bytes === undefined ? EMPTY_INDEX : parseIndexXml(gunzipIndex(bytes))),
  readingOf,
  inspect: INSPECTORS.imagej,
  isInspectionEnough: (inspection, reading) => isInspectionEnough(inspection, reading.currentChecksum),
  plan: planPublication,
  apply: applyPlan,
  renderIndex: (index) => [{ path: INDEX_PATH, bytes: gzipIndex(renderIndexXml(index)) }],
};

const FORMATS: Readonly<Record<FormatName, AnyFormat>> = { imagej };

export function formatNamed(name: FormatName): AnyFormat {
  return FORMATS[name];
}

/** The checksum of one file, for the command that tells it. */
export const imagejChecksum = checksumOf;
