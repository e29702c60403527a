import { Cursor } from './cursor.js';
import type { DocumentType } from './document-type.js';
import type { XmlAttribute, XmlNode } from './element.js';
import { shown, XmlSyntaxError, type FaultKind } from './error.js';
import { isNcName, isQName } from './names.js';
import { createNamespaces, type Namespaces } from './namespaces.js';
import { decodeAttribute, decodeText, withPlainLineEnds } from './references.js';
import { faultInTag, UNFINISHED } from './tag-error.js';
import { FORBIDDEN_CHARACTER, lineAt } from './text.js';

/** Deepest nesting that is read, as in newer JDKs (`jdk.xml.maxElementDepth`). */
const MAX_NESTING = 200;
/** Most attributes of an element, as in newer JDKs (`jdk.xml.elementAttributeLimit`). */
const MAX_ATTRIBUTES = 200;
/** Most elements that are read: an index with 50,000 files has a million. */
const MAX_ELEMENTS = 4_000_000;
/** How many names are remembered as good. */
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
interface Reading {
  readonly documentType: DocumentType | undefined;
  /** Whether prefixes may be declared elsewhere: the text is a part of a document that was read. */
  readonly isPart: boolean;
}

/**
 * Reads a document from the left to the right, and checks it by all the rules of well-formed XML 1.0 with namespaces, in the
 * fourth edition.
 *
 * @param text with white space in the place of its document type
 * @returns the root element
 * @throws {XmlSyntaxError} at the first place where a rule is broken
 */
export function readElements(text: string, { documentType, isPart }: Reading): XmlNode {
  const forbidden = FORBIDDEN_CHARACTER.exec(text);
  if (forbidden) throw new XmlSyntaxError('there is a character that XML forbids', forbidden.index);
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
    if (!found) throw this.fault('its declaration should be as in <?xml version="1.0" encoding="UTF-8"?>', 0);
    const version = found[1] ?? found[2] ?? '';
    if (version !== '1.0')
      throw this.fault(
        `it is XML ${version}, and only XML 1.0 is read`,
        this.at,
        version === '1.1' ? 'unread' : 'malformed',
      );
  }

  /** Text up to the next markup. */
  private characters(end: number): void {
    const { text, at } = this;
    const top = this.open.at(-1);
    if (!top) {
      this.match(SPACE);
      if (this.at < end) throw this.fault('there is text beside the root element');
      return;
    }
    const raw = text.slice(at, end);
    const section = raw.indexOf(']]>');
    if (section >= 0) throw this.fault('there is "]]>" in a text', at + section);
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
    else if (text.startsWith('<!DOCTYPE', at)) throw this.fault('a document type stands where none may be');
    else throw this.fault('after "<!" there should be a comment or a CDATA section');
  }

  private comment(): void {
    const end = this.text.indexOf('--', this.at + '<!--'.length);
    if (end < 0) throw this.fault(UNFINISHED, this.text.length);
    if (this.text[end + 2] !== '>') throw this.fault('there is "--" in a comment', end);
    this.at = end + '-->'.length;
  }

  private section(): void {
    const top = this.open.at(-1);
    if (!top) throw this.fault('there is text beside the root element');
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
    // Also behind white space, where only some parsers take it.
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
    if (name === undefined) throw this.fault('a closing tag has a character that XML forbids there', at);
    if (name === '') throw this.fault('there is a closing tag without a name', at);
    if (!top) throw this.fault(`the closing tag </${shown(name)}> closes no element`, at);
    if (name !== top.name)
      throw this.fault(
        `the closing tag is not that of the element that begins in line ${lineAt(text, top.start)}`,
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
    if (name === undefined) throw this.fault('after "<" there should be the name of an element', start);
    this.requireName(name);
    const attributes: XmlAttribute[] = [];
    let hasPrefix = name.includes(':');
    for (let found = this.match(ATTRIBUTE); found; found = this.match(ATTRIBUTE)) {
      const [, attribute = '', inDouble, inSingle = ''] = found;
      this.requireName(attribute);
      if (attributes.some((other) => other.name === attribute))
        throw this.fault(
          `the attribute ${JSON.stringify(shown(attribute))} stands twice in one tag`,
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
      throw this.fault(`there are more than ${MAX_ELEMENTS} elements`, start, 'unread');
    const depth = open.length;
    if (depth >= MAX_NESTING)
      throw this.fault(`elements are nested more than ${MAX_NESTING} deep`, start, 'unread');
    const wrong = hasPrefix ? this.namespaces?.enter(name, attributes, depth) : undefined;
    if (wrong !== undefined) throw this.fault(wrong, this.at - 1);
    const node: OpenNode = { name, attributes, children: [], start, startTagEnd: this.at, end: this.at };
    const parent = open.at(-1);
    if (parent) parent.children.push(node);
    else if (this.root) throw this.fault('there is an element beside the root element', start);
    else this.root = node;
    if (end[1] === '') open.push(node);
    else this.namespaces?.leave(depth);
  }

  /** By the fifth edition of XML more names are allowed than the JDK takes. */
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
