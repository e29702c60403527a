import type { TextValue, XmlElement } from '../model/site-index.js';
import { IndexFault } from './index-fault.js';
import { platformName } from './layout.js';
import { decodeAttribute } from '../xml/text.js';
import {
  attributesOf,
  childrenOf,
  nameOf,
  textOf,
  toElement,
  unknownAttributes,
  type RawAttributes,
  type RawNode,
} from '../xml/tree.js';

const NOTHING_KNOWN: ReadonlySet<string> = new Set();

/** The platforms that one element names, separated by commas (spec, section 5). */
export function readPlatforms(node: RawNode): TextValue[] {
  const value = readText(node, 'platform');
  const names = value.text
    .split(',')
    .map((name) => platformName(name.trim()))
    .filter((name) => name !== '');
  return names.map((text, at) => (at === 0 ? { ...value, text } : { text, attributes: [], unknown: [] }));
}

/** The text of an element, all its pieces together. */
export function readText(node: RawNode, name: string): TextValue {
  let text = '';
  let unknown: XmlElement[] | undefined;
  for (const child of childrenOf(node, name)) {
    const part = textOf(child, nameOf(child));
    if (part === undefined) (unknown ??= []).push(toElement(child));
    else text += part;
  }
  return { text, attributes: unknownAttributes(attributesOf(node), NOTHING_KNOWN), unknown: unknown ?? [] };
}

/** Repeated values stay once, in first order (spec, section 5). */
export function addOnce(list: TextValue[], value: TextValue): void {
  if (!list.some((other) => other.text === value.text)) list.push(value);
}

/** The elements inside one that should have none. */
export function elementsOf(node: RawNode, name: string): readonly XmlElement[] {
  return childrenOf(node, name)
    .filter((child) => isElement(nameOf(child)))
    .map(toElement);
}

/** Whether a name is that of an element rather than of a text. */
export function isElement(name: string): boolean {
  return !name.startsWith('#');
}

/** The value of an attribute, or undefined where it is missing. */
export function textAttribute(attributes: RawAttributes, name: string): string | undefined {
  return Object.hasOwn(attributes, name) ? decodeAttribute(attributes[name] as string) : undefined;
}

/** @throws {IndexFault} where a version has no checksum, which no updater could use */
export function requireChecksum(attributes: RawAttributes, filename: string): string {
  const checksum = textAttribute(attributes, 'checksum');
  if (!checksum) throw new IndexFault(`a version of ${filename} has no checksum`);
  return checksum;
}

/** A missing number reads as 0 (spec, section 5). */
export function numberAttribute(attributes: RawAttributes, name: string, filename: string): number {
  const text = textAttribute(attributes, name);
  if (text === undefined) return 0;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw new IndexFault(
      `a version of ${filename} has the ${name} "${text.slice(0, 40)}", which is no number`,
    );
  return value;
}
