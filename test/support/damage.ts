import fc from 'fast-check';

/** Pieces that cause trouble anywhere in XML. */
export const XML_PIECES: readonly string[] = [
  ...['<', '>', '/>', '</', '"', "'", '&', ';', '=', ' ', '[', ']', '\u0000', '\ud800'],
  ...['<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE', '<!ENTITY', '&#x110000;', '&lt;'],
];

/** Generates a sample with pieces inserted and characters deleted in up to four places. */
export function damaged(samples: readonly string[], pieces: readonly string[]): fc.Arbitrary<string> {
  const place = fc.integer({ min: 0, max: 10_000 }).map((parts) => parts / 10_000);
  const edit = fc.tuple(place, fc.nat(6), fc.constantFrom(...pieces));
  const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
  return fc.tuple(fc.constantFrom(...samples), edits).map(([sample, list]) => {
    let text = sample;
    for (const [where, deleted, inserted] of list) {
      const at = Math.floor(where * text.length);
      text = text.slice(0, at) + inserted + text.slice(at + deleted);
    }
    return text;
  });
}
