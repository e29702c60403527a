import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { IndexError } from '../../../../src/formats/imagej/index/error.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { renderIndexXml } from '../../../../src/formats/imagej/index/write.js';
import { readXmlText } from '../../../../src/xml/read.js';
import { damaged, XML_PIECES } from '../../../support/damage.js';
import { IMAGEJ_FIXTURES } from '../../../support/fixtures.js';

const SAMPLES = ['old-style', 'attribute-escapes', 'text-escapes', 'repeated-values'].map((name) =>
  readFileSync(path.join(IMAGEJ_FIXTURES, 'indexes', name, 'before.xml'), 'utf8'),
);
const PIECES = [
  ...[...XML_PIECES, 'plugin', ' filename="x"', '<version/>'],
  ...[
    '<!ENTITY x "y">',
    '<!ELEMENT a ANY>',
    '<!ATTLIST a b CDATA "c">',
    '<a⁰/>',
    '<𐀀 b="1"/>',
    '<x:y/>',
    ' x:y="1"',
  ],
];

test('reads or refuses damaged indexes, and can write and read again what it has read', () => {
  fc.assert(
    fc.property(damaged(SAMPLES, PIECES), (text) => {
      try {
        const written = renderIndexXml(parseIndexXml(Buffer.from(text)));
        // A malformed index must never lead to malformed output, although reading is lenient.
        readXmlText(written);
        expect(renderIndexXml(parseIndexXml(Buffer.from(written)))).toBe(written);
      } catch (error) {
        expect(error).toBeInstanceOf(IndexError);
      }
    }),
    { numRuns: 3000 },
  );
});
