import {
  attributeOf,
  elementsIn,
  textIn,
  toElement,
  unknownAttributes,
  type XmlElement,
  type XmlNode,
} from '../../../xml/element.js';
import { unversionedPath } from '../file-name.js';
import { platformName } from '../layout.js';
import { IndexError } from './error.js';
import type { Dependency, TextValue } from './site-index.js';

const NO_ATTRIBUTES: ReadonlySet<string> = new Set();

/** Reads the platforms in an element, separated by commas (spec, section 5). */
export function readPlatforms(node: XmlNode): TextValue[] {
  const value = readText(node);
  const names = value.text
    .split(',')
    .map((name) => platformName(name.trim()))
    .filter((name) => name !== '');
  return names.map((text, at) => (at === 0 ? { ...value, text } : { text, attributes: [], unknown: [] }));
}

/** Reads the text of an element, with all its parts joined. */
export function readText(node: XmlNode): TextValue {
  return {
    text: textIn(node),
    attributes: unknownAttributes(node, NO_ATTRIBUTES),
    unknown: unknownIn(node),
  };
}

/** A list that is being read. Adding takes constant time, because an index may contain 256 MB of one list. */
export interface Gathering<T> {
  readonly list: readonly T[];
  add(value: T): void;
}

/** Gathers texts. Repeated texts are kept once, in their first order (spec, section 5). */
export function gatherTexts(): Gathering<TextValue> {
  const list: TextValue[] = [];
  const texts = new Set<string>();
  return {
    list,
    add(value) {
      if (texts.has(value.text)) return;
      texts.add(value.text);
      list.push(value);
    },
  };
}

/**
 * Gathers dependencies. Of several on one file, the latest timestamp wins, in the place of the first (spec, section 5).
 */
export function gatherDependencies(): Gathering<Dependency> {
  const list: Dependency[] = [];
  const positions = new Map<string, number>();
  return {
    list,
    add(dependency) {
      const filename = unversionedPath(dependency.filename);
      const at = positions.get(filename);
      const other = at === undefined ? undefined : list[at];
      const unversioned = { ...dependency, filename };
      if (at === undefined || !other) positions.set(filename, list.push(unversioned) - 1);
      else if (other.timestamp < dependency.timestamp) list[at] = unversioned;
    },
  };
}

/** Returns the elements inside an element that should not have any. */
export function unknownIn(node: XmlNode): readonly XmlElement[] {
  return node.children.length === 0 ? [] : elementsIn(node).map(toElement);
}

/** @throws {IndexError} if a version has no checksum, because updaters could not use it */
export function requireChecksum(node: XmlNode, filename: string): string {
  const checksum = attributeOf(node, 'checksum');
  if (!checksum) throw new IndexError(`a version of ${filename} has no checksum`);
  return checksum;
}

/** Reads a number; 0 if it is missing (spec, section 5). */
export function numberAttribute(node: XmlNode, name: string, filename: string): number {
  const text = attributeOf(node, name);
  if (text === undefined) return 0;
  const isNumber = /^\d+$/.test(text);
  const value = isNumber ? Number(text) : Number.NaN;
  if (text.length > 16 || !Number.isSafeInteger(value))
    throw new IndexError(
      `a version of ${filename} has the ${name} "${text.slice(0, 40)}", which is ${isNumber ? 'too large a number' : 'not a number'}`,
    );
  return value;
}
