import { baseName } from '../../../model/site-path.js';
import type { Timestamp } from '../../../model/timestamp.js';
import { unversionedPath } from '../file-name.js';
import { recordsByComponent } from '../index/record-map.js';
import type { SiteIndex, Version } from '../index/site-index.js';
import type { ImageJChange } from '../change.js';
import { servedUpstream, type Upstream } from '../upstream.js';
import { isProvider } from './rules.js';

/** A file that users can get once the publication is out. */
export interface AvailableFile {
  /** Unversioned path. */
  readonly component: string;
  /** Path of the version that they get. */
  readonly path: string;
  /** Of that version; undefined where this publication brings it. */
  readonly timestamp: Timestamp | undefined;
  readonly checksum: string;
  /** Name of the upstream site that serves it; undefined for the site itself. */
  readonly site: string | undefined;
}

/** What users can get: of the site as the publication leaves it, and of the upstream sites. */
export interface Availability {
  /** @param component unversioned path */
  find(component: string): AvailableFile | undefined;
  /** The jar of this unversioned name that classes can come from, whatever folder it is in. */
  findJar(fileName: string): AvailableFile | undefined;
  /** The unversioned names of all jars that classes can come from. */
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

  // What is said last wins: the site shadows the sites upstream, and what it is about to have counts most.
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
