import { isElement, type XmlNode } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { lineAt } from '../../../xml/text.js';

/** Names of elements that are entries. */
const ENTRY_ELEMENTS: ReadonlySet<string> = new Set(['plugin', 'idea-plugin']);
/** Elements that IDEs add to the current entry. IDEs refuse the whole file if one is outside an entry. */
const ELEMENTS_OF_ENTRIES: ReadonlySet<string> = new Set([
  'id',
  'name',
  'description',
  'version',
  'vendor',
  'depends',
  'change-notes',
  'rating',
  'download-url',
  'downloadUrl',
  'tags',
  'productCode',
  'idea-version',
]);

/** Whether an element with this name is an entry. */
export function isEntryName(name: string): boolean {
  return ENTRY_ELEMENTS.has(name);
}

/**
 * Checks that all elements that IDEs look for are in valid places. IDEs refuse the whole file otherwise.
 *
 * @param lineOf returns the line of an element, for the message
 * @throws {XmlError} with the line and the remedy
 */
export function requirePlaces(node: XmlNode, lineOf: (node: XmlNode) => number, isInEntry = false): void {
  const { name } = node;
  const isEntry = isEntryName(name);
  const fault = (what: string, remedy: string) =>
    new XmlError(`<${name}> in line ${lineOf(node)} ${what}, so IDEs refuse the whole file; ${remedy}`);
  if (isEntry && isInEntry) throw fault('is inside another plugin', 'move it after that plugin');
  if (!isEntry && !isInEntry && ELEMENTS_OF_ENTRIES.has(name))
    throw fault('is not inside a <plugin>', 'move it into one, or remove it');
  for (const child of node.children) if (isElement(child)) requirePlaces(child, lineOf, isEntry || isInEntry);
}

/** Returns a function for the line of an element in its text. */
export function lineIn(text: string): (node: XmlNode) => number {
  return ({ start }) => lineAt(text, start);
}
