import { XmlFault } from '../../../xml/fault.js';
import { markupIn } from '../../../xml/markup.js';
import { lineAt } from '../../../xml/text.js';
import { nameIn, type DocumentChild } from './document-slices.js';

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
export function isEntryName(name: string | undefined): boolean {
  return name !== undefined && ENTRY_ELEMENTS.has(name);
}

/** Whether an entry may have another one in it, as far as a search tells. */
export function mayHoldEntry(source: string): boolean {
  return source.includes('<plugin', 1) || source.includes('<idea-plugin', 1);
}

/**
 * Whether a root element has nothing in it but entries, and none of them another one, as far as a search tells: then all is
 * in its place. In most indexes that is so, and each tag need not be looked at.
 */
export function areOnlyEntries(rootName: string, children: readonly DocumentChild[]): boolean {
  const isOnlyEntry = ({ name, source }: DocumentChild) => isEntryName(name) && !mayHoldEntry(source);
  return (
    !isEntryName(rootName) &&
    !ELEMENTS_OF_ENTRIES.has(rootName) &&
    children.every((child) => child.name === undefined || isOnlyEntry(child))
  );
}

/**
 * Checks that everything which IDEs look for stands where they can take it: they refuse the whole file otherwise.
 *
 * @param text a document that the judge of XML has accepted, or an entry
 * @param from where its document type ends
 * @throws {XmlFault} that names the line and the remedy
 */
export function requirePlaces(text: string, from = 0): void {
  let depth = 0;
  /** How deep the entry stands that is open. */
  let entryDepth: number | undefined;
  for (const { kind, start, end } of markupIn(text, from)) {
    if (kind !== 'tag') continue;
    if (text[start + 1] === '/') {
      if (--depth === entryDepth) entryDepth = undefined;
      continue;
    }
    const name = nameIn(text.slice(start, end));
    const isEntry = isEntryName(name);
    const fault = (what: string, remedy: string) =>
      new XmlFault(
        `<${name}> in line ${lineAt(text, start)} ${what}, so IDEs refuse the whole file; ${remedy}`,
      );
    if (isEntry && entryDepth !== undefined)
      throw fault('stands inside of another plugin', 'move it behind that one');
    if (!isEntry && entryDepth === undefined && ELEMENTS_OF_ENTRIES.has(name))
      throw fault('does not stand inside of a <plugin>', 'move it into one, or remove it');
    if (text[end - 2] === '/') continue;
    if (isEntry) entryDepth = depth;
    depth++;
  }
}
