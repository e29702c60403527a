import { judged, passed, skipped, type Check, type Finding } from '../../../model/check.js';
import { count } from '../../../model/humanize.js';
import type { SiteFacts } from '../../verification.js';
import { contains, overlap, type BuildNumber, type BuildRange } from '../build-number.js';
import type { Entry, Repository } from '../index/repository.js';
import { compareVersions } from '../plugin-version.js';
import { includesSystems, systemNames, type Systems } from '../system.js';
import type { PluginFacts, PluginPayloadFacts } from './archive-facts.js';
import { createLocator } from './locate.js';
import { isListed } from './payloads.js';

/**
 * Checks that the entries do not promise more than the archives that were read. After the download, IDEs read the
 * archive, and refuse what its entry should not have offered (spec, section 1).
 */
export function entriesAgree({ index, siteUrl, read }: SiteFacts<Repository>): Check {
  const locate = createLocator(index, siteUrl);
  const findings: Finding[] = [];
  let compared = 0;
  let omitted = 0;
  for (const version of index.versions) {
    const name = isListed(version) ? locate(version)?.name : undefined;
    if (name === undefined) continue;
    const facts = read.get(name) as PluginPayloadFacts | undefined;
    if (!facts) {
      omitted++;
      continue;
    }
    compared++;
    const { plugin } = facts;
    const faults =
      'fault' in plugin ? [`IDEs cannot install it: ${plugin.fault}`] : differencesOf(version.entry, plugin);
    findings.push(...faults.map((message) => ({ path: name, message })));
  }
  if (compared === 0 && omitted > 0)
    return skipped('entries-agree', 'No archive was read that matches the index.');
  if (findings.length === 0 && omitted > 0)
    return passed(
      'entries-agree',
      `${count(omitted, 'entry was', 'entries were')} not compared, because the archive was not read or does not match.`,
    );
  return judged(
    'entries-agree',
    findings,
    (faults) => `The index promises what archives do not contain, in ${count(faults, 'place')}.`,
  );
}

/** Returns what an entry states differently from its archive, as clauses. A maintainer may narrow its range by hand. */
function differencesOf(entry: Entry, archive: PluginFacts): readonly string[] {
  const differences: string[] = [];
  if (entry.id !== archive.id)
    differences.push(`the index states the id ${entry.id}, but it is ${archive.id}`);
  if (compareVersions(entry.version, archive.version) !== 0)
    differences.push(`the index states the version ${entry.version}, but it is ${archive.version}`);
  // A range without any build promises nothing.
  if (overlap(entry.range, entry.range) && !contains(archive.range, entry.range))
    differences.push(
      `the index offers it to ${inWords(entry.range)}, but it is for ${inWords(archive.range)}`,
    );
  if (!includesSystems(archive.systems, entry.systems))
    differences.push(
      `the index offers it to ${systemsInWords(entry.systems)}, but it is for ${systemsInWords(archive.systems)}`,
    );
  return differences;
}

/** Describes a range exactly: `builds from 242.0 to 251.*`. */
function inWords(range: BuildRange): string {
  const { since, until } = range;
  if (!overlap(range, range)) return 'no build';
  if (!since && !until) return 'all builds';
  if (!since) return `builds up to ${textOf(until)}`;
  return until ? `builds from ${textOf(since)} to ${textOf(until)}` : `builds from ${textOf(since)} on`;
}

function textOf(build: BuildNumber = []): string {
  return build.map((component) => (Number.isFinite(component) ? String(component) : '*')).join('.');
}

function systemsInWords(systems: Systems): string {
  return systemNames(systems).join(', ') || 'all systems';
}
