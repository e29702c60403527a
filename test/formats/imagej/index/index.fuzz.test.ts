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

test('whatever happens to an index, it is read or refused, and what is read can be written and read again', () => {
  fc.assert(
    fc.property(damaged(SAMPLES, PIECES), (text) => {
      try {
        const written = renderIndexXml(parseIndexXml(Buffer.from(text)));
        // Malformed in, never malformed out: without its judge, an index is read leniently.
        readXmlText(written);
        expect(renderIndexXml(parseIndexXml(Buffer.from(written)))).toBe(written);
      } catch (error) {
        expect(error).toBeInstanceOf(IndexError);
      }
    }),
    { numRuns: 3000 },
  );
});
