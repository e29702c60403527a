import { elementsNamed, isElement, type XmlNode } from '../../../xml/element.js';
import { XmlError, type FaultKind } from '../../../xml/error.js';
import { readXml } from '../../../xml/read.js';
import type { ImageJInspection } from './inspect.js';

/** Names the folder of the application that an artifact belongs into. */
const SUBDIRECTORY = 'scijava.app.subdirectory';

/** What a POM tells about its artifact. */
export interface Pom {
  /** As it stands there, white space included; undefined where there is none, or an empty one. */
  readonly description: string | undefined;
  /** The names of the developers, in their order. */
  readonly authors: readonly string[];
  /** The folder it wants to be installed in; undefined where it does not say, or says it by another property. */
  readonly subdirectory: string | undefined;
}

/**
 * Reads a POM by the rules of the official updater: text is taken as it is (spec, section 6).
 *
 * @throws {XmlError} if it is not well-formed, or uses an entity that it declares
 */
function parsePom(bytes: Uint8Array): Pom {
  const { root: project } = readXml(bytes, { mayDeclareEntities: true });
  const isProject = project.name === 'project';
  const top = (name: string) => (isProject ? elementsNamed(project, name) : []);
  // Where an element is repeated, the last one that says something counts.
  const description = top('description')
    .map(bodyOf)
    .findLast((body) => body !== '');
  const developers = top('developers').flatMap((list) => elementsNamed(list, 'developer'));
  const subdirectory = top('properties')
    .flatMap((list) => elementsNamed(list, SUBDIRECTORY))
    .map((property) => bodyOf(property).trim())
    .findLast((body) => body !== '' && !body.includes('${'));
  return {
    description,
    authors: developers.flatMap((developer) => elementsNamed(developer, 'name').map(bodyOf)),
    subdirectory,
  };
}

/** The text that the official reader has gathered at the end of an element: it begins anew at each element inside. */
function bodyOf(node: XmlNode): string {
  let body = '';
  for (const child of node.children) body = isElement(child) ? bodyOf(child) : body + child;
  return body;
}

/** The outcome of looking for a POM in a jar: what it tells, or why it cannot be read. */
export type PomFinding = { readonly pom: Pom } | PomProblem;

/** Why a POM cannot be read. */
export interface PomProblem {
  readonly fault: string;
  /** Whether clients fail at it; of what is not read here, that is not known. */
  readonly kind: FaultKind;
}

const findings = new WeakMap<ImageJInspection, PomFinding>();

/** What the POM of an artifact tells; undefined where it has none. Parsed when it is first asked for. */
export function pomOf(inspection: ImageJInspection): PomFinding | undefined {
  const { pom } = inspection;
  if (pom === undefined) return undefined;
  if ('fault' in pom) return { fault: pom.fault, kind: 'unread' };
  let finding = findings.get(inspection);
  if (!finding) {
    finding = readPom(pom);
    findings.set(inspection, finding);
  }
  return finding;
}

/** As {@link parsePom}, with faults as a result. */
export function readPom(bytes: Uint8Array): PomFinding {
  try {
    return { pom: parsePom(bytes) };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { fault: error.message, kind: error.kind };
  }
}
