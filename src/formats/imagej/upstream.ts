import type { UpstreamSite } from '../../model/upstream.js';
import { recordsByComponent } from './index/record-map.js';
import type { PluginRecord, SiteIndex } from './index/site-index.js';

/** The update sites that users also follow, in their order. */
export type Upstream = readonly UpstreamSite<SiteIndex>[];

/** A file with its record on an upstream site. */
export interface UpstreamFile {
  readonly site: UpstreamSite<SiteIndex>;
  readonly record: PluginRecord;
}

/**
 * Returns the records of a component on upstream sites, starting with the one that users get: later sites shadow
 * earlier ones (spec, section 8). Includes obsolete records.
 */
export function upstreamFiles(component: string, upstream: Upstream): readonly UpstreamFile[] {
  return upstream
    .flatMap((site) => {
      const record = recordsByComponent(site.index).get(component);
      return record ? [{ site, record }] : [];
    })
    .reverse();
}

/** Returns the file that users of the upstream sites get; `undefined` if none of them serves the component. */
export function servedUpstream(component: string, upstream: Upstream): UpstreamFile | undefined {
  return upstreamFiles(component, upstream).find(({ record }) => record.current !== undefined);
}
