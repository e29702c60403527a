import { compareText } from '../model/site-path.js';

/** Characters that `sha256sum` escapes in names. */
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

/**
 * Renders checksums as `sha256sum` prints them, sorted by name, so that `sha256sum -c` reads them. A line whose name is
 * escaped begins with a backslash.
 *
 * @param sums SHA-256 in lower-case hexadecimal, by the name of the file
 */
export function renderSha256Sums(sums: ReadonlyMap<string, string>): string {
  return [...sums]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, sum]) => {
      const escaped = name.replace(/[\\\n\r]/g, (character) => ESCAPES[character] ?? character);
      return `${escaped === name ? '' : '\\'}${sum}  ${escaped}\n`;
    })
    .join('');
}
