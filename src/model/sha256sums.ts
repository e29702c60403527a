import { compareText, sitePath } from './site-path.js';

/** The file of a site or a backup that contains the checksums of the others. */
export const SHA256SUMS = sitePath('SHA256SUMS');

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

/** A name may contain separators of lines other than `\n`, such as U+2028. */
const LINE = /^(\\?)([0-9a-f]{64}) [ *](.+?)\r?$/s;

/**
 * Parses checksums as `sha256sum` prints them. Skips other lines.
 *
 * @returns SHA-256 in lower-case hexadecimal, by the name of the file
 */
export function parseSha256Sums(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const [, escape, sum, name] = LINE.exec(line) ?? [];
      if (sum === undefined || name === undefined) return [];
      return [[escape === '' ? name : name.replace(/\\([\\nr])/g, unescaped), sum]];
    }),
  );
}

function unescaped(_escape: string, letter: string): string {
  return { n: '\n', r: '\r' }[letter] ?? letter;
}
