import type { Problem } from '../../../model/problem.js';
import { baseName } from '../../../model/site-path.js';
import type { ImageJInspection } from '../artifacts/inspect.js';
import { pomOf } from '../artifacts/pom.js';
import { unversionedPath } from '../file-name.js';
import { recordsNamed } from '../index/record-map.js';
import type { SiteIndex } from '../index/site-index.js';
import { nativeName } from './native.js';

/** The path of a file on the site, and why it was chosen. */
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
 * Finds the destination of a file that the user named without one.
 *
 * @param fileName name of the local file
 * @param inspection the contents of the file; `undefined` if it was not read yet
 * @returns `undefined` if only the contents decide, or if no rule applies
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

/**
 * Returns why a file with this name is a by-product of a build, which does not belong on an update site; `undefined` if
 * it is not one.
 */
export function byProductOf(fileName: string): string | undefined {
  if (fileName.startsWith('original-')) return 'it is the original jar that the shade plugin kept';
  const classifier = /-(sources|javadoc|tests|test-sources)\.jar$/.exec(fileName)?.[1];
  return classifier === undefined ? undefined : `it is the ${classifier} jar of a build`;
}

/** Chooses the destination of a jar. ImageJ 1.x finds plugins in jars in `plugins/` with an underscore in the name. */
function jarDestination(fileName: string, inspection: ImageJInspection): Destination {
  const { hasPluginsConfig } = inspection;
  const pom = pomOf(inspection);
  const subdirectory = pom && 'pom' in pom ? pom.pom.subdirectory : undefined;
  if (subdirectory !== undefined) {
    const path = `${subdirectory.replace(/\/+$/, '')}/${fileName}`;
    return { path, reason: `its POM sets scijava.app.subdirectory to ${subdirectory}` };
  }
  const native = nativeName(fileName);
  if (native?.platform !== undefined && !hasPluginsConfig) {
    const path = `jars/${native.platform}/${fileName}`;
    return { path, reason: `its classifier is for ${native.platform}` };
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
      message: `${fileName} ${found}. It is treated as a library and goes to jars/.`,
      hint: `Name the destination: "${fileName} => plugins/" or "${fileName} => jars/".`,
    },
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.length - baseName(path).length);
}
