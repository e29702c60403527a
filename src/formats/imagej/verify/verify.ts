/**
 * Checks an existing site: its index, names, timestamps and dependencies, and what reading the files has shown.
 *
 * @module
 */

import type { VerificationRules } from '../../verification.js';
import type { SiteIndex } from '../index/site-index.js';
import {
  circularDependencies,
  coordinates,
  dependencies,
  javaVersion,
  poms,
  shadowedFiles,
} from './file-checks.js';
import { fileNames, futureTimestamps, indexForClients, localDatabase, timestamps } from './index-checks.js';
import { indexedPayloads, listedVersions } from './payloads.js';

/** The statuses of redirects that Java's `HttpURLConnection` follows. It also requires the same protocol. */
const FOLLOWED: ReadonlySet<number> = new Set([300, 301, 302, 303, 305, 307]);

/** Checks ImageJ update sites. */
export const VERIFICATION: VerificationRules<SiteIndex> = {
  payloadsOf: indexedPayloads,
  versionsOf: listedVersions,
  checkNames: [
    'index-for-clients',
    'local-database',
    'names',
    'timestamps',
    'future-timestamps',
    'poms',
    'dependencies',
    'circular-dependencies',
    'shadowed-files',
    'java-version',
    'coordinates',
  ],
  check: (facts) => [
    indexForClients(facts.index, facts.indexFiles.get('db.xml.gz')),
    localDatabase(facts.index),
    fileNames(facts.index),
    timestamps(facts.index),
    futureTimestamps(facts.index, facts.clock),
    poms(facts),
    dependencies(facts),
    circularDependencies(facts),
    shadowedFiles(facts),
    javaVersion(facts),
    coordinates(facts),
  ],
  asksForDate: true,
  followsRedirect: (status, from, to) => FOLLOWED.has(status) && from.protocol === to.protocol,
};
