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
