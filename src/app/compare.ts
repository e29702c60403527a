/**
 * The use cases, one file each: compare two sites (this file), compute checksums, show a comment, check GitHub
 * Pages; and `publish`, which has a folder. They call formats through their contract and effects through ports.
 *
 * @module
 */

import type { IndexFormat } from '../formats/format.js';
import { emptyOutcome, type Outcome } from '../model/outcome.js';
import { UserError } from '../model/user-error.js';
import type { Log } from './ports/log.js';
import type { UpstreamIndexes } from './ports/upstream-indexes.js';
import { readUpstream } from './upstream.js';

/**
 * Reports what changed between two states of a site.
 *
 * @param before address or file of the index of the earlier state
 * @param after address or file of the index of the later state
 * @throws {UserError} `index` if one of them cannot be read, with all faults
 */
export async function compareSites<Index>(
  format: IndexFormat<Index>,
  before: string,
  after: string,
  indexes: UpstreamIndexes,
  log: Log,
): Promise<Outcome> {
  const sources = [
    { name: 'OLD', location: before, label: 'the earlier state' },
    { name: 'NEW', location: after, label: 'the later state' },
  ];
  const { sites, problems } = await readUpstream(sources, format, indexes, log);
  const [old, now] = [sites.find(({ name }) => name === 'OLD'), sites.find(({ name }) => name === 'NEW')];
  if (!old || !now) throw new UserError('index', 'The two indexes cannot be compared.', { problems });
  const changes = format.compare(old.index, now.index);
  return {
    ...emptyOutcome(format.name, 'comparison', after),
    changed: changes.length > 0,
    changes,
    problems,
    publishedBytes: changes.reduce((sum, { size }) => sum + (size ?? 0), 0),
    offers: format.compareOffers?.(old.index, now.index),
    diff: format.diff(old.index, now.index),
  };
}
