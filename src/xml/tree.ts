import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { XmlAttribute, XmlElement } from '../model/site-index.js';
import { messageOf } from '../model/user-error.js';
import { XmlFault } from './fault.js';
import { decodeAttribute, decodeReferences } from './text.js';

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

/** Deepest nesting that is read. The format has four levels. */
const MAX_NESTING = 64;

/** An element or a text as fast-xml-parser gives it with `preserveOrder`: one key for the name, one for the attributes. */
export type RawNode = Readonly<Record<string, unknown>>;

/** Attributes by name, in the order of the document, their references not yet decoded. */
export type RawAttributes = Readonly<Record<string, string>>;

const NO_ATTRIBUTES: RawAttributes = {};
const NOTHING_KNOWN: ReadonlySet<string> = new Set();

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: CDATA,
  parseTagValue: false,
  trimValues: false,
  // Entities are not the parser's business: only decodeReferences replaces them, and it expands nothing.
  processEntities: false,
  ignorePiTags: true,
  ignoreDeclaration: true,
  maxNestedTags: MAX_NESTING,
  jPath: false,
  // Names such as toString are not renamed: they are kept in objects that are only ever asked for own properties.
  onDangerousProperty: (name) => name,
});

/**
 * Parses a document into its one root element. The result of a document that is not well-formed is undefined:
 * {@link requireWellFormed} tells.
 *
 * @throws {XmlFault} where it declares entities or has no single root
 */
export function parseXml(text: string): RawNode {
  refuseEntityDeclarations(text);
  let nodes: RawNode[];
  try {
    nodes = parser.parse(text) as RawNode[];
  } catch (error) {
    throw new XmlFault(`it is not well-formed XML (${messageOf(error)})`, error);
  }
  const elements = nodes.filter((node) => nameOf(node) !== TEXT);
  const stray = nodes.find((node) => nameOf(node) === TEXT && String(node[TEXT]).trim() !== '');
  const [root] = elements;
  if (root === undefined) throw new XmlFault('it holds no element');
  if (elements.length > 1 || stray)
    throw new XmlFault('it is not well-formed XML (there is something beside the root element)');
  return root;
}

/** @throws {XmlFault} that names the line where the document is not well-formed */
export function requireWellFormed(text: string): void {
  const result = XMLValidator.validate(text);
  if (result === true) return;
  throw new XmlFault(`it is not well-formed XML (line ${result.err.line}: ${result.err.msg})`);
}

function refuseEntityDeclarations(text: string): void {
  const doctype = text.indexOf('<!DOCTYPE');
  if (doctype < 0) return;
  const entity = text.indexOf('<!ENTITY', doctype);
  if (entity < 0) return;
  // What follows the first element is content, where the same characters may stand in a CDATA section.
  const root = text.slice(doctype).search(/<[A-Za-z_:]/) + doctype;
  if (root < doctype || entity < root) {
    throw new XmlFault('it declares entities, which are not needed and can be used for attacks');
  }
}

/** The name of an element, or `#text` or `#cdata`. */
export function nameOf(node: RawNode): string {
  for (const key in node) return key;
  return '';
}

/** The children of an element called `name`. */
export function childrenOf(node: RawNode, name: string): readonly RawNode[] {
  return node[name] as RawNode[];
}

/** The children of an element that are elements called `name`. */
export function elementsNamed(node: RawNode, name: string): readonly RawNode[] {
  return childrenOf(node, nameOf(node)).filter((child) => nameOf(child) === name);
}

export function attributesOf(node: RawNode): RawAttributes {
  return (node[ATTRIBUTES] as RawAttributes | undefined) ?? NO_ATTRIBUTES;
}

/** The attributes that are not in `known`, decoded, in the order of the document. */
export function unknownAttributes(raw: RawAttributes, known: ReadonlySet<string>): readonly XmlAttribute[] {
  let result: XmlAttribute[] | undefined;
  for (const name in raw) {
    if (!known.has(name)) (result ??= []).push({ name, value: decodeAttribute(raw[name] as string) });
  }
  return result ?? [];
}

/** The text of a node that is no element; undefined for elements. */
export function textOf(node: RawNode, name: string): string | undefined {
  if (name === TEXT) return decodeReferences(node[TEXT] as string);
  if (name !== CDATA) return undefined;
  return childrenOf(node, CDATA)
    .map((child) => child[TEXT] as string)
    .join('');
}

/** An element that we do not know, whole. */
export function toElement(node: RawNode): XmlElement {
  const name = nameOf(node);
  const children: (XmlElement | string)[] = [];
  for (const child of childrenOf(node, name)) {
    const text = textOf(child, nameOf(child));
    if (text === undefined) children.push(toElement(child));
    else if (typeof children.at(-1) === 'string') children.push((children.pop() as string) + text);
    else children.push(text);
  }
  // White space between elements is the indentation of whoever wrote it; ours will take its place.
  const isIndented = children.some((child) => typeof child !== 'string');
  const isBlank = children.every((child) => typeof child !== 'string' || child.trim() === '');
  return {
    name,
    attributes: unknownAttributes(attributesOf(node), NOTHING_KNOWN),
    children: isIndented && isBlank ? children.filter((child) => typeof child !== 'string') : children,
  };
}
