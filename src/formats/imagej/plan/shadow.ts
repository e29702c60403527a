import type { Problem } from '../../../model/problem.js';
import type { ShadowPolicy } from '../../../model/upstream.js';
import { isCurrent, type ImageJInspection } from '../artifacts/inspect.js';
import { majorVersionOf, versionOf } from '../file-name.js';
import type { PluginRecord } from '../index/site-index.js';
import { upstreamFiles, type Upstream, type UpstreamFile } from '../upstream.js';

/** Which site should serve a file that the site does not have: this one, or an upstream site. */
export type ShadowDecision =
  | {
      readonly kind: 'publish';
      /** Records of the upstream sites, with which the new record starts. */
      readonly inherits: readonly PluginRecord[];
      readonly reason: string | undefined;
    }
  | { readonly kind: 'skip'; readonly to: UpstreamFile; readonly problem: Problem | undefined }
  | { readonly kind: 'refuse'; readonly problem: Problem };

/**
 * Decides whether to publish a file that has no current version on the site (spec, section 8).
 *
 * @param component unversioned path
 * @param siteName name of the target site in messages
 */
export function decideShadowing(
  { path, component, inspection }: { path: string; component: string; inspection: ImageJInspection },
  upstream: Upstream,
  policy: ShadowPolicy,
  siteName: string,
): ShadowDecision {
  const files = upstreamFiles(component, upstream);
  const equal = files.find(({ record }) => isCurrent(record, inspection));
  if (equal) return { kind: 'skip', to: equal, problem: undefined };
  const inherits = files.map(({ record }) => record);
  const served = files.find(({ record }) => record.current !== undefined);
  if (!served) {
    const [dropped] = files;
    const reason = dropped && `it is not on the site yet; ${dropped.site.name} no longer serves it`;
    return { kind: 'publish', inherits, reason };
  }
  switch (policy) {
    case 'force': {
      const reason = `it replaces ${served.record.filename} of ${served.site.name}, as requested`;
      return { kind: 'publish', inherits, reason };
    }
    case 'skip':
      return { kind: 'skip', to: served, problem: majorDiffers(path, served) };
    case 'error':
      return { kind: 'refuse', problem: shadows(path, served, siteName) };
  }
}

function shadows(path: string, { site, record }: UpstreamFile, siteName: string): Problem {
  const ours = versionOf(path);
  const theirs = versionOf(record.filename);
  const what =
    ours === theirs
      ? `another build of ${ours === undefined ? 'it' : `version ${ours}`} from ${siteName}, for all their plugins`
      : `${versionInWords(ours)} from ${siteName} instead of ${versionInWords(theirs)} from ${site.name}, for all their plugins`;
  return {
    severity: 'error',
    code: 'shadows-upstream',
    path,
    message: `${path} differs from ${record.filename}, which the upstream site ${site.name} serves: users of both would get ${what}.`,
    hint: 'Leave it out, or set "on-shadow" (--on-shadow): "skip" depends on the upstream file, "force" publishes this one.',
  };
}

/** Warns if the major versions differ: a plugin that needs the new one may not run with the old one. */
function majorDiffers(path: string, { site, record }: UpstreamFile): Problem | undefined {
  const ours = majorVersionOf(path);
  const theirs = majorVersionOf(record.filename);
  if (ours === theirs) return undefined;
  return {
    severity: 'warning',
    code: 'shadow-major-version',
    path,
    message: `${path} is skipped, because the upstream site ${site.name} serves ${record.filename}. That is another major version, ${versionInWords(versionOf(record.filename))} instead of ${versionInWords(versionOf(path))}.`,
    hint: 'Test with the upstream version, because users get that one.',
  };
}

function versionInWords(version: string | undefined): string {
  return version === undefined ? 'one without a version' : `version ${version}`;
}
