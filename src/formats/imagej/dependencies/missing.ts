import { listNames } from '../../../model/humanize.js';
import { describeCoordinates, jarNameOf } from '../../../model/maven.js';
import type { Problem } from '../../../model/problem.js';
import type { MissingJar } from './task.js';

/** Maximum number of files that a message names. */
const MAX_NAMES = 3;

/**
 * Returns the problem of a missing jar, with the line that would publish it.
 *
 * @param alsoNamed patterns that apply by default; the hint repeats them, because naming a file replaces them
 */
export function missingDependency(
  { declared, neededBy, className }: MissingJar,
  alsoNamed: readonly string[],
): Problem {
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
    hint: jar === undefined ? hintWithout(name) : hintWith(jar.file, alsoNamed),
  };
}

function hintWith(file: string, alsoNamed: readonly string[]): string {
  const lines = [...alsoNamed, `${file} => jars/`];
  const options = lines.map((line) => `--files '${line}'`).join(' ');
  return `Publish it as well: ${options} (in a workflow: ${lines.length === 1 ? 'the line' : 'the lines'} ${lines.map((line) => `"${line}"`).join(' and ')} of "files"). Or let "with-dependencies" (--with-dependencies) publish all missing jars.`;
}

function hintWithout(name: string): string {
  return `The local Maven repository lacks it. Run the build first, or set the repository with "maven-repository" (--maven-repository). Then publish it with "${name} => jars/" or "with-dependencies" (--with-dependencies). If the plugin does not need it, declare it as provided or optional, or set "dependencies: none" (--dependencies none).`;
}
