/**
 * The entry point of ImageJ update sites. The folders are `index` (the file db.xml.gz), `artifacts` (the contents of
 * jars), `placement` (where files go), `dependencies`, `checks`, `plan`, `verify` and `rollback`. Files that several of them need are beside
 * this one.
 *
 * @module
 */

import { sitePath } from '../../model/site-path.js';
import type { Format } from '../format.js';
import { APPLICATION } from './application.js';
import { isInspectionEnough, type ImageJInspection } from './artifacts/inspect.js';
import { emptyReasonOf } from './checks/empty-files.js';
import { resolveMissingJars } from './dependencies/with-dependencies.js';
import { compareIndexes, withDetails } from './index/compare.js';
import { diffIndexes } from './index/diff.js';
import { gzipIndex } from './index/gzip.js';
import { loadIndex } from './index/load.js';
import type { SiteIndex } from './index/site-index.js';
import { isStoredPath, storedSizes } from './index/stored-path.js';
import { renderCheckedIndexXml } from './index/write.js';
import { byProductOf } from './placement/destination.js';
import { isTrackedPath, mayContainTrackedFiles, PLATFORMS } from './layout.js';
import { LISTING } from './listing.js';
import { readingOf } from './placement/place.js';
import { applyPlan } from './plan/apply.js';
import type { ImageJPlan } from './change.js';
import { completeWithDependencies } from './plan/complete.js';
import { readOptions, type ImageJOptions } from './options.js';
import { planPublication } from './plan/plan.js';
import { checkTakeovers, payloadsForTakeovers } from './plan/takeover.js';
import { ROLLBACK } from './rollback/rollback.js';
import { UPSTREAM } from './upstream-presets.js';
import { VERIFICATION } from './verify/verify.js';

/** The path of the index on the site. */
const INDEX_PATH = sitePath('db.xml.gz');

/** Implements the contract of formats for ImageJ update sites. */
export const format: Format<SiteIndex, ImageJInspection, ImageJPlan, ImageJOptions> = {
  name: 'imagej',
  indexPaths: [INDEX_PATH],
  isIndexName: (fileName) => /^db\.xml(\.gz)?$/.test(fileName),
  parseIndex: (files, origin) => loadIndex(files.get(INDEX_PATH), origin),
  renderIndex: (index) => [{ path: INDEX_PATH, bytes: gzipIndex(renderCheckedIndexXml(index)) }],
  compare: compareIndexes,
  diff: diffIndexes,
  isStoredPath,
  payloadsOf: (index) => [...storedSizes(index).keys()],
  storedSizes,
  exclusionOf: byProductOf,
  emptyReasonOf,
  reading: {
    readingOf,
    isEnough: (inspection, reading) => isInspectionEnough(inspection, reading.knownChecksums),
  },
  readOptions,
  plan: planPublication,
  apply: applyPlan,
  explain: withDetails,
  appFolder: { isTrackedPath: isTrackedPath, mayContainTrackedFiles: mayContainTrackedFiles },
  upstream: UPSTREAM,
  config: { platforms: PLATFORMS },
  dependencies: { resolveMissingJars: resolveMissingJars, complete: completeWithDependencies },
  takeovers: { payloadsFor: payloadsForTakeovers, check: checkTakeovers },
  verification: VERIFICATION,
  rollback: ROLLBACK,
  listing: LISTING,
  application: APPLICATION,
  clientsCompareStamps: true,
};
