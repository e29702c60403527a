/**
 * Reads untrusted XML as strictly as the parsers of clients do, within bounds, and writes it back: unknown elements and
 * attributes survive. The judge refuses what a client would refuse, the tree is what the formats read.
 *
 * @module
 */

import { XMLParser } from 'fast-xml-parser';
import { messageOf } from '../model/user-error.js';
import type { XmlAttribute, XmlElement } from './element.js';
import { XmlFault } from './fault.js';
import { judgeXml, MAX_NESTING, withoutDocumentType, type JudgedXml } from './judge.js';
import { decodeAttribute, decodeReferences } from './text.js';

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

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
  // It counts the root too, and refuses what the judge lets pass if it is not generous.
  maxNestedTags: MAX_NESTING + 1,
  jPath: false,
  // Names such as toString are not renamed: they are kept in objects that are only ever asked for own properties.
  onDangerousProperty: (name) => name,
});

/** What a kind of documents may have. */
export interface XmlRules {
  /** Whether a document may declare entities, as long as it does not use them. */
  readonly mayDeclareEntities?: boolean;
}

/** A document that was judged and parsed. */
export interface XmlDocument extends JudgedXml {
  readonly root: RawNode;
}

/**
 * Reads a document. The judge comes first: what it refuses, clients cannot read.
 *
 * @param bytes a whole document, in any encoding that the judge knows
 * @throws {XmlFault} if it is not well-formed, or declares entities
 */
export function readXml(bytes: Uint8Array, rules: XmlRules = {}): XmlDocument {
  const document = judgeXml(bytes);
  if (!rules.mayDeclareEntities) requireNoEntities(document);
  return { ...document, root: parseRoot(withoutDocumentType(document)) };
}

function requireNoEntities({ documentType }: JudgedXml): void {
  if (documentType?.entities.size)
    throw new XmlFault('it declares entities, which are not needed and can be used for attacks', {
      kind: 'unread',
    });
}

/**
 * Parses an element that was cut out of a document which the judge has accepted, or made of such elements.
 *
 * @throws {XmlFault} if it is not one element
 */
export function parseElement(source: string): RawNode {
  return parseRoot(source);
}

function parseRoot(text: string): RawNode {
  let nodes: RawNode[];
  try {
    nodes = parser.parse(text) as RawNode[];
  } catch (error) {
    throw new XmlFault(`it cannot be read (${messageOf(error)})`, { kind: 'unread', cause: error });
  }
  const [root, ...others] = nodes.filter((node) => nameOf(node) !== TEXT);
  if (root === undefined || others.length > 0)
    throw new XmlFault('it cannot be read (it is not one element)');
  return root;
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
