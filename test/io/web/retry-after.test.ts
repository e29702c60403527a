import { retryAfterMs } from '../../../src/io/web/retry-after.js';

describe('the time that a server asks to wait', () => {
  const date = 'Wed, 25 Nov 2026 10:00:00 GMT';

  it.each([
    ['7', 7000],
    ['0', 0],
    [' 120 ', 120_000],
    ['Wed, 25 Nov 2026 10:00:30 GMT', 30_000],
    ['Wed, 25 Nov 2026 09:00:00 GMT', 0],
    ['Wednesday, 25-Nov-26 10:00:01 GMT', 1000],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['1e9', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is parsed from "%s"', (retryAfter, wait) => {
    expect(retryAfterMs({ 'retry-after': retryAfter, date })).toBe(wait);
  });

  it('is not known for a date if the server does not send its own date', () => {
    expect(retryAfterMs({ 'retry-after': date })).toBeUndefined();
    expect(retryAfterMs({ 'retry-after': date, date: 'yesterday' })).toBeUndefined();
  });
});
