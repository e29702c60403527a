import { setTimeout as timer } from 'node:timers/promises';

/** Waits a number of milliseconds; rejects with the reason of the signal if it is aborted. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<unknown>;

export interface RetryOptions {
  /** Default waits before the second attempt, the third and so on, in milliseconds; one per retry. */
  readonly waitsMs: readonly number[];
  /**
   * Returns how long to wait after a failure, in milliseconds; `undefined` if another attempt would not help.
   *
   * @param usualMs the default wait before the next attempt
   */
  readonly waitAfter: (error: unknown, usualMs: number) => number | undefined;
  /** Called before each wait. */
  readonly onRetry?: (error: unknown, waitMs: number) => void;
  /** Ends a wait. */
  readonly signal?: AbortSignal;
  readonly sleep?: Sleep | undefined;
}

/**
 * Retries an operation as long as that may help. This is for failed requests only: a publication that lost a race
 * is planned again from the new state (app/publish/publish.ts).
 *
 * @param attempt called once, and once more per retry
 * @throws the error of the last attempt, or the reason of the signal
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  { waitsMs, waitAfter, onRetry, signal, sleep = wait }: RetryOptions,
): Promise<T> {
  for (const usualMs of waitsMs) {
    try {
      return await attempt();
    } catch (error) {
      const waitMs = waitAfter(error, usualMs);
      if (waitMs === undefined) throw error;
      onRetry?.(error, waitMs);
      await sleep(waitMs, signal);
    }
  }
  return attempt();
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return timer(milliseconds, undefined, signal && { signal });
}
