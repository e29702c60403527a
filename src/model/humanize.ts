/** Formats a size for people: `3.4 MB`, in decimal units, as GitHub does. */
export function describeBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = '';
  for (const next of units) {
    value /= 1000;
    unit = next;
    if (value < 999.95) break;
  }
  return `${value.toFixed(1)} ${unit}`;
}

/** Formats a number with its noun: `1 file`, `3 files`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(number)} ${number === 1 ? singular : plural}`;
}

/** Formats a number for people: `12,345`. */
export function formatNumber(number: number): string {
  // `Intl.NumberFormat` takes 30 ms to load.
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Maximum number of names in a message, unless the caller has another limit. */
const MAX_NAMES = 10;

/**
 * Joins names for a message: `a, b and 3 more`.
 *
 * @param max how many names are listed
 * @param noun what the others are, in the singular: `a, b and 3 more files`
 */
export function listNames(names: readonly string[], max = MAX_NAMES, noun?: string): string {
  const shown = names.slice(0, max).join(', ');
  const rest = names.length - max;
  if (rest <= 0) return shown;
  return `${shown} and ${noun === undefined ? `${formatNumber(rest)} more` : count(rest, `more ${noun}`)}`;
}

/** Cuts a text after some characters (UTF-16 code units), and marks that with `…`. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  // Half a surrogate pair is not a character.
  return `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')}…`;
}
