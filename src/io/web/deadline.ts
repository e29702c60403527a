/** What ends an operation when its time is over. */
export interface Deadline {
  /** Aborted when the time is over, or when the operation around it is. */
  readonly signal: AbortSignal;
  /** Frees the timer. To be called in any case. */
  readonly end: () => void;
}

/**
 * Starts a deadline. Not made with `AbortSignal.any` and `AbortSignal.timeout`: in Node.js 20 the garbage collector may
 * take a timeout that is only part of another signal, and then it never fires.
 *
 * @param timeoutMs milliseconds
 * @param outer the signal of the operation around it
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
