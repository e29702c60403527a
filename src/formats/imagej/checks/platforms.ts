import { listNames } from '../../../model/humanize.js';
import type { Problem } from '../../../model/problem.js';
import { DEFAULT_CONFIG } from '../../../model/site-config.js';
import { baseName } from '../../../model/site-path.js';
import { unversionedPath } from '../file-name.js';
import type { RecordMap } from '../index/record-map.js';
import type { PluginRecord } from '../index/site-index.js';
import { windowsFault } from '../names.js';
import { nativeName } from '../placement/native.js';
import type { ImageJChange } from '../change.js';
import { servedUpstream, type Upstream } from '../upstream.js';
import { warningsOf } from '../several-files.js';

/**
 * Checks for which platforms a published file is meant (spec, section 6).
 *
 * @param after the records after the publication
 * @param configFile name of the configuration, for messages
 */
export function checkPlatforms(
  change: ImageJChange,
  after: RecordMap,
  upstream: Upstream,
  configFile = DEFAULT_CONFIG,
): readonly Problem[] {
  const record = after.get(change.component);
  if (!record || record.platforms.length > 0) return [];
  return [...withoutPlatform(change, configFile), ...needsOnePlatform(record, after, upstream, configFile)];
}

/** Warns of names that Windows cannot store, unless no user on Windows gets the file. */
export function checkWindowsNames(
  changes: readonly ImageJChange[],
  after: RecordMap,
  configFile = DEFAULT_CONFIG,
): readonly Problem[] {
  const paths = changes.flatMap(({ path, component }) => {
    const platforms = after.get(component)?.platforms ?? [];
    const isForWindows = platforms.length === 0 || platforms.some(({ text }) => text.startsWith('win'));
    return isForWindows && windowsFault(path) !== undefined ? path : [];
  });
  return warningsOf(paths, {
    code: 'windows-name',
    message: (files, areMany) =>
      areMany
        ? `Windows cannot store files with these names: ${files}.`
        : `Windows cannot store ${files}: ${windowsFault(files) ?? ''}.`,
    hint: () =>
      `Updates fail on Windows because of such a name. Rename the file, or restrict it to other platforms with "platforms" in ${configFile}.`,
  });
}

function withoutPlatform({ path, edits }: ImageJChange, configFile: string): Problem[] {
  const native = nativeName(baseName(path));
  // The maintainer intends "platforms: []".
  if (!native || edits?.platforms) return [];
  const folder = path.endsWith('.jar') ? 'jars' : 'lib';
  const platform = native.platform ?? 'win64';
  return [
    {
      severity: 'warning',
      code: 'no-platform',
      path,
      message: `${path} runs only on some machines, but all users would get it.`,
      hint: `Publish it into "${folder}/${platform}/" (or the folder of another platform), or set "platforms" for it in ${configFile}.`,
    },
  ];
}

/**
 * Warns of dependencies that only some platforms get. The command-line updater installs them for any platform, and then
 * everything else for that platform.
 */
function needsOnePlatform(
  { filename, current }: PluginRecord,
  after: RecordMap,
  upstream: Upstream,
  configFile: string,
): Problem[] {
  const limited = (current?.dependencies ?? []).flatMap(({ filename: needed, overrides }) => {
    const component = unversionedPath(needed);
    const own = after.get(component);
    const record = own?.current ? own : servedUpstream(component, upstream)?.record;
    if (overrides || !record?.current || record.platforms.length === 0) return [];
    return `${record.filename} (${record.platforms.map(({ text }) => text).join(', ')})`;
  });
  if (limited.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'platform-dependency',
      path: filename,
      message: `${filename} is for all platforms, but depends on files that only some users get: ${listNames(limited)}.`,
      hint: `Set "platforms" for it in ${configFile}, or delete the dependency with "dependencies: remove".`,
    },
  ];
}
