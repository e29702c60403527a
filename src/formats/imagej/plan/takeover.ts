import type { Problem } from '../../../model/problem.js';
import { DEFAULT_CONFIG, type SiteConfig } from '../../../model/site-config.js';
import { parseSitePath, type SitePath } from '../../../model/site-path.js';
import type { Timestamp } from '../../../model/timestamp.js';
import { coordinateIn, statedCoordinate } from '../artifacts/coordinate.js';
import { recordsByComponent } from '../index/record-map.js';
import type { PluginRecord, SiteIndex } from '../index/site-index.js';
import { storedPath } from '../index/stored-path.js';
import type { ImageJChange } from '../change.js';
import { createFileConfigs } from '../file-config.js';

/** A version of a file on the site, with a payload. */
interface OldVersion {
  readonly path: string;
  readonly timestamp: Timestamp;
  /** Size in bytes according to the index, which states it only for current versions. */
  readonly size: number | undefined;
}

/** A published jar with a known artifact, and the record that it continues. */
interface Succession {
  readonly change: ImageJChange;
  readonly coordinate: string;
  readonly record: PluginRecord;
}

/**
 * Returns the payloads that reveal which artifacts the published jars would replace (spec, section 6), with their sizes
 * in bytes if the index states them. Omits files whose content stays, and files whose coordinate the index states.
 */
export function payloadsForTakeovers(
  plan: { readonly changes: readonly ImageJChange[] },
  index: SiteIndex,
): ReadonlyMap<SitePath, number | undefined> {
  const old = successions(plan.changes, index).flatMap(({ record }) =>
    statedCoordinate(record) === undefined ? (newestVersion(record) ?? []) : [],
  );
  return new Map(
    old.flatMap(({ path, timestamp, size }) => {
      const named = parseSitePath(path);
      return 'path' in named ? [[storedPath(named.path, timestamp), size] as const] : [];
    }),
  );
}

/**
 * Refuses jars that would replace a file of the site by another artifact with another groupId, unless the configuration
 * states what they replace.
 *
 * @param payloads the bytes of {@link payloadsForTakeovers}, as far as they could be read
 */
export function checkTakeovers(
  plan: { readonly changes: readonly ImageJChange[] },
  index: SiteIndex,
  config: SiteConfig | undefined,
  payloads: ReadonlyMap<string, Uint8Array>,
): readonly Problem[] {
  const configs = createFileConfigs(config);
  return successions(plan.changes, index).flatMap(({ change, coordinate, record }) => {
    const old = coordinateBefore(record, payloads);
    if (old === undefined || groupOf(old) === groupOf(coordinate)) return [];
    if (configs.overridesFor(change.path)?.replaces === old) return [];
    return [otherArtifact(change, coordinate, record, old, config?.file)];
  });
}

function successions(changes: readonly ImageJChange[], index: SiteIndex): readonly Succession[] {
  const records = recordsByComponent(index);
  return changes.flatMap((change) => {
    const { coordinate, component, kind } = change;
    const record = records.get(component);
    const hasNewContent = kind === 'update' || kind === 'revive';
    return record && coordinate !== undefined && hasNewContent ? [{ change, coordinate, record }] : [];
  });
}

/** The current version, or the last one of an obsolete file. */
function newestVersion({ filename, current, previous }: PluginRecord): OldVersion | undefined {
  if (current) return { path: filename, timestamp: current.timestamp, size: current.filesize };
  const last = previous.reduce<(typeof previous)[number] | undefined>(
    (newest, version) => (newest && newest.timestamp >= version.timestamp ? newest : version),
    undefined,
  );
  return last && { path: last.filename, timestamp: last.timestamp, size: undefined };
}

function coordinateBefore(
  record: PluginRecord,
  payloads: ReadonlyMap<string, Uint8Array>,
): string | undefined {
  const stated = statedCoordinate(record);
  const version = newestVersion(record);
  const bytes = version && payloads.get(storedPath(version.path, version.timestamp));
  return stated ?? (version && bytes && coordinateIn(bytes, version.path));
}

function groupOf(coordinate: string): string {
  return coordinate.split(':', 1)[0] ?? '';
}

function otherArtifact(
  { path, component }: ImageJChange,
  coordinate: string,
  { filename }: PluginRecord,
  old: string,
  configFile = DEFAULT_CONFIG,
): Problem {
  return {
    severity: 'error',
    code: 'other-artifact',
    path,
    message: `${path} is ${coordinate}, but ${filename} on the site is ${old}: users would get another artifact in its place.`,
    hint: `Give the file another name. If the new artifact continues the old one, write in ${configFile}, under "files": "${component}: {replaces: ${old}}".`,
  };
}
