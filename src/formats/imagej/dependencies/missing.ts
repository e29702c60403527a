import { listNames } from '../../../model/humanize.js';
import { describeCoordinates, jarNameOf } from '../../../model/maven.js';
import type { Problem } from '../../../model/problem.js';
import type { MissingJar } from './task.js';

/** Maximum number of files that a message names. */
const MAX_NAMES = 3;

/** Returns the problem of a missing jar, with the option that publishes it. */
export function missingDependency({ declared, neededBy, className }: MissingJar): Problem {
  const { coordinates, jar, isOptional } = declared;
  // The version is unknown if a parent POM that is missing here manages it.
  const name = coordinates.version === '' ? declared.name : jarNameOf(coordinates);
  const [first = ''] = neededBy;
  const need = neededBy.length === 1 ? 'needs' : 'need';
  const why = className === undefined ? '' : ` for the class ${className.replaceAll('/', '.')}`;
  return {
    severity: isOptional ? 'warning' : 'error',
    code: 'missing-dependency',
    path: first,
    message: `${listNames(neededBy, MAX_NAMES)} ${need} ${name} (${describeCoordinates(coordinates)})${why}, and neither this site nor an upstream site serves it.`,
    hint: jar === undefined ? hintWithout(name) : HINT,
  };
}

/** The repository has the jar. Its path depends on the machine and the version, so that an option is better. */
const HINT =
  'Set "with-dependencies: true" (--with-dependencies) to publish it, with all other jars that are missing.';

function hintWithout(name: string): string {
  return `The local Maven repository lacks it. Run the build first, or set the repository with "maven-repository" (--maven-repository). Then set "with-dependencies: true" (--with-dependencies), or publish the file with "${name} => jars/". If the plugin does not need it, declare it as provided or optional, or set "dependencies: none" (--dependencies none).`;
}
