import type { XmlAttribute } from './element.js';
import { shown } from './error.js';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** The prefixes that are declared at the position of a reader (Namespaces in XML 1.0). */
export interface Namespaces {
  /**
   * Adds the declarations of an element, and checks all names with a prefix.
   *
   * @param depth number of elements that contain the element
   * @returns the error, or `undefined` if the element is valid
   */
  readonly enter: (name: string, attributes: readonly XmlAttribute[], depth: number) => string | undefined;
  /** Removes the declarations at this depth and below. */
  readonly leave: (depth: number) => void;
}

/** Creates the namespaces of a document, before its root element. */
export function createNamespaces(): Namespaces {
  /** The namespaces of each prefix. The innermost declaration is the last. */
  const uris = new Map<string, string[]>([['xml', [XML]]]);
  /** The declared prefixes, from the outermost element to the innermost. */
  const declared: { readonly prefix: string; readonly depth: number }[] = [];
  const uriOf = (prefix: string) => uris.get(prefix)?.at(-1);

  return {
    enter(name, attributes, depth) {
      for (const { name: attribute, value } of attributes) {
        const prefix =
          attribute === 'xmlns' ? '' : attribute.startsWith('xmlns:') ? attribute.slice(6) : undefined;
        if (prefix === undefined) continue;
        const fault = faultOfDeclaration(prefix, value);
        if (fault !== undefined) return fault;
        const known = uris.get(prefix);
        if (known) known.push(value);
        else uris.set(prefix, [value]);
        declared.push({ prefix, depth });
      }
      const prefix = prefixOf(name);
      if (prefix === 'xmlns') return 'an element has the prefix "xmlns"';
      if (prefix !== undefined && uriOf(prefix) === undefined) return undeclared(prefix);
      const seen = new Set<string>();
      for (const { name: attribute } of attributes) {
        const own = prefixOf(attribute);
        if (own === undefined || own === 'xmlns') continue;
        const uri = uriOf(own);
        if (uri === undefined) return undeclared(own);
        const full = `${uri} ${attribute.slice(own.length + 1)}`;
        if (seen.has(full))
          return `the attribute ${JSON.stringify(shown(attribute))} occurs twice in one tag`;
        seen.add(full);
      }
      return undefined;
    },

    leave(depth) {
      while ((declared.at(-1)?.depth ?? -1) >= depth) uris.get(declared.pop()?.prefix ?? '')?.pop();
    },
  };
}

function faultOfDeclaration(prefix: string, value: string): string | undefined {
  if (prefix === 'xml') return value === XML ? undefined : `the xml prefix must be bound to ${XML}`;
  if (prefix === 'xmlns') return 'the prefix "xmlns" is declared';
  // White space around the name is ignored, because only some parsers treat it as a part of the name.
  const uri = value.trim();
  if (uri === XML || uri === XMLNS) return `only the prefixes of XML itself may be bound to ${uri}`;
  return prefix !== '' && uri === '' ? 'a prefix is bound to an empty namespace' : undefined;
}

function undeclared(prefix: string): string {
  return `the prefix ${JSON.stringify(shown(prefix))} is not declared`;
}

function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(':');
  return colon < 0 ? undefined : name.slice(0, colon);
}
