/** Maximum wait that a server may ask for, in milliseconds. A request with a longer wait is not retried. */
export const MAX_WAIT_MS = 60_000;

/**
 * Parses how long a server asks to wait (RFC 9110, section 10.2.3): a number of seconds, or a date, which is
 * compared with the server's own date.
 *
 * @returns milliseconds, at least 0; `undefined` if the header is missing or invalid
 */
export function retryAfterMs(headers: {
  readonly 'retry-after'?: string | undefined;
  readonly date?: string | undefined;
}): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : momentOf(value) - momentOf(headers.date);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** Parses only dates with a weekday and a time, because `Date.parse` accepts too much. */
function momentOf(text: string | undefined): number {
  return text !== undefined && /^[A-Za-z]{3,9},? .*\d\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
}
