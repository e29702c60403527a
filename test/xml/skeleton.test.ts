import { jest } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { skeletonOf } from '../../src/xml/skeleton.js';
import { FORBIDDEN_CHARACTER } from '../../src/xml/text.js';
import { damaged, XML_PIECES } from '../support/damage.js';

const LONG = 'a text of more than a few words';

describe('the skeleton of a document', () => {
  test.each([
    ['texts', `<a>${LONG}</a>`, '<a>x</a>'],
    ['sections', `<a><![CDATA[${LONG} <b>]]></a>`, '<a><![CDATA[]]></a>'],
    ['texts with ">"', `<a>${LONG} > ${LONG}</a>`, '<a>x</a>'],
  ])('has short %s', (_, text, skeleton) => {
    expect(skeletonOf(text)).toBe(skeleton);
  });

  test.each([
    ['tags', `<a b="${LONG} > ${LONG}" c='${LONG}'/>`],
    ['comments', `<a><!-- ${LONG} <![CDATA[ ${LONG} ]]> --></a>`],
    ['instructions', `<a><?b ${LONG} ${LONG} <![CDATA[]]>?></a>`],
    ['texts with a reference', `<a>${LONG} &amp; ${LONG}</a>`],
    ['texts with a bracket', `<a>${LONG} ]] ${LONG}</a>`],
    ['white space', `<a>\n${' '.repeat(50)}</a>`],
    ['what begins nothing', `<a><b "</a>${LONG}`],
    ['what ends nowhere', `<a>${LONG}</a><!-- ${LONG}`],
  ])('has %s as they are', (_, text) => {
    expect(skeletonOf(text)).toContain(text.slice(text.indexOf('<', 1)).replace(/<\/a>$/, ''));
  });

  test.each(['<!--', '<?', '<![CDATA[', '<a "', "<a '", '<a '])('is made in one go of many "%s"', (piece) => {
    const text = `<a>${piece.repeat(200_000)}`;
    const searches = countSearches(() => skeletonOf(text));
    expect(searches).toBeLessThan(20);
  });

  test('is made of a very long tag', () => {
    const text = `<a${' '.repeat(12_000_000)}b="c"/>`;
    expect(skeletonOf(text)).toBe(text);
  });

  test('is not well-formed if the document is not', () => {
    const samples = [
      `<?xml version="1.0"?>\n<!-- ${LONG} --><a xmlns:p="u" b="${LONG} > '">\n<c>${LONG}</c><![CDATA[${LONG} <x>]]>${LONG} &amp; <p:d e='${LONG} "'/>\n</a>\n`,
      `<a>${LONG}<b>${LONG}<![CDATA[]]]]>${LONG}</b><?i ${LONG}?>${LONG}<!--${LONG}--></a>`,
    ];
    const pieces = [...XML_PIECES, LONG, '<b>', '</b>', ' c="', '="'];
    fc.assert(
      fc.property(damaged(samples, pieces), (text) => {
        fc.pre(![FORBIDDEN_CHARACTER, /\p{Surrogate}/u, /<!DOCTYPE/].some((part) => part.test(text)));
        if (!isWellFormed(text)) expect(isWellFormed(skeletonOf(text))).toBe(false);
      }),
      { numRuns: 3000 },
    );
    for (const sample of samples) {
      expect(skeletonOf(sample).length).toBeLessThan(sample.length);
      expect(isWellFormed(skeletonOf(sample))).toBe(true);
    }
  });
});

/** How often a text is searched for something, which may take as long as the text. */
function countSearches(work: () => void): number {
  const search = jest.spyOn(String.prototype, 'indexOf');
  try {
    work();
    return search.mock.calls.length;
  } finally {
    search.mockRestore();
  }
}

function isWellFormed(text: string): boolean {
  const parser = new SaxesParser({ xmlns: true });
  let isFine = true;
  parser.on('error', () => {
    isFine = false;
  });
  parser.write(text).close();
  return isFine;
}
