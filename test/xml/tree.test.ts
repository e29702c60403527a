import { SaxesParser } from 'saxes';
import { XmlFault } from '../../src/xml/fault.js';
import { withoutDocumentType } from '../../src/xml/judge.js';
import { decodeAttribute } from '../../src/xml/text.js';
import { attributesOf, childrenOf, nameOf, readXml, textOf, type RawNode } from '../../src/xml/tree.js';
import { mutatedDocument, seedDocuments } from '../support/xml-documents.js';

/** An element as both parsers should see it: its name, its attributes, and what is in it, with pieces of text put together. */
interface Seen {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly content: (Seen | string)[];
}

function add(content: (Seen | string)[], part: Seen | string): void {
  const last = content.at(-1);
  if (typeof part === 'string' && typeof last === 'string') content[content.length - 1] = last + part;
  else if (part !== '') content.push(part);
}

function seenByReader(node: RawNode): Seen {
  const name = nameOf(node);
  const content: (Seen | string)[] = [];
  for (const child of childrenOf(node, name))
    add(content, textOf(child, nameOf(child)) ?? seenByReader(child));
  const attributes = Object.entries(attributesOf(node)).map(
    ([key, value]) => [key, decodeAttribute(value)] as const,
  );
  return { name, attributes, content };
}

function seenByJudge(text: string): Seen | undefined {
  const parser = new SaxesParser({ xmlns: true });
  const open: Seen[] = [];
  let root: Seen | undefined;
  const text_ = (part: string) => {
    const top = open.at(-1);
    if (top) add(top.content, part);
  };
  parser.on('text', text_);
  parser.on('cdata', text_);
  parser.on('opentag', ({ name, attributes }) => {
    const element = {
      name,
      attributes: Object.entries(attributes).map(([key, { value }]) => [key, value] as const),
      content: [],
    };
    const top = open.at(-1);
    if (top) add(top.content, element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  return root;
}

test('what the judge accepts is read as the judge sees it, whatever happened to the document', () => {
  const seeds = seedDocuments();
  const documents = [
    ...seeds,
    ...Array.from({ length: 1500 }, (_, number) => mutatedDocument(seeds, number)),
  ];
  let read = 0;
  for (const bytes of documents) {
    let document;
    try {
      document = readXml(bytes, { mayDeclareEntities: true });
    } catch (error) {
      expect(error).toBeInstanceOf(XmlFault);
      continue;
    }
    expect(seenByReader(document.root)).toEqual(seenByJudge(withoutDocumentType(document)));
    read++;
  }
  expect(read).toBeGreaterThan(200);
});

test('a document that declares entities is refused, unless the kind of documents may declare them', () => {
  const bytes = Buffer.from('<!DOCTYPE a [<!ENTITY e "x">]><a/>');
  expect(() => readXml(bytes)).toThrow('it declares entities');
  expect(nameOf(readXml(bytes, { mayDeclareEntities: true }).root)).toBe('a');
});

test('nesting as deep as the judge lets pass is read', () => {
  const { root } = readXml(Buffer.from('<a>'.repeat(200) + '</a>'.repeat(200)));
  expect(nameOf(root)).toBe('a');
});
