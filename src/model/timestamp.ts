/**
 * A moment as the updater writes it: the decimal number `YYYYMMDDhhmmss`, in UTC (spec, section 6).
 * 14 digits fit a JavaScript number exactly. Old indexes also contain other numbers, such as 0.
 */
export type Timestamp = number;

/** Returns the timestamp of a date, rounded down to the second. */
export function timestampOf(date: Date): Timestamp {
  return Number(date.toISOString().replace(/\D/g, '').slice(0, 14));
}

/** Returns the date of a timestamp; `undefined` if the number is not a date. */
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

/** Parses `YYYYMMDDhhmmss`; returns `undefined` if the text is not such a date. */
export function parseTimestamp(text: string): Timestamp | undefined {
  if (!/^\d{14}$/.test(text)) return undefined;
  const timestamp = Number(text);
  return dateOf(timestamp) === undefined ? undefined : timestamp;
}

/** Returns the timestamp one second later. Adds 1 if the number is not a date. */
export function nextTimestamp(timestamp: Timestamp): Timestamp {
  return dateOf(timestamp) === undefined ? timestamp + 1 : laterBy(timestamp, 1);
}

/** Returns the timestamp some seconds later. Numbers that are not dates stay; after the year 9999 it only adds. */
export function laterBy(timestamp: Timestamp, seconds: number): Timestamp {
  const date = dateOf(timestamp);
  if (date === undefined) return timestamp;
  const later = new Date(date.getTime() + seconds * 1000);
  return later.getUTCFullYear() > 9999 ? timestamp + seconds : timestampOf(later);
}

/** Formats a timestamp for people: `2026-11-20 09:32:12 UTC`. */
export function describeTimestamp(timestamp: Timestamp): string {
  const date = dateOf(timestamp);
  return date === undefined
    ? String(timestamp)
    : date.toISOString().replace('T', ' ').replace(/\..*/, ' UTC');
}
