import type { OfferChange } from '../../src/model/offer-table.js';
import { offerInWords } from '../../src/report/offer-words.js';

const offered = (...versions: string[]) => ({ versions, isPartial: false });
const partly = (...versions: string[]) => ({ versions, isPartial: true });

function offer(more: Partial<OfferChange>): OfferChange {
  return { plugin: 'org.a', ides: '2024.2', systems: [], before: offered('1'), after: offered('2'), ...more };
}

test.each<[string, Partial<OfferChange>, string, string]>([
  ['another version', {}, '1', '2'],
  ['a first version', { before: offered() }, 'not offered', '2'],
  ['the last version', { after: offered(), loss: 'lost' }, '1', 'no longer offered'],
  ['a lower version', { before: offered('3'), loss: 'lower' }, '3', '2, lower than before'],
  [
    'a version for some builds',
    { after: partly('1'), loss: 'narrower' },
    '1',
    '1 (some builds), in fewer builds than before',
  ],
  [
    'several versions',
    { before: offered('1', '2'), after: offered('3', '2', '1') },
    '1 or 2 (depending on the build)',
    '3 or 2 or 1 (depending on the build)',
  ],
  ['several versions for some builds', { before: partly('1', '2') }, '1 or 2 (some builds)', '2'],
  ['no version for any build', { before: partly(), after: partly() }, 'not offered', 'no longer offered'],
])('a row about %s names the versions', (_, more, before, after) => {
  expect(offerInWords(offer(more))).toEqual({ ides: '2024.2', before, after });
});

test('a row for some systems names them', () => {
  expect(offerInWords(offer({ systems: ['linux'] })).ides).toBe('2024.2 (linux)');
  expect(offerInWords(offer({ systems: ['linux', 'windows'] })).ides).toBe('2024.2 (linux, windows)');
});
