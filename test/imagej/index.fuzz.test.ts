import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { IndexFault } from '../../src/imagej/index-fault.js';
import { parseIndexXml } from '../../src/imagej/index-read.js';
import { renderIndexXml } from '../../src/imagej/index-write.js';
import { IMAGEJ_FIXTURES } from '../support/fixtures.js';

const SAMPLES = ['old-style', 'attribute-escapes', 'text-escapes', 'repeated-values'].map((name) =>
  readFileSync(path.join(IMAGEJ_FIXTURES, 'indexes', name, 'before.xml'), 'utf8'),
);
const PIECES = [
  '<',
  '>',
  '/>',
  '</',
  '"',
  "'",
  '&',
  ';',
  '=',
  ' ',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  '<!DOCTYPE',
  '[',
  '\u0000',
  'plugin',
  ' filename="x"',
  '<version/>',
  '&#x110000;',
  '\ud800',
];

test('whatever happens to an index, it is read or refused, and what is read can be written and read again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SAMPLES),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(6), fc.constantFrom(...PIECES)), {
        minLength: 1,
        maxLength: 4,
      }),
      (sample, edits) => {
        let text = sample;
        for (const [where, deleted, inserted] of edits) {
          const at = Math.floor(where * text.length);
          text = text.slice(0, at) + inserted + text.slice(at + deleted);
        }
        try {
          const written = renderIndexXml(parseIndexXml(Buffer.from(text)));
          expect(renderIndexXml(parseIndexXml(Buffer.from(written)))).toBe(written);
        } catch (error) {
          expect(error).toBeInstanceOf(IndexFault);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
