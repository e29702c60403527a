import { Cursor } from './cursor.js';
import type { DocumentType } from './document-type.js';
import type { XmlAttribute, XmlNode } from './element.js';
import { shown, XmlSyntaxError, type FaultKind } from './error.js';
import { isNcName, isQName } from './names.js';
import { createNamespaces, type Namespaces } from './namespaces.js';
import { decodeAttribute, decodeText, withPlainLineEnds } from './references.js';
import { faultInTag, UNFINISHED } from './tag-error.js';
import { FORBIDDEN_CHARACTER, lineAt } from './text.js';

/** Maximum nesting of elements, as in newer JDKs (`jdk.xml.maxElementDepth`). */
const MAX_NESTING = 200;
/** Maximum number of attributes of an element, as in newer JDKs (`jdk.xml.elementAttributeLimit`). */
const MAX_ATTRIBUTES = 200;
/** Maximum number of elements. An index with 50,000 files has a million. */
const MAX_ELEMENTS = 4_000_000;
/** Maximum number of valid names to remember. */
const MAX_KNOWN_NAMES = 10_000;

const DECLARATION =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"([\w.:-]+)"|'([\w.:-]+)')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;
const SPACE = /[ \t\r\n]*/y;
const TAG_NAME = /[^ \t\r\n/>]+/y;
const ATTRIBUTE = /[ \t\r\n]+([^ \t\r\n/>=<"']+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /[ \t\r\n]*(\/?)>/y;
const CLOSING_TAG = /<\/([^ \t\r\n>]*)[ \t\r\n]*>/y;
const TARGET = /<\?([^ \t\r\n?]*)/y;

/** An element that is being read. */
interface OpenNode extends XmlNode {
  readonly children: (XmlNode | string)[];
  startTagEnd: number;
  end: number;
}

/** What is known about the text before it is read. */
interface ReadingContext {
  readonly documentType: DocumentType | undefined;
  /** Whether the text is a part of a document that was read, so that its prefixes may be declared elsewhere. */
  readonly isPart: boolean;
}

/**
 * Reads a document from left to right, and checks all rules of well-formed XML 1.0 (fourth edition) with namespaces.
 *
 * @param text with white space in place of its document type
 * @returns the root element
 * @throws {XmlSyntaxError} at the first violation of a rule
 */
export function readElements(text: string, { documentType, isPart }: ReadingContext): XmlNode {
  const forbidden = FORBIDDEN_CHARACTER.exec(text);
  if (forbidden) throw new XmlSyntaxError('it contains a character that XML forbids', forbidden.index);
  const reader = new DocumentReader(text, documentType, isPart ? undefined : createNamespaces());
  return reader.read();
}

class DocumentReader extends Cursor {
  private root: OpenNode | undefined;
  private readonly open: OpenNode[] = [];
  private readonly known = new Set<string>();
  private elements = 0;

  constructor(
    text: string,
    private readonly documentType: DocumentType | undefined,
    private readonly namespaces: Namespaces | undefined,
  ) {
    super(text, 0);
  }

  read(): XmlNode {
    const { text } = this;
    this.declaration();
    for (let next = text.indexOf('<', this.at); next >= 0; next = text.indexOf('<', this.at)) {
      if (next > this.at) this.characters(next);
      this.at = next;
      this.markup();
    }
    if (text.length > this.at) this.characters(text.length);
    const unclosed = this.open.at(-1);
    if (unclosed)
      throw this.fault(
        `<${unclosed.name}> of line ${lineAt(text, unclosed.start)} is not closed`,
        text.length,
      );
    if (!this.root) throw this.fault('it has no element', text.length);
    return this.root;
  }

  private declaration(): void {
    if (!/^<\?xml[ \t\r\n]/.test(this.text)) return;
    const found = this.match(DECLARATION);
    if (!found) throw this.fault('its declaration must be like <?xml version="1.0" encoding="UTF-8"?>', 0);
    const version = found[1] ?? found[2] ?? '';
    if (version !== '1.0')
      throw this.fault(
        `it is XML ${version}, but only XML 1.0 is supported`,
        this.at,
        version === '1.1' ? 'unread' : 'malformed',
      );
  }

  /** Reads the text up to the next markup. */
  private characters(end: number): void {
    const { text, at } = this;
    const top = this.open.at(-1);
    if (!top) {
      this.match(SPACE);
      if (this.at < end) throw this.fault('there is text outside of the root element');
      return;
    }
    const raw = text.slice(at, end);
    const section = raw.indexOf(']]>');
    if (section >= 0) throw this.fault('a text contains "]]>"', at + section);
    const { documentType } = this;
    this.add(top, decodeText(raw, { offset: at, documentType }));
    this.at = end;
  }

  private add({ children }: OpenNode, text: string): void {
    const last = children.length - 1;
    const before = children[last];
    if (typeof before === 'string') children[last] = before + text;
    else children.push(text);
  }

  private markup(): void {
    const { text, at } = this;
    const next = text[at + 1];
    if (next === '/') this.closingTag();
    else if (next === '?') this.instruction();
    else if (next !== '!') this.startTag();
    else if (text.startsWith('<!--', at)) this.comment();
    else if (text.startsWith('<![CDATA[', at)) this.section();
    else if (text.startsWith('<!DOCTYPE', at)) throw this.fault('a document type is not allowed here');
    else throw this.fault('expected a comment or a CDATA section after "<!"');
  }

  private comment(): void {
    const end = this.text.indexOf('--', this.at + '<!--'.length);
    if (end < 0) throw this.fault(UNFINISHED, this.text.length);
    if (this.text[end + 2] !== '>') throw this.fault('a comment contains "--"', end);
    this.at = end + '-->'.length;
  }

  private section(): void {
    const top = this.open.at(-1);
    if (!top) throw this.fault('there is text outside of the root element');
    const start = this.at + '<![CDATA['.length;
    const end = this.text.indexOf(']]>', start);
    if (end < 0) throw this.fault(UNFINISHED, this.text.length);
    this.add(top, withPlainLineEnds(this.text.slice(start, end)));
    this.at = end + ']]>'.length;
  }

  private instruction(): void {
    const { text, at } = this;
    const target = this.match(TARGET)?.[1] ?? '';
    if (/^xml$/i.test(target))
      throw this.fault('the XML declaration must be at the start of the document', at);
    if (!isNcName(target)) throw this.fault(`${JSON.stringify(shown(target))} is not a name in XML 1.0`, at);
    const end = text.indexOf('?>', this.at);
    if (end < 0) throw this.fault(UNFINISHED, text.length);
    // Also after white space, where only some parsers accept it.
    this.match(SPACE);
    if (this.at < end && text[this.at] === '?')
      throw this.fault('the data of an instruction begins with a question mark');
    this.at = end + '?>'.length;
  }

  private closingTag(): void {
    const { text, at } = this;
    const top = this.open.at(-1);
    const found = this.match(CLOSING_TAG);
    const name = found?.[1];
    if (name === undefined) throw this.fault('a closing tag contains a character that XML forbids there', at);
    if (name === '') throw this.fault('a closing tag does not have a name', at);
    if (!top) throw this.fault(`the closing tag </${shown(name)}> does not close an element`, at);
    if (name !== top.name)
      throw this.fault(
        `the closing tag does not match the element that begins in line ${lineAt(text, top.start)}`,
        this.at - 1,
      );
    top.end = this.at;
    this.open.pop();
    this.namespaces?.leave(this.open.length);
  }

  private startTag(): void {
    const { open, documentType } = this;
    const start = this.at;
    this.at++;
    const name = this.match(TAG_NAME)?.[0];
    if (name === undefined) throw this.fault('expected the name of an element after "<"', start);
    this.requireName(name);
    const attributes: XmlAttribute[] = [];
    let hasPrefix = name.includes(':');
    for (let found = this.match(ATTRIBUTE); found; found = this.match(ATTRIBUTE)) {
      const [, attribute = '', inDouble, inSingle = ''] = found;
      this.requireName(attribute);
      if (attributes.some((other) => other.name === attribute))
        throw this.fault(
          `the attribute ${JSON.stringify(shown(attribute))} occurs twice in one tag`,
          this.at - 1,
        );
      const raw = inDouble ?? inSingle;
      const place = { offset: this.at - 1 - raw.length, documentType };
      attributes.push({ name: attribute, value: decodeAttribute(raw, place) });
      if (attributes.length > MAX_ATTRIBUTES)
        throw this.fault(`an element has more than ${MAX_ATTRIBUTES} attributes`, this.at - 1, 'unread');
      hasPrefix ||= attribute.includes(':') || attribute === 'xmlns';
    }
    const end = this.match(TAG_END);
    if (!end) throw faultInTag(this.text, this.at);
    if (++this.elements > MAX_ELEMENTS)
      throw this.fault(`it has more than ${MAX_ELEMENTS} elements`, start, 'unread');
    const depth = open.length;
    if (depth >= MAX_NESTING)
      throw this.fault(`elements are nested more than ${MAX_NESTING} deep`, start, 'unread');
    const prefixError = hasPrefix ? this.namespaces?.enter(name, attributes, depth) : undefined;
    if (prefixError !== undefined) throw this.fault(prefixError, this.at - 1);
    const node: OpenNode = { name, attributes, children: [], start, startTagEnd: this.at, end: this.at };
    const parent = open.at(-1);
    if (parent) parent.children.push(node);
    else if (this.root) throw this.fault('there is an element outside of the root element', start);
    else this.root = node;
    if (end[1] === '') open.push(node);
    else this.namespaces?.leave(depth);
  }

  /** Refuses names that only the fifth edition of XML allows, because the JDK refuses them. */
  private requireName(name: string): void {
    if (this.known.has(name)) return;
    if (!isQName(name))
      throw this.fault(`${JSON.stringify(shown(name))} is not a name in XML 1.0`, this.at - 1);
    if (this.known.size < MAX_KNOWN_NAMES) this.known.add(name);
  }

  private fault(reason: string, offset = this.at, kind?: FaultKind): XmlSyntaxError {
    return new XmlSyntaxError(reason, offset, kind);
  }
}
