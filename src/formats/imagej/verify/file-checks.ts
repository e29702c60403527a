import { judged, skipped, type Check, type Finding } from '../../../model/check.js';
import { count, listNames } from '../../../model/humanize.js';
import type { SiteFacts } from '../../verification.js';
import { statedCoordinate } from '../artifacts/coordinate.js';
import { unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';
import { servedUpstream, type Upstream } from '../upstream.js';
import { circlesIn } from './circles.js';
import type { ImageJPayloadFacts } from './payload-facts.js';

/** Maximum number of files that a finding names. */
const MAX_NAMES = 5;

type Facts = SiteFacts<SiteIndex>;

/** Checks the POMs of the jars that were read. */
export function poms({ index, read }: Facts): Check {
  const findings = currentFacts(index, read).flatMap(([{ filename }, { pomFault }]) =>
    pomFault === undefined ? [] : [{ path: filename, message: `its POM cannot be read: ${pomFault}` }],
  );
  return judged(
    'poms',
    findings,
    (jars) => `${count(jars, 'jar has', 'jars have')} a POM that ImageJ cannot read.`,
  );
}

/** Checks the Java versions of the jars that were read. */
export function javaVersion({ index, read, java }: Facts): Check {
  if (java === undefined)
    return skipped(
      'java-version',
      'It is not known which Java the users have: name their edition with --upstream.',
    );
  const findings = currentFacts(index, read).flatMap(([{ filename }, facts]) =>
    facts.java > java ? [{ path: filename, message: `it needs Java ${facts.java}` }] : [],
  );
  return judged(
    'java-version',
    findings,
    (jars) => `${count(jars, 'jar needs', 'jars need')} a newer Java than ${java}, which users have.`,
  );
}

/** Returns the current versions that were read, with their records. */
function currentFacts(
  { records }: SiteIndex,
  read: Facts['read'],
): readonly (readonly [PluginRecord, ImageJPayloadFacts])[] {
  return records.flatMap((record) => {
    const { filename, current } = record;
    const facts = current && read.get(storedPath(filename, current.timestamp));
    return facts ? [[record, facts as ImageJPayloadFacts] as const] : [];
  });
}

/** Checks that a file is the same artifact in all versions that were read, and the one that the index states. */
export function coordinates({ index, read }: Facts): Check {
  const findings = index.records.flatMap((record): Finding[] => {
    const { filename, current, previous } = record;
    const names = previous.map((version) => storedPath(version.filename, version.timestamp));
    if (current) names.unshift(storedPath(filename, current.timestamp));
    const found = new Set([
      ...names.flatMap((name) => (read.get(name) as ImageJPayloadFacts | undefined)?.coordinate ?? []),
      ...[statedCoordinate(record) ?? []].flat(),
    ]);
    return found.size < 2
      ? []
      : [{ path: filename, message: `its versions are ${[...found].join(' and ')}` }];
  });
  return judged(
    'coordinates',
    findings,
    (files) => `${count(files, 'file is', 'files are')} not the same artifact in all versions.`,
  );
}

/** Checks that every dependency of a current file is served. */
export function dependencies({ index, upstream }: Facts): Check {
  if (typeof upstream === 'string') return skipped('dependencies', upstream);
  const records = recordsByComponent(index);
  const neededBy = new Map<string, string[]>();
  for (const { filename, current } of index.records) {
    for (const dependency of current?.dependencies ?? []) {
      const name = unversionedPath(dependency.filename);
      if (dependency.overrides || records.get(name)?.current || servedUpstream(name, upstream)) continue;
      const list = neededBy.get(name);
      if (list) list.push(filename);
      else neededBy.set(name, [filename]);
    }
  }
  const findings = [...neededBy].map(([name, files]) => ({
    path: files[0] ?? name,
    message: `${name} is not served, and ${listNames(files, MAX_NAMES)} ${files.length === 1 ? 'needs' : 'need'} it`,
  }));
  const sites = upstream.map((site) => site.name).join(', ');
  return judged(
    'dependencies',
    findings,
    (files) =>
      `${count(files, 'needed file is', 'needed files are')} served neither by the site nor by ${sites === '' ? 'an upstream site' : sites}.`,
  );
}

/** Checks that files do not need each other. */
export function circularDependencies({ index }: Facts): Check {
  const filenames = new Map<string, string>();
  const needs = new Map<string, readonly string[]>();
  for (const { filename, current } of index.records) {
    if (!current) continue;
    const name = unversionedPath(filename);
    filenames.set(name, filename);
    needs.set(
      name,
      current.dependencies.flatMap((one) => (one.overrides ? [] : unversionedPath(one.filename))),
    );
  }
  const findings = circlesIn(needs).map((circle) => {
    const files = circle.map((name) => filenames.get(name) ?? name);
    return {
      path: files[0] ?? '',
      message: files.length === 1 ? 'it needs itself' : `${listNames(files, MAX_NAMES)} need each other`,
    };
  });
  return judged(
    'circular-dependencies',
    findings,
    (circles) => `Files depend on each other in ${count(circles, 'circle')}.`,
  );
}

/** Checks that the site does not replace files of upstream sites. */
export function shadowedFiles({ index, upstream }: Facts): Check {
  if (typeof upstream === 'string') return skipped('shadowed-files', upstream);
  const findings = index.records.flatMap((record) => shadowedBy(record, upstream));
  return judged(
    'shadowed-files',
    findings,
    (files) => `${count(files, 'file replaces one', 'files replace those')} of an upstream site.`,
  );
}

function shadowedBy({ filename, current }: PluginRecord, upstream: Upstream): readonly Finding[] {
  const served = current && servedUpstream(unversionedPath(filename), upstream);
  if (!served || served.record.current?.checksum === current.checksum) return [];
  return [{ path: filename, message: `it replaces ${served.record.filename} of ${served.site.name}` }];
}
