import type { Problem } from '../../../model/problem.js';
import { baseName } from '../../../model/site-path.js';
import { sharedWarning } from '../several-files.js';
import type { SiteIndex } from '../index/site-index.js';
import { hasFilesIn } from './destination-checks.js';
import { intendedPath, nearFolder, type NearFolder } from './near-folders.js';

/**
 * Warns of new folders that ImageJ scans, but probably not as intended: `jars/Linux64/` is not the folder of a
 * platform, and `Fiji.app/plugins/` is inside the ImageJ folder. Returns one warning per folder.
 */
export function checkPlaces(paths: readonly string[], index: SiteIndex): readonly Problem[] {
  const folders = new Map<string, { near: NearFolder; files: string[] }>();
  for (const path of paths) {
    const near = nearFolder(path);
    if (near?.kind !== 'platform' && near?.kind !== 'nested') continue;
    const known = folders.get(near.written);
    if (known) known.files.push(path);
    else folders.set(near.written, { near, files: [path] });
  }
  return [...folders.values()].flatMap(({ near, files }) =>
    hasFilesIn(index, near.written)
      ? []
      : near.kind === 'nested'
        ? nested(near, files)
        : otherPlatform(near, files),
  );
}

function nested(near: NearFolder, paths: readonly string[]): readonly Problem[] {
  return sharedWarning(paths, {
    code: 'not-picked-up',
    message: (files) =>
      `ImageJ does not load files from "${near.written}", and only users on macOS get them: ${files}.`,
    hint: ([path = '']) =>
      `Did you mean "${intendedPath(path, near)}"? Paths are relative to the ImageJ folder; "app-dir" (--app-dir) names that folder itself.`,
  });
}

function otherPlatform(near: NearFolder, paths: readonly string[]): readonly Problem[] {
  return sharedWarning(paths, {
    code: 'folder-case',
    message: (files) =>
      `"${near.written}" would be a new folder for users of all platforms, but "${near.meant}" is the one for ${baseName(near.meant)}: ${files}.`,
    hint: ([path = '']) => `Did you mean "${intendedPath(path, near)}"?`,
  });
}
