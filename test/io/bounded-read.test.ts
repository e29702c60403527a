import { readBounded } from '../../src/io/bounded-read.js';
import { retryAfterMs } from '../../src/io/retry-after.js';

const NEVER = new AbortController().signal;

/** Chunks of one byte, of which there is always a next one. */
async function* flood(count: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < count; at++) yield await Promise.resolve(Uint8Array.of(at & 255));
}

describe('a bounded read', () => {
  it('gives the bytes of all chunks, and nothing of a stream that has more than the bound', async () => {
    const bytes = await readBounded(flood(200_000), 200_000, NEVER);
    expect(bytes?.length).toBe(200_000);
    expect(bytes?.every((byte, at) => byte === (at & 255))).toBe(true);
    expect(await readBounded(flood(200_001), 200_000, NEVER)).toBeUndefined();
    expect(await readBounded(flood(0), 10, NEVER)).toHaveLength(0);
  });

  it('lets its deadline pass although the stream never waits', async () => {
    // Without a pause between the chunks no timer fires before all of them are read.
    const read = readBounded(flood(50_000_000), 100_000_000, AbortSignal.timeout(50));
    await expect(read).rejects.toMatchObject({ name: 'TimeoutError' });
  }, 5000);
});

describe('what a server asks to wait', () => {
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
  ])('is read from "%s"', (retryAfter, wait) => {
    expect(retryAfterMs({ 'retry-after': retryAfter, date })).toBe(wait);
  });

  it('is not known if it is a moment, and the server does not give its own', () => {
    expect(retryAfterMs({ 'retry-after': date })).toBeUndefined();
    expect(retryAfterMs({ 'retry-after': date, date: 'yesterday' })).toBeUndefined();
  });
});
