import type { UpstreamSite } from '../../model/upstream.js';
import { recordsByComponent } from './index/record-map.js';
import type { PluginRecord, SiteIndex } from './index/site-index.js';

/** The sites that users also follow, in their order. */
export type Upstream = readonly UpstreamSite<SiteIndex>[];

/** A file as an upstream site has it. */
export interface UpstreamFile {
  readonly site: UpstreamSite<SiteIndex>;
  readonly record: PluginRecord;
}

/**
 * What the upstream sites have of a component, the one that users get first: later sites shadow earlier ones
 * (spec, section 8). Obsolete records are among them.
 */
export function upstreamFiles(component: string, upstream: Upstream): readonly UpstreamFile[] {
  return upstream
    .flatMap((site) => {
      const record = recordsByComponent(site.index).get(component);
      return record ? [{ site, record }] : [];
    })
    .reverse();
}

/** The file that users of the upstream sites get; undefined where none serves the component. */
export function servedUpstream(component: string, upstream: Upstream): UpstreamFile | undefined {
  return upstreamFiles(component, upstream).find(({ record }) => record.current !== undefined);
}
