import { CST, Lexer } from 'yaml';

/** Maximum number of keys. The configuration of a site with a thousand files has some 3,000. */
const MAX_KEYS = 5000;
/** Maximum number of YAML tokens, without white space and comments. */
const MAX_TOKENS = 50_000;
/** Maximum nesting. The configuration has four levels. */
const MAX_DEPTH = 32;
/** Maximum number of anchors, and of aliases: more is an attack, not a configuration. */
export const MAX_ALIASES = 100;

/** Why a text is refused as a configuration. */
export interface Excess {
  /** Counted from 1. */
  readonly line: number;
  /** Completes "FILE, line 3: …". */
  readonly what: string;
}

const BLANK = new Set([
  'byte-order-mark',
  'doc-mode',
  'flow-error-end',
  'scalar',
  'space',
  'newline',
  'comment',
]);
const KEY_SIGNS = new Set(['map-value-ind', 'explicit-key-ind', 'comma']);
const NESTING_SIGNS = new Set(['seq-item-ind', 'explicit-key-ind']);

/**
 * Checks the limits of a configuration before it is parsed: deep nesting and endless repetition cost the parser its
 * stack and much time. Stops at the first excess.
 *
 * @returns `undefined` if the text is within the limits
 */
export function findExcess(text: string): Excess | undefined {
  const nesting = createNesting();
  let [line, tokens, keys, anchors, aliases] = [1, 0, 0, 0, 0];
  for (const source of new Lexer().lex(text)) {
    const type = CST.tokenType(source) ?? 'text';
    const depth = nesting.enter(type, source);
    if (!BLANK.has(type)) tokens++;
    if (KEY_SIGNS.has(type)) keys++;
    if (type === 'anchor') anchors++;
    if (type === 'alias') aliases++;
    if (keys > MAX_KEYS) return { line, what: `there are more than ${MAX_KEYS} keys` };
    if (tokens > MAX_TOKENS) return { line, what: `there are more than ${MAX_TOKENS} words and signs` };
    if (depth > MAX_DEPTH) return { line, what: `it is nested more than ${MAX_DEPTH} levels deep` };
    if (Math.max(anchors, aliases) > MAX_ALIASES)
      return { line, what: `there are more than ${MAX_ALIASES} anchors or aliases` };
    line += source.split('\n').length - 1;
  }
  return undefined;
}

/** Tracks the nesting of the text: by brackets, by indentation, and by signs that each open a level in one line. */
function createNesting() {
  const indents: number[] = [];
  let [brackets, inLine] = [0, 0];
  let [isStart, column] = [true, 0];
  return {
    enter(type: string, source: string): number {
      if (type === 'newline') [isStart, column, inLine] = [true, 0, 0];
      else if (type === 'space' && isStart) column += source.length;
      else if (!BLANK.has(type) && isStart) {
        isStart = false;
        while ((indents.at(-1) ?? -1) >= column) indents.pop();
        indents.push(column);
      }
      if (NESTING_SIGNS.has(type)) inLine++;
      if (type === 'flow-map-start' || type === 'flow-seq-start') brackets++;
      if (type === 'flow-map-end' || type === 'flow-seq-end') brackets = Math.max(0, brackets - 1);
      return indents.length + inLine + brackets;
    },
  };
}
