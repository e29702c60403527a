import { createPomReader } from '../../../maven/model.js';
import { resolveDependencies, type ResolvedDependency } from '../../../maven/resolve.js';
import type { Artifact, LeftOutFile } from '../../../model/artifact.js';
import { firstProblems } from '../../../model/first-problems.js';
import { listNames } from '../../../model/humanize.js';
import { describeCoordinates, jarNameOf } from '../../../model/maven.js';
import type { Problem } from '../../../model/problem.js';
import { baseName, parseSitePath, type SitePath } from '../../../model/site-path.js';
import type { ImageJInspection } from '../artifacts/inspect.js';
import type { MissingJarsRequest, MissingJars } from '../../dependencies.js';
import { unversionedPath } from '../file-name.js';
import type { SiteIndex } from '../index/site-index.js';
import { destinationOf } from '../placement/destination.js';
import { availabilityAfter } from './availability.js';
import { readMavenPom, unversionedJarName } from './repository-jars.js';

/** Maximum number of POMs that a message names. */
const MAX_NAMES = 5;
/** Scopes that are on the class path at run time. */
const RUNTIME: ReadonlySet<string> = new Set(['compile', 'runtime']);

/**
 * Finds the jars that the published ones need at run time, transitively, and that no upstream site serves. Does not
 * follow the dependencies of a jar that an upstream site serves, because that site is responsible for them.
 */
export function resolveMissingJars(request: MissingJarsRequest<SiteIndex, ImageJInspection>): MissingJars {
  const { named, index, upstream, repository } = request;
  const served = availabilityAfter({ ...index, records: [] }, [], upstream);
  const nameOfArtifact = ({ file, destination }: Artifact) => nameOf(destination ?? file);
  const publishedNames = new Set(request.artifacts.map(({ artifact }) => nameOfArtifact(artifact)));
  const isServedUpstream = (dependency: ResolvedDependency) =>
    served.jarNames.has(unversionedJarName(dependency));
  const reader = createPomReader(repository);
  const artifacts = new Map<string, Artifact>();
  const leftOut: LeftOutFile[] = [];
  const problems: Problem[] = [];
  const missingJars: Problem[] = [];
  for (const { artifact, inspection } of request.artifacts) {
    // A file that an upstream site also has, such as the rest of a whole Fiji, belongs to that site.
    if (!artifact.file.endsWith('.jar') || served.jarNames.has(nameOfArtifact(artifact))) continue;
    const pom = readMavenPom(inspection.ownPom);
    if (!pom) {
      if (named.has(artifact)) problems.push(withoutPom(artifact.file));
      continue;
    }
    const { dependencies, missing } = resolveDependencies(pom, reader, RUNTIME, isServedUpstream);
    if (missing.length > 0) problems.push(missingPoms(artifact.file, missing, repository.location));
    for (const dependency of dependencies) {
      const fileName = jarNameOf(dependency);
      const name = unversionedJarName(dependency);
      if (isServedUpstream(dependency)) leftOut.push({ file: fileName, destination: undefined });
      if (
        dependency.type !== 'jar' ||
        isServedUpstream(dependency) ||
        publishedNames.has(name) ||
        artifacts.has(name)
      )
        continue;
      const jar = repository.findJar(dependency);
      const destination = destinationIn(index, fileName);
      if (!jar || !destination)
        missingJars.push(missingJar(artifact.file, describeCoordinates(dependency), repository.location));
      else {
        const { file, size, modified } = jar;
        const reason = `${nameOf(artifact.file)} needs it`;
        artifacts.set(name, { file, size, modified, executable: false, destination, reason });
      }
    }
  }
  return {
    artifacts: [...artifacts.values()],
    leftOut,
    problems: [...problems, ...firstProblems(missingJars)],
  };
}

/** Returns the path where the site has the file, or else one in `jars/`. */
function destinationIn(index: SiteIndex, fileName: string): SitePath | undefined {
  const checked = parseSitePath(destinationOf(fileName, index, undefined)?.path ?? `jars/${fileName}`);
  return 'path' in checked ? checked.path : undefined;
}

function nameOf(file: string): string {
  return unversionedPath(baseName(file.replaceAll('\\', '/')));
}

function withoutPom(file: string): Problem {
  return {
    severity: 'warning',
    code: 'no-pom',
    path: file,
    message: `${file} does not contain a readable POM, so its dependencies are unknown.`,
    hint: 'List the jars that it needs in "files" (--files). Maven adds the POM to a jar unless addMavenDescriptor is off.',
  };
}

function missingPoms(file: string, missing: readonly string[], location: string): Problem {
  return {
    severity: 'error',
    code: 'unresolved-dependency',
    path: file,
    message: `The dependencies of ${file} cannot be resolved: the Maven repository ${location} lacks the ${missing.length === 1 ? 'POM' : 'POMs'} of ${listNames(missing, MAX_NAMES)}.`,
    hint: 'Run the build on this machine first, or set its repository with "maven-repository" (--maven-repository).',
  };
}

function missingJar(file: string, coordinates: string, location: string): Problem {
  return {
    severity: 'error',
    code: 'unresolved-dependency',
    path: file,
    message: `${file} needs ${coordinates}, and the Maven repository ${location} lacks it.`,
    hint: 'Run the build on this machine first, or set its repository with "maven-repository" (--maven-repository).',
  };
}
