/** The longest wait that a server may ask for, in milliseconds. One that asks for more is not asked again. */
export const MAX_WAIT_MS = 60_000;

/**
 * How long a server asks to wait (RFC 9110, section 10.2.3): so many seconds, or until a moment, which is counted from
 * the moment that the server gives as its own.
 *
 * @returns milliseconds, 0 at least; undefined if it does not ask, or not in words that are understood
 */
export function retryAfterMs(headers: {
  readonly 'retry-after'?: string | undefined;
  readonly date?: string | undefined;
}): number | undefined {
  const asked = headers['retry-after']?.trim();
  if (asked === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(asked) ? Number(asked) * 1000 : momentOf(asked) - momentOf(headers.date);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** Only dates with a day and a time: `Date.parse` takes a lot for a date. */
function momentOf(text: string | undefined): number {
  return text !== undefined && /^[A-Za-z]{3,9},? .*\d\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
}
