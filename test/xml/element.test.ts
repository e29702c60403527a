import {
  attributeOf,
  elementsIn,
  elementsNamed,
  textIn,
  toElement,
  unknownAttributes,
  type XmlElement,
} from '../../src/xml/element.js';
import { readElement } from '../../src/xml/read.js';
import { renderAttributes, renderElement, renderLines } from '../../src/xml/write.js';

const element = (name: string, ...children: (XmlElement | string)[]): XmlElement => ({
  name,
  attributes: [],
  children,
});

describe('an element that was read', () => {
  const node = readElement('<a b="1" c="2" d="3">x<e>y</e><f/><![CDATA[z]]><e g=""/></a>');

  test('has elements, attributes and a text of its own', () => {
    expect(elementsIn(node).map(({ name }) => name)).toEqual(['e', 'f', 'e']);
    expect(elementsNamed(node, 'e').map(({ attributes }) => attributes)).toEqual([
      [],
      [{ name: 'g', value: '' }],
    ]);
    expect(elementsNamed(node, 'x')).toEqual([]);
    expect(attributeOf(node, 'c')).toBe('2');
    expect(attributeOf(node, 'x')).toBeUndefined();
    expect(textIn(node)).toBe('xz');
  });

  test.each([
    ['<a/>', ''],
    ['<a>x</a>', 'x'],
    ['<a><b>x</b></a>', ''],
    ['<a><b>x</b><b/></a>', ''],
    ['<a> <b>x</b>\n</a>', ' \n'],
  ])('%j has the text %j', (source, text) => {
    expect(textIn(readElement(source))).toBe(text);
  });

  test('lists its unknown attributes in their order', () => {
    const unknown = (...known: string[]) => unknownAttributes(node, new Set(known)).map(({ name }) => name);
    expect(unknown('b', 'c', 'd', 'e')).toEqual([]);
    expect(unknown('c')).toEqual(['b', 'd']);
    expect(unknown()).toEqual(['b', 'c', 'd']);
  });

  test('is converted without places and indentation, but with all of its content', () => {
    const source = '<a b="1">\n  <c>\n    <d/> <d> </d>\n  </c>\t<e>x <f/> y</e>\n</a>';
    expect(toElement(readElement(source))).toEqual({
      name: 'a',
      attributes: [{ name: 'b', value: '1' }],
      children: [element('c', element('d'), element('d', ' ')), element('e', 'x ', element('f'), ' y')],
    });
    expect(toElement(readElement('<a> </a>'))).toEqual(element('a', ' '));
    expect(toElement(readElement('<a> <b/> c <b/> </a>'))).toEqual(
      element('a', ' ', element('b'), ' c ', element('b'), ' '),
    );
  });
});

describe('an element that is written', () => {
  test('has each of its elements on a line of its own, but mixed content as it is', () => {
    const written = renderElement(
      {
        name: 'a',
        attributes: [
          { name: 'b', value: '"&' },
          { name: 'c', value: '' },
        ],
        children: [
          element('d'),
          element('e', element('f', '1 < 2'), element('g', element('h'))),
          element('i', 'x ', element('j'), {
            ...element('k', 'y', element('l')),
            attributes: [{ name: 'm', value: '>' }],
          }),
        ],
      },
      '  ',
    );
    expect(written).toBe(`  <a b="&quot;&amp;" c="">
      <d/>
      <e>
          <f>1 &lt; 2</f>
          <g>
              <h/>
          </g>
      </e>
      <i>x <j/><k m="&gt;">y<l/></k></i>
  </a>
`);
  });

  test('is one tag without content, also around lines', () => {
    expect(renderElement(element('a'), '')).toBe('<a/>\n');
    expect(renderLines('  ', 'a', ' b="1"', '')).toBe('  <a b="1"/>\n');
    expect(renderLines('  ', 'a', ' b="1"', '    <c/>\n')).toBe('  <a b="1">\n    <c/>\n  </a>\n');
    expect(renderAttributes([])).toBe('');
    expect(
      renderAttributes([
        { name: 'a', value: '1\n' },
        { name: 'b', value: '2' },
      ]),
    ).toBe(' a="1&#10;" b="2"');
  });

  test.each([
    '<a/>\n',
    '<a b="1">x</a>\n',
    '<a>\n    <b c="&lt;"/>\n    <d>\n        <e>&amp;</e>\n    </d>\n</a>\n',
    '<a> x <b>y</b><c/> z\n</a>\n',
  ])('is the same as the one that was read: %j', (source) => {
    expect(renderElement(toElement(readElement(source)), '')).toBe(source);
  });
});
