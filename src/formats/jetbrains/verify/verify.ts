/**
 * Checks an existing plugin repository: its index, the addresses of the archives, and whether the entries state what
 * the archives contain.
 *
 * @module
 */

import type { VerificationRules } from '../../verification.js';
import type { Repository } from '../index/repository.js';
import { entriesAgree } from './archive-checks.js';
import { archiveNames, indexForClients } from './index-checks.js';
import { indexedPayloads, listedVersions } from './payloads.js';

/** The statuses of redirects that IDEs follow. */
const FOLLOWED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Checks plugin repositories of JetBrains IDEs. */
export const VERIFICATION: VerificationRules<Repository> = {
  payloadsOf: indexedPayloads,
  versionsOf: listedVersions,
  checkNames: ['index-for-clients', 'names', 'entries-agree'],
  check: (facts) => [
    indexForClients(facts.index, facts.indexFiles),
    archiveNames(facts.index, facts.siteUrl),
    entriesAgree(facts),
  ],
  asksForDate: false,
  followsRedirect: (status, from, to) =>
    FOLLOWED.has(status) &&
    (to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:')),
};
