import type { Problem } from '../../../model/problem.js';
import { baseName } from '../../../model/site-path.js';
import type { ImageJInspection } from '../artifacts/inspect.js';
import { pomOf } from '../artifacts/pom.js';
import { unversionedPath } from '../file-name.js';
import { recordsNamed } from '../index/record-map.js';
import type { SiteIndex } from '../index/site-index.js';
import { nativeName } from './native.js';

/** Where a file goes, and why. */
export interface Destination {
  readonly path: string;
  readonly reason: string;
  readonly problem?: Problem;
}

const FOLDER_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['.ijm', 'macros'],
  ['.txt', 'macros'],
  ['.lut', 'luts'],
  ...['.py', '.rb', '.clj', '.js', '.bsh', '.groovy', '.gvy', '.m'].map((extension): [string, string] => [
    extension,
    'scripts',
  ]),
]);

/**
 * Finds where a file goes that the user named without a destination.
 *
 * @param fileName the file's own name
 * @param inspection what the file's bytes tell; undefined where it was not read yet
 * @returns undefined where only the bytes tell, or nothing does
 */
export function destinationOf(
  fileName: string,
  index: SiteIndex,
  inspection: ImageJInspection | undefined,
): Destination | undefined {
  const component = unversionedPath(fileName);
  const known = recordsNamed(component, index);
  const [key, record] = known.find(([, { current }]) => current) ?? known[0] ?? [];
  if (key !== undefined && record) {
    const has = record.current ? 'has' : 'had';
    return { path: `${folderOf(key)}${fileName}`, reason: `the site ${has} ${record.filename}` };
  }
  const dot = fileName.lastIndexOf('.');
  const extension = dot < 0 ? '' : fileName.slice(dot);
  if (extension === '.jar') return inspection && jarDestination(fileName, inspection);
  const folder = FOLDER_BY_EXTENSION.get(extension);
  return folder === undefined
    ? undefined
    : { path: `${folder}/${fileName}`, reason: `${extension} files go to ${folder}/` };
}

/** Why a file of this name is something that a build makes on the side, and no update site should have. */
export function byProductOf(fileName: string): string | undefined {
  if (fileName.startsWith('original-')) return 'it is what the shade plugin kept of the original jar';
  const classifier = /-(sources|javadoc|tests|test-sources)\.jar$/.exec(fileName)?.[1];
  return classifier === undefined ? undefined : `it is the ${classifier} jar of a build`;
}

/** ImageJ 1.x looks for plugins in jars of `plugins/` whose names hold an underscore. */
function jarDestination(fileName: string, inspection: ImageJInspection): Destination {
  const { hasPluginsConfig } = inspection;
  const pom = pomOf(inspection);
  const subdirectory = pom && 'pom' in pom ? pom.pom.subdirectory : undefined;
  if (subdirectory !== undefined) {
    const path = `${subdirectory.replace(/\/+$/, '')}/${fileName}`;
    return { path, reason: `its POM says scijava.app.subdirectory ${subdirectory}` };
  }
  const native = nativeName(fileName);
  if (native?.platform !== undefined && !hasPluginsConfig) {
    const path = `jars/${native.platform}/${fileName}`;
    return { path, reason: `its classifier says that it is for ${native.platform}` };
  }
  const hasUnderscore = unversionedPath(fileName).includes('_');
  const folder = hasUnderscore && hasPluginsConfig ? 'plugins' : 'jars';
  const path = `${folder}/${fileName}`;
  if (hasUnderscore === hasPluginsConfig) {
    const reason = hasUnderscore
      ? 'a name with "_" and a plugins.config make it a plugin'
      : 'it is a library';
    return { path, reason };
  }
  const found = hasUnderscore
    ? 'has "_" in its name, but no plugins.config'
    : 'has a plugins.config, but no "_" in its name';
  return {
    path,
    reason: `it ${found}`,
    problem: {
      severity: 'warning',
      code: 'destination-in-doubt',
      path,
      message: `${fileName} ${found}; it was taken for a library and goes to jars/.`,
      hint: `Name the destination: "${fileName} => plugins/" or "${fileName} => jars/".`,
    },
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.length - baseName(path).length);
}
