import { endOfTag, markupIn } from '../../src/xml/markup.js';

/** The kinds of the markup in a text, with their texts. */
const seen = (text: string, from?: number) =>
  [...markupIn(text, from)].map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('the markup in a text', () => {
  test('is found with its kind and its place', () => {
    expect(seen('x<?a <b> ?><!-- <c> --><d e=">" f=\'>"\'>y<![CDATA[<g>]]]]><h/></d >z<!DOCTYPE i>')).toEqual(
      [
        ['instruction', '<?a <b> ?>'],
        ['comment', '<!-- <c> -->'],
        ['tag', '<d e=">" f=\'>"\'>'],
        ['section', '<![CDATA[<g>]]]]>'],
        ['tag', '<h/>'],
        ['tag', '</d >'],
        ['tag', '<!DOCTYPE i>'],
      ],
    );
    expect([...markupIn('a<b>')]).toEqual([{ kind: 'tag', start: 1, end: 4 }]);
    expect(seen('no markup > here')).toEqual([]);
    expect(seen('<a><b>', 1)).toEqual([['tag', '<b>']]);
  });

  test.each([
    ['<!-->-->', [['comment', '<!-->-->']]],
    ['<!--->', []],
    ['<![CDATA[]]>', [['section', '<![CDATA[]]>']]],
    ['<![CDATA[]>', []],
    ['<?>?>', [['instruction', '<?>?>']]],
    ['<?>', []],
    ['<![CDATA>', [['tag', '<![CDATA>']]],
    ['<!-a>', [['tag', '<!-a>']]],
  ])('of a beginning that looks finished is read to its real end: %s', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  test.each(['<!-- b', '<![CDATA[ b ]]', '<? b', '<b c="', '<b c=">', "<b c='>", '<b', '<b <c>'])(
    'ends before the first one that does not end: %s',
    (rest) => {
      expect(seen(`<a>${rest}`)).toEqual([['tag', '<a>']]);
    },
  );
});

test.each([
  ['<a>', 3],
  ['<a b="c">d>', 9],
  ['<a b="\'>" c=\'">\'>', 17],
  ['<a b=""c=\'\'>', 12],
  ['<a b="<">', 9],
  ['<a', undefined],
  ['<a b="', undefined],
  ['<a b=">', undefined],
  ['<a <b>', undefined],
  ['<a b=""<c>', undefined],
])('the tag %j ends at %j', (text, end) => {
  expect(endOfTag(text, 0)).toBe(end);
  expect(endOfTag(`x> ${text}`, 3)).toBe(end === undefined ? undefined : end + 3);
});
