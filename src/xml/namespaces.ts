import type { XmlAttribute } from './element.js';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** The prefixes that are declared where a reader stands (Namespaces in XML 1.0). */
export interface Namespaces {
  /**
   * Takes the declarations of an element, and checks what has a prefix.
   *
   * @param depth how many elements it stands in
   * @returns what is wrong; undefined if nothing is
   */
  readonly enter: (name: string, attributes: readonly XmlAttribute[], depth: number) => string | undefined;
  /** Forgets what was declared deeper. */
  readonly leave: (depth: number) => void;
}

/** Creates the namespaces of a document, before its root element. */
export function createNamespaces(): Namespaces {
  /** From the outermost to the innermost. */
  const declared: { readonly prefix: string; readonly uri: string; readonly depth: number }[] = [
    { prefix: 'xml', uri: XML, depth: -1 },
  ];
  const uriOf = (prefix: string) => declared.findLast((one) => one.prefix === prefix)?.uri;

  return {
    enter(name, attributes, depth) {
      for (const { name: attribute, value } of attributes) {
        const prefix =
          attribute === 'xmlns' ? '' : attribute.startsWith('xmlns:') ? attribute.slice(6) : undefined;
        if (prefix === undefined) continue;
        // White space counts as nothing: a parser that takes it for a namespace is stricter elsewhere.
        const uri = value.trim();
        const fault = faultOfDeclaration(prefix, uri);
        if (fault !== undefined) return fault;
        declared.push({ prefix, uri: value, depth });
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
        if (seen.has(full)) return `the attribute ${JSON.stringify(attribute)} stands twice in one tag`;
        seen.add(full);
      }
      return undefined;
    },

    leave(depth) {
      while ((declared.at(-1)?.depth ?? -1) >= depth) declared.pop();
    },
  };
}

function faultOfDeclaration(prefix: string, uri: string): string | undefined {
  if (prefix === 'xml') return uri === XML ? undefined : `the xml prefix must be bound to ${XML}`;
  if (prefix === 'xmlns') return 'the prefix "xmlns" is declared';
  if (uri === XML || uri === XMLNS) return `only the prefixes of XML itself may be bound to ${uri}`;
  return prefix !== '' && uri === '' ? 'a prefix stands for an empty namespace' : undefined;
}

function undeclared(prefix: string): string {
  return `the prefix ${JSON.stringify(prefix)} is not declared`;
}

function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(':');
  return colon < 0 ? undefined : name.slice(0, colon);
}
