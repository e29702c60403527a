import { XmlSyntaxError } from './error.js';
import { MAX_NAME_LENGTH, NC_NAME_SOURCE, NMTOKEN_SOURCE, QNAME_SOURCE } from './names.js';
import { Scanner, sticky } from './scanner.js';
import { FORBIDDEN_CHARACTER } from './text.js';

/** The document type declaration of a document. */
export interface DocumentType {
  /** Offsets of its beginning and its end in the text. */
  readonly start: number;
  readonly end: number;
  /** The names of the general entities that it declares. */
  readonly entities: ReadonlySet<string>;
  /** The names of the elements that it declares to contain only elements: the white space in them is not text. */
  readonly withoutText: ReadonlySet<string>;
}

/** Maximum nesting of groups in a content model. */
const MAX_GROUPS = 64;
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

const QNAME = sticky(QNAME_SOURCE);
const NC_NAME = sticky(NC_NAME_SOURCE);
const NMTOKEN = sticky(NMTOKEN_SOURCE);
/** The JDK accepts only the first 65,536 characters here. */
const NOT_IN_SYSTEM_LITERAL = /[\ud800-\udfff]/;
const NOT_IN_PUBLIC_LITERAL = /[^ \r\na-zA-Z0-9'()+,./:=?;!*#@$_%-]/;
/** The entities that XML itself declares, which a document must not replace. */
const OF_XML: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);
const REFERENCE = new RegExp(`&(?:#[0-9]+|#x[0-9a-fA-F]+|${NC_NAME_SOURCE});`, 'g');
const PREDEFINED = /&(?:#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);/g;
const TYPE = sticky('CDATA|IDREFS|IDREF|ID|ENTITY|ENTITIES|NMTOKENS|NMTOKEN');

/**
 * Reads the document type declaration of a document, including its declarations of elements, attributes and entities.
 * Never expands or fetches anything. Refuses parameter entities, conditional sections and notations, which XML allows.
 *
 * @returns `undefined` if the document does not have one
 * @throws {XmlSyntaxError} if the parser of the JDK refuses it, or if it contains something unsupported
 */
export function readDocumentType(text: string): DocumentType | undefined {
  const start = endOfMisc(text);
  if (!text.startsWith('<!DOCTYPE', start)) return undefined;
  return new Reader(text, start).documentType();
}

/** Returns the end of the declaration, comments and instructions before the document type or the root element. */
function endOfMisc(text: string): number {
  for (let at = 0; ;) {
    const character = text[at];
    const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : '';
    if (close === '' && !' \t\r\n'.includes(character ?? '<')) return at;
    const end = close === '' ? at + 1 : text.indexOf(close, at + (close === '-->' ? 4 : 2));
    if (end < 0) return at;
    at = end + close.length;
  }
}

class Reader extends Scanner {
  private readonly entities = new Set<string>();
  private readonly withoutText = new Set<string>();

  documentType(): DocumentType {
    const { start } = this;
    this.word('<!DOCTYPE');
    this.space();
    this.name(QNAME, 'a name');
    if (this.skipSpace() && this.externalId()) this.skipSpace();
    if (this.skip('[')) {
      this.declarations();
      this.word(']');
      this.skipSpace();
    }
    this.word('>');
    const forbidden = FORBIDDEN_CHARACTER.exec(this.text.slice(start, this.at));
    if (forbidden)
      throw new XmlSyntaxError('it contains a character that XML forbids', start + forbidden.index);
    const { entities, withoutText } = this;
    return { start, end: this.at, entities, withoutText };
  }

  private declarations(): void {
    for (;;) {
      this.skipSpace();
      if (this.skip('<!ELEMENT')) this.element();
      else if (this.skip('<!ATTLIST')) this.attributes();
      else if (this.skip('<!ENTITY')) this.entity();
      else if (this.text.startsWith(']', this.at)) return;
      else if (!this.comment() && !this.instruction())
        throw this.fault(
          'only comments, instructions and declarations of elements, attributes and entities are supported',
          'unread',
        );
    }
  }

  private element(): void {
    this.space();
    const name = this.name(QNAME, 'the name of an element');
    this.space();
    if (!this.skip('EMPTY') && !this.skip('ANY')) {
      this.word('(');
      this.skipSpace();
      if (this.skip('#PCDATA')) this.mixed();
      else {
        this.group(1);
        this.withoutText.add(name);
      }
    }
    this.skipSpace();
    this.word('>');
  }

  /** Reads the rest of a group that begins with `(#PCDATA`. */
  private mixed(): void {
    let hasNames = false;
    for (this.skipSpace(); this.skip('|'); this.skipSpace()) {
      this.skipSpace();
      this.name(QNAME, 'the name of an element');
      hasNames = true;
    }
    this.word(hasNames ? ')*' : ')');
    if (!hasNames) this.skip('*');
  }

  /** Reads the rest of a group that begins with `(`. */
  private group(depth: number): void {
    if (depth > MAX_GROUPS) throw this.fault('the groups of an element are nested too deeply', 'unread');
    let separator: '|' | ',' | undefined;
    do {
      this.skipSpace();
      if (this.skip('(')) this.group(depth + 1);
      else {
        this.name(QNAME, 'the name of an element');
        this.occurrence();
      }
      this.skipSpace();
      separator ??= this.text[this.at] === '|' ? '|' : ',';
    } while (this.skip(separator));
    this.word(')');
    this.occurrence();
  }

  private occurrence(): void {
    if (/[?*+]/.test(this.text[this.at] ?? '')) this.at++;
  }

  private attributes(): void {
    this.space();
    this.name(QNAME, 'the name of an element');
    while (this.skipSpace() && !this.text.startsWith('>', this.at)) {
      const at = this.at;
      const name = this.name(QNAME, 'the name of an attribute');
      this.space();
      const isText = this.attributeType();
      this.space();
      const value = this.defaultValue();
      if (!isHarmless(name, isText, value))
        throw new XmlSyntaxError(`the declaration of the attribute ${name} changes namespaces`, at, 'unread');
    }
    this.word('>');
  }

  /** @returns whether it is `CDATA` */
  private attributeType(): boolean {
    if (!this.skip('(')) {
      const type = this.match(TYPE)?.[0];
      if (type === undefined) throw this.fault('expected the type of an attribute');
      return type === 'CDATA';
    }
    do {
      this.skipSpace();
      this.name(NMTOKEN, 'a word');
      this.skipSpace();
    } while (this.skip('|'));
    this.word(')');
    return false;
  }

  /** @returns `undefined` if the attribute does not have one */
  private defaultValue(): string | undefined {
    if (this.skip('#REQUIRED') || this.skip('#IMPLIED')) return undefined;
    if (this.skip('#FIXED')) this.space();
    const start = this.at;
    const value = this.literal((text) => !/[<&]/.test(text.replace(PREDEFINED, '')));
    if (value === undefined) throw this.fault('expected the default value of an attribute');
    this.requireCharacters(value, start + 1);
    return value;
  }

  private entity(): void {
    this.space();
    if (this.text.startsWith('%', this.at))
      throw this.fault('parameter entities are not supported', 'unread');
    const name = this.name(NC_NAME, 'the name of an entity');
    this.space();
    const start = this.at;
    const value = this.literal((text) => !/[%&]/.test(text.replace(REFERENCE, withoutShort)));
    if (value !== undefined) {
      this.requireCharacters(value, start + 1);
      this.skipSpace();
    } else if (!this.externalId()) throw this.fault('expected the value of an entity');
    else if (this.skipSpace() && this.skip('NDATA')) {
      if (OF_XML.has(name)) throw this.fault(`the entity ${name} is reserved by XML`);
      this.space();
      this.name(NC_NAME, 'the name of a notation');
      this.skipSpace();
    }
    this.word('>');
    this.entities.add(name);
  }

  /** Skips an external identifier. Returns whether there was one. */
  private externalId(): boolean {
    if (this.skip('PUBLIC')) {
      this.space();
      if (this.literal((text) => !NOT_IN_PUBLIC_LITERAL.test(text)) === undefined)
        throw this.fault('expected a public identifier');
    } else if (!this.skip('SYSTEM')) return false;
    this.space();
    if (this.literal((text) => !NOT_IN_SYSTEM_LITERAL.test(text)) === undefined)
      throw this.fault('expected a system identifier');
    return true;
  }
}

/** Whether the declaration of an attribute does not change the namespaces of prefixes. */
function isHarmless(name: string, isText: boolean, value: string | undefined): boolean {
  if (name === 'xmlns') return isText && (value === undefined || !isReserved(value));
  if (name.startsWith('xmlns:')) return isText && value === undefined;
  return value === undefined || !name.includes(':') || name.startsWith('xml:');
}

/** Whether a default namespace is reserved. A reference could hide a reserved one. */
function isReserved(value: string): boolean {
  return value.includes('&') || value.trim() === XML_NAMESPACE || value.trim() === XMLNS_NAMESPACE;
}

/** Removes a reference from a text, unless its name is too long. */
function withoutShort(reference: string): string {
  return reference.length - '&;'.length > MAX_NAME_LENGTH ? reference : '';
}
