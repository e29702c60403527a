import { elementsNamed, isElement, type XmlNode } from '../../../xml/element.js';
import { XmlError, type FaultKind } from '../../../xml/error.js';
import { readXml } from '../../../xml/read.js';
import type { ImageJInspection } from './inspect.js';

/** The property with the folder of the application in which an artifact belongs. */
const SUBDIRECTORY = 'scijava.app.subdirectory';

/** Metadata in a POM. */
export interface Pom {
  /** The text, white space included; `undefined` if it is missing or empty. */
  readonly description: string | undefined;
  /** Names of the developers, in their order. */
  readonly authors: readonly string[];
  /** Folder in which to install the artifact; `undefined` if the POM does not state it without another property. */
  readonly subdirectory: string | undefined;
}

/**
 * Parses a POM by the rules of the official updater, which does not trim texts (spec, section 6).
 *
 * @throws {XmlError} if it is not well-formed, or uses an entity that it declares
 */
function parsePom(bytes: Uint8Array): Pom {
  const { root: project } = readXml(bytes, { mayDeclareEntities: true });
  const isProject = project.name === 'project';
  const top = (name: string) => (isProject ? elementsNamed(project, name) : []);
  // If an element is repeated, the last one that is not empty counts.
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

/**
 * Returns the text that the official reader has gathered at the end of an element. The reader starts again at each
 * inner element.
 */
function bodyOf(node: XmlNode): string {
  let body = '';
  for (const child of node.children) body = isElement(child) ? bodyOf(child) : body + child;
  return body;
}

/** The POM of a jar, or why it cannot be read. */
export type PomFinding = { readonly pom: Pom } | PomProblem;

/** Why a POM cannot be read. */
export interface PomProblem {
  readonly fault: string;
  /** Whether clients also fail to read it; unknown if this program did not read it. */
  readonly kind: FaultKind;
}

const findings = new WeakMap<ImageJInspection, PomFinding>();

/** Returns the POM of an artifact; `undefined` if it does not have one. Parses it on first use. */
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

/** Like {@link parsePom}, but returns errors. */
export function readPom(bytes: Uint8Array): PomFinding {
  try {
    return { pom: parsePom(bytes) };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { fault: error.message, kind: error.kind };
  }
}
