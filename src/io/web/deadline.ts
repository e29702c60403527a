/** Ends an operation when its time is over. */
export interface Deadline {
  /** Aborted when the time is over, or when the outer operation is aborted. */
  readonly signal: AbortSignal;
  /** Frees the timer. Must always be called. */
  readonly end: () => void;
}

/**
 * Starts a deadline. It does not use `AbortSignal.any` and `AbortSignal.timeout`: in Node.js 20, a timeout that is
 * only part of another signal may be garbage-collected, and then never fires.
 *
 * @param timeoutMs in milliseconds
 * @param outer the signal of the outer operation
 */
export function startDeadline(timeoutMs: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const follow = () => {
    controller.abort(outer?.reason);
  };
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The time is over.', 'TimeoutError'));
  }, timeoutMs);
  if (outer?.aborted) follow();
  outer?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
}
