/**
 * A moment as the updater writes it: the decimal number `YYYYMMDDhhmmss`, in UTC (spec, section 6).
 * 14 digits fit a JavaScript number exactly. Old indexes also hold other numbers, such as 0.
 */
export type Timestamp = number;

/** The timestamp of a moment, to the second (rounded down). */
export function timestampOf(date: Date): Timestamp {
  return Number(date.toISOString().replace(/\D/g, '').slice(0, 14));
}

/** The moment of a timestamp, or undefined where the number is no date. */
export function dateOf(timestamp: Timestamp): Date | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(String(timestamp));
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return timestampOf(date) === timestamp ? date : undefined;
}

/** Reads `YYYYMMDDhhmmss`; undefined where the text is no such date. */
export function parseTimestamp(text: string): Timestamp | undefined {
  if (!/^\d{14}$/.test(text)) return undefined;
  const timestamp = Number(text);
  return dateOf(timestamp) === undefined ? undefined : timestamp;
}

/** The timestamp one second later; numbers that are no date are merely counted up. */
export function nextTimestamp(timestamp: Timestamp): Timestamp {
  return dateOf(timestamp) === undefined ? timestamp + 1 : laterBy(timestamp, 1);
}

/** The timestamp some seconds later; the same number if it is not a date, and merely counted up after the year 9999. */
export function laterBy(timestamp: Timestamp, seconds: number): Timestamp {
  const date = dateOf(timestamp);
  if (date === undefined) return timestamp;
  const later = new Date(date.getTime() + seconds * 1000);
  return later.getUTCFullYear() > 9999 ? timestamp + seconds : timestampOf(later);
}

/** For people: `2026-11-20 09:32:12 UTC`. */
export function describeTimestamp(timestamp: Timestamp): string {
  const date = dateOf(timestamp);
  return date === undefined
    ? String(timestamp)
    : date.toISOString().replace('T', ' ').replace(/\..*/, ' UTC');
}
