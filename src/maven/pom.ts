import type { MavenCoordinates } from '../model/maven.js';
import { elementsIn, elementsNamed, textIn, type XmlNode } from '../xml/element.js';
import { readXml } from '../xml/read.js';

/**
 * Maximum length of a coordinate, a scope or a similar value, in characters. Repositories cannot contain longer ones.
 */
export const MAX_VALUE_LENGTH = 1024;
/** Number of characters of a longer value that messages show. */
const SHOWN_LENGTH = 80;

/** A dependency as a POM declares it. Empty values may be managed elsewhere. Properties are not replaced yet. */
export interface DeclaredDependency extends MavenCoordinates {
  readonly scope: string;
  readonly type: string;
  readonly optional: string;
  readonly exclusions: readonly Pick<MavenCoordinates, 'groupId' | 'artifactId'>[];
}

/**
 * The dependencies in a POM, and its relations to other POMs (Maven's POM reference). Properties are not replaced yet.
 */
export interface MavenPom extends Pick<MavenCoordinates, 'groupId' | 'artifactId' | 'version'> {
  readonly parent: MavenCoordinates | undefined;
  /** The new coordinates of a moved artifact. Empty values do not change. */
  readonly relocation: Pick<MavenCoordinates, 'groupId' | 'artifactId' | 'version'> | undefined;
  readonly properties: ReadonlyMap<string, string>;
  readonly managed: readonly DeclaredDependency[];
  readonly dependencies: readonly DeclaredDependency[];
}

/**
 * Parses a POM by the rules of Maven.
 *
 * @throws {XmlError} if it is not well-formed, or uses an entity that it declares
 */
export function parseMavenPom(bytes: Uint8Array): MavenPom {
  const { root: project } = readXml(bytes, { mayDeclareEntities: true });
  const parent = elementsNamed(project, 'parent')[0];
  const [relocation] = elementsNamed(project, 'distributionManagement').flatMap((node) =>
    elementsNamed(node, 'relocation'),
  );
  const properties = elementsNamed(project, 'properties').flatMap((node) =>
    elementsIn(node).map((child): [string, string] => [child.name, textIn(child).trim()]),
  );
  return {
    ...coordinatesOf(project),
    parent: parent && coordinatesOf(parent),
    relocation: relocation && coordinatesOf(relocation),
    properties: new Map(properties),
    managed: elementsNamed(project, 'dependencyManagement').flatMap(dependenciesOf),
    dependencies: dependenciesOf(project),
  };
}

function dependenciesOf(node: XmlNode): DeclaredDependency[] {
  return elementsNamed(node, 'dependencies')
    .flatMap((list) => elementsNamed(list, 'dependency'))
    .map((dependency) => ({
      ...coordinatesOf(dependency),
      scope: valueOf(dependency, 'scope'),
      type: valueOf(dependency, 'type') || 'jar',
      optional: valueOf(dependency, 'optional'),
      exclusions: elementsNamed(dependency, 'exclusions')
        .flatMap((list) => elementsNamed(list, 'exclusion'))
        .map((exclusion) => coordinatesOf(exclusion)),
    }));
}

function coordinatesOf(node: XmlNode): MavenCoordinates {
  return {
    groupId: valueOf(node, 'groupId'),
    artifactId: valueOf(node, 'artifactId'),
    version: valueOf(node, 'version'),
    classifier: valueOf(node, 'classifier'),
  };
}

function valueOf(node: XmlNode, name: string): string {
  const element = elementsNamed(node, name)[0];
  const value = element ? textIn(element).trim() : '';
  return value.length > MAX_VALUE_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value;
}
