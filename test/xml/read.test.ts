import { SaxesParser } from 'saxes';
import { isElement, type XmlNode } from '../../src/xml/element.js';
import { XmlError } from '../../src/xml/error.js';
import { readElement, readXml, readXmlText, type XmlDocument } from '../../src/xml/read.js';
import { countSteps } from '../support/count-steps.js';
import { mutatedDocument, seedDocuments } from '../support/xml-documents.js';

/** An element as both parsers should see it: its name, its attributes and its content, with adjacent texts joined. */
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

function seenByReader({ name, attributes, children }: XmlNode): Seen {
  return {
    name,
    attributes: attributes.map(({ name: key, value }) => [key, value] as const),
    content: children
      .filter((child) => child !== '')
      .map((child) => (isElement(child) ? seenByReader(child) : child)),
  };
}

function seenBySaxes({ text, documentType }: XmlDocument): Seen | undefined {
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
  // Saxes is less strict about document types.
  const { start = 0, end = 0 } = documentType ?? {};
  parser.write(text.slice(0, start) + text.slice(end)).close();
  return root;
}

test('a damaged document is refused, or read as another strict parser reads it', () => {
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
      expect(error).toBeInstanceOf(XmlError);
      continue;
    }
    expect(seenByReader(document.root)).toEqual(seenBySaxes(document));
    requireOwnPlaces(document.root, document.text);
    read++;
  }
  expect(read).toBeGreaterThan(200);
});

/** Checks that each element, cut out of the text, is read as the same element. */
function requireOwnPlaces(node: XmlNode, text: string): void {
  const source = text.slice(node.start, node.end);
  expect(source.startsWith(`<${node.name}`)).toBe(true);
  expect(text[node.startTagEnd - 1]).toBe('>');
  expect(seenByReader(readElement(source))).toEqual(seenByReader(node));
}

test('elements contain their places in the text', () => {
  const text = '<?xml version="1.0"?>\n<!-- <b/> --><a x="1">\n<b/>t<c>u</c ></a>\n';
  const { root } = readXmlText(text);
  const slices = [root, ...root.children.filter(isElement)].map(({ start, startTagEnd, end }) => [
    text.slice(start, startTagEnd),
    text.slice(start, end),
  ]);
  expect(slices).toEqual([
    ['<a x="1">', '<a x="1">\n<b/>t<c>u</c ></a>'],
    ['<b/>', '<b/>'],
    ['<c>', '<c>u</c >'],
  ]);
});

test('a single element that was cut out may use prefixes that are declared elsewhere', () => {
  expect(readElement('<!-- it --><x:a y:b="1"/>').name).toBe('x:a');
  expect(() => readXmlText('<x:a/>')).toThrow('the prefix "x" is not declared');
  for (const source of ['', 'text', '<a/><b/>', '<a>', '<!-- no -->'])
    expect(() => readElement(source)).toThrow(XmlError);
});

test.each([
  [
    'references to characters and the five names',
    '<a>&lt;&#233;&#x1F600;&amp;&gt;&quot;&apos;</a>',
    '<é😀&>"\'',
  ],
  [
    'line ends, but not those that are written as references',
    '<a>1\r\n2\r3&#13;4&#xD;\n</a>',
    '1\n2\n3\r4\r\n',
  ],
  ['sections', '<a>1<![CDATA[<&lt;\r\n]]]]><![CDATA[>]]>2</a>', '1<&lt;\n]]>2'],
  ['comments and instructions between', '<a>1<!-- x -->2<?y z?>3</a>', '123'],
  ['an escaped reference, which is decoded once', '<a>&amp;amp;</a>', '&amp;'],
])('a text may have %s', (_, text, expected) => {
  expect(readXmlText(text).root.children).toEqual([expected]);
});

test('white space in a value becomes spaces, unless it is written as a reference', () => {
  const { root } = readXmlText('<a b="1\t2\r\n3\n4&#9;5&#10;6&#13;7"/>');
  expect(root.attributes).toEqual([{ name: 'b', value: '1 2 3 4\t5\n6\r7' }]);
});

test('an error names its line, even after line ends of two characters', () => {
  expect(() => readXmlText('<a>1\r\n2\r\n3 & 4</a>')).toThrow('line 3, column 3');
  expect(() => readXmlText('<a b="1\r\n2\r\n3 & 4"/>')).toThrow('line 3, column 3');
});

test('a document that declares entities is refused, unless the rules allow it', () => {
  const bytes = Buffer.from('<!DOCTYPE a [<!ENTITY e "x">]><a/>');
  expect(() => readXml(bytes)).toThrow('it declares entities');
  expect(readXml(bytes, { mayDeclareEntities: true }).root.name).toBe('a');
});

test('elements are read up to the maximum nesting', () => {
  const { root } = readXml(Buffer.from('<a>'.repeat(200) + '</a>'.repeat(200)));
  expect(root.name).toBe('a');
});

test('the time to look up a prefix does not grow with the number of declarations', () => {
  const document = (depth: number) => {
    const declarations = (at: number) =>
      Array.from({ length: 100 }, (_, i) => ` xmlns:p${at}_${i}="u${i}"`).join('');
    const attributes = Array.from({ length: 100 }, (_, i) => ` p0_${i}:a=""`).join('');
    const open = Array.from({ length: depth }, (_, at) => `<e${declarations(at)}>`).join('');
    return `${open}${`<b${attributes}/>`.repeat(50)}${'</e>'.repeat(depth)}`;
  };
  const steps = (depth: number) => {
    const text = document(depth);
    const all = countSteps(() => readXmlText(text));
    const without = text.replace(/<b [^>]*>/g, '');
    return all - countSteps(() => readXmlText(without));
  };
  expect(steps(40) / steps(10)).toBeLessThan(1.5);
});

test('a prefix has the namespace of its innermost declaration, until that element ends', () => {
  const twice = (inner: string) => `<a xmlns:p="u" xmlns:q="v"><b xmlns:q="u">${inner}</b></a>`;
  expect(() => readXmlText(twice('<c p:x="" q:x=""/>'))).toThrow('occurs twice');
  expect(readXmlText('<a xmlns:p="u" xmlns:q="v"><b xmlns:q="u"/><c p:x="" q:x=""/></a>').root.name).toBe(
    'a',
  );
  expect(() => readXmlText('<a><b xmlns:p="u"/><c p:x=""/></a>')).toThrow('the prefix "p" is not declared');
});
