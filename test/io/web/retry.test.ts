import { retry, type RetryOptions } from '../../../src/io/web/retry.js';

/** Runs attempts that fail with these errors in turn, and then succeed. Waits are only recorded. */
async function run(failures: readonly string[], options: Partial<RetryOptions> = {}) {
  const waits: number[] = [];
  const retries: unknown[] = [];
  let attempts = 0;
  const result: unknown = await retry(
    () => {
      const failure = failures[attempts++];
      return failure === undefined ? Promise.resolve('done') : Promise.reject(new Error(failure));
    },
    {
      waitsMs: [10, 20],
      waitAfter: (_, usualMs) => usualMs,
      onRetry: (error, waitMs) => retries.push([(error as Error).message, waitMs]),
      sleep: (ms) => Promise.resolve(waits.push(ms)),
      ...options,
    },
  ).catch((error: unknown) => error);
  return { result, attempts, waits, retries };
}

describe('a retry', () => {
  it('is not needed after a success', async () => {
    expect(await run([])).toEqual({ result: 'done', attempts: 1, waits: [], retries: [] });
  });

  it('follows a failure after the default wait, and is announced', async () => {
    expect(await run(['a', 'b'])).toEqual({
      result: 'done',
      attempts: 3,
      waits: [10, 20],
      retries: [
        ['a', 10],
        ['b', 20],
      ],
    });
  });

  it('ends with the error of the last attempt, without another wait', async () => {
    const { result, attempts, waits } = await run(['a', 'b', 'c', 'd']);
    expect(result).toEqual(new Error('c'));
    expect([attempts, waits]).toEqual([3, [10, 20]]);
  });

  it('waits as long as the failure requires', async () => {
    expect((await run(['a', 'b'], { waitAfter: (_, usualMs) => usualMs + 1000 })).waits).toEqual([
      1010, 1020,
    ]);
    expect((await run(['a'], { waitAfter: () => 0 })).waits).toEqual([0]);
  });

  it('is not made if it would not help', async () => {
    const waitAfter = (error: unknown) => ((error as Error).message === 'final' ? undefined : 1);
    const { result, attempts, waits } = await run(['a', 'final'], { waitAfter });
    expect(result).toEqual(new Error('final'));
    expect([attempts, waits]).toEqual([2, [1]]);
  });

  it('is not made without waits', async () => {
    expect(await run(['a'], { waitsMs: [] })).toMatchObject({ result: new Error('a'), attempts: 1 });
  });

  it('ends at its signal without waiting', async () => {
    const controller = new AbortController();
    const started = performance.now();
    const running = retry(() => Promise.reject(new Error('a')), {
      waitsMs: [60_000],
      waitAfter: (_, usualMs) => usualMs,
      onRetry: () => {
        controller.abort();
      },
      signal: controller.signal,
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('waits with a real timer by default', async () => {
    const started = performance.now();
    let attempts = 0;
    const result = await retry(
      () => (attempts++ === 0 ? Promise.reject(new Error('a')) : Promise.resolve(attempts)),
      { waitsMs: [30], waitAfter: (_, usualMs) => usualMs },
    );
    expect(result).toBe(2);
    expect(performance.now() - started).toBeGreaterThan(25);
  });
});
