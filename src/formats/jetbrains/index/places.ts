import { isElement, type XmlNode } from '../../../xml/element.js';
import { XmlError } from '../../../xml/error.js';
import { lineAt } from '../../../xml/text.js';

/** The elements that are an entry. */
const ENTRY_ELEMENTS: ReadonlySet<string> = new Set(['plugin', 'idea-plugin']);
/** What IDEs put into the entry that they are reading; without one, they refuse the whole file. */
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

/** Whether an element of this name is an entry. */
export function isEntryName(name: string): boolean {
  return ENTRY_ELEMENTS.has(name);
}

/**
 * Checks that everything which IDEs look for stands where they can take it: they refuse the whole file otherwise.
 *
 * @param lineOf the line of an element, for the message
 * @throws {XmlError} that names the line and the remedy
 */
export function requirePlaces(node: XmlNode, lineOf: (node: XmlNode) => number, isInEntry = false): void {
  const { name } = node;
  const isEntry = isEntryName(name);
  const fault = (what: string, remedy: string) =>
    new XmlError(`<${name}> in line ${lineOf(node)} ${what}, so IDEs refuse the whole file; ${remedy}`);
  if (isEntry && isInEntry) throw fault('stands inside of another plugin', 'move it behind that one');
  if (!isEntry && !isInEntry && ELEMENTS_OF_ENTRIES.has(name))
    throw fault('does not stand inside of a <plugin>', 'move it into one, or remove it');
  for (const child of node.children) if (isElement(child)) requirePlaces(child, lineOf, isEntry || isInEntry);
}

/** The line of an element in the text that it was read from. */
export function lineIn(text: string): (node: XmlNode) => number {
  return ({ start }) => lineAt(text, start);
}
