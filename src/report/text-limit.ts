import { count } from '../model/humanize.js';

/** The maximum size of a text, and how it is measured. */
export interface TextLimit {
  readonly max: number;
  readonly sizeOf: (text: string) => number;
}

/** GitHub discards a job summary of more than 1 MiB as a whole. */
export const SUMMARY_LIMIT: TextLimit = { max: 1024 * 1024, sizeOf: (text) => Buffer.byteLength(text) };
/** GitHub refuses longer comments. */
export const COMMENT_LIMIT: TextLimit = { max: 65_536, sizeOf: ({ length }) => length };

/** A part of a report that may be shown incompletely. */
export interface Section {
  /** What is before the lines; an empty line by default. */
  readonly before?: string;
  readonly after?: string;
  readonly lines: readonly string[];
  /** Name of a line, in the singular. */
  readonly noun: string;
  /** Number of further lines that are not shown anywhere. */
  readonly omitted?: number | undefined;
}

/** A text that fits into a limit. */
export interface Fitting {
  readonly text: string;
  /** Whether lines are missing because they need too much space. */
  readonly isCut: boolean;
}

/** Space reserved for a line that states what was omitted. */
const RESERVE = 128;

/** Renders as many lines of a section as fit, and states how many do not. Without lines, the text is empty. */
export function fitted(
  { before = '\n', after = '', lines, noun, omitted = 0 }: Section,
  { max, sizeOf }: TextLimit,
): Fitting {
  let size = sizeOf(before + after) + RESERVE;
  const tooMany = lines.findIndex((line) => (size += sizeOf(line)) > max);
  const kept = tooMany < 0 ? lines : lines.slice(0, tooMany);
  const isCut = kept.length < lines.length;
  if (kept.length === 0) return { text: '', isCut };
  const missing = lines.length - kept.length + omitted;
  const more = missing === 0 ? '' : `\n… and ${count(missing, `more ${noun}`)}.\n`;
  return { text: `${before}${kept.join('')}${more}${after}`, isCut };
}
