import { baseName } from '../../../model/site-path.js';
import type { Timestamp } from '../../../model/timestamp.js';
import { unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { SiteIndex, Version } from '../index/site-index.js';
import type { ImageJChange } from '../change.js';
import { servedUpstream, type Upstream } from '../upstream.js';
import { isProvider } from './rules.js';

/** A file that users can get after the publication. */
export interface AvailableFile {
  /** Unversioned path. */
  readonly component: string;
  /** Path of the version that they get. */
  readonly path: string;
  /** Timestamp of that version; `undefined` if this publication adds it. */
  readonly timestamp: Timestamp | undefined;
  readonly checksum: string;
  /** Name of the upstream site that serves it; `undefined` for the site itself. */
  readonly site: string | undefined;
}

/** The files that users can get after the publication, from the site and the upstream sites. */
export interface Availability {
  /** @param component unversioned path */
  find(component: string): AvailableFile | undefined;
  /** Finds the jar with this unversioned name that may provide classes, in any folder. */
  findJar(fileName: string): AvailableFile | undefined;
  /** Unversioned names of all jars that may provide classes. */
  readonly jarNames: ReadonlySet<string>;
}

export function availabilityAfter(
  index: SiteIndex,
  changes: readonly ImageJChange[],
  upstream: Upstream,
): Availability {
  const changed = new Map(changes.map((change) => [change.component, change]));
  const find = (component: string): AvailableFile | undefined => {
    const change = changed.get(component);
    if (change && change.kind !== 'remove' && change.checksum !== undefined) {
      const { path, checksum } = change;
      return { component, path, timestamp: undefined, checksum, site: undefined };
    }
    const own = change?.kind === 'remove' ? undefined : recordsByComponent(index).get(component);
    if (own?.current) return fileOf(component, own.filename, own.current, undefined);
    const served = servedUpstream(component, upstream);
    return (
      served?.record.current &&
      fileOf(component, served.record.filename, served.record.current, served.site.name)
    );
  };

  // The last one added wins: the site shadows the upstream sites, and this publication comes last.
  const jars = new Map<string, string>();
  const add = (path: string) => {
    const component = unversionedPath(path);
    if (isProvider(component)) jars.set(baseName(component), component);
  };
  for (const site of upstream)
    for (const record of site.index.records) if (record.current) add(record.filename);
  for (const record of index.records) if (record.current) add(record.filename);
  for (const change of changes) if (change.kind !== 'remove') add(change.path);
  return {
    find,
    findJar: (fileName) => {
      const component = jars.get(fileName);
      return component === undefined ? undefined : find(component);
    },
    jarNames: new Set(jars.keys()),
  };
}

function fileOf(
  component: string,
  path: string,
  { timestamp, checksum }: Version,
  site: string | undefined,
): AvailableFile {
  return { component, path, timestamp, checksum, site };
}
