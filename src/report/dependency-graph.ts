import type { Change } from '../model/change.js';
import { baseName } from '../model/site-path.js';
import { printable } from '../model/printable.js';

/** Smaller graphs say less than the table, larger ones cannot be read. */
const MIN_NODES = 2;
const MAX_NODES = 40;
/** Maximum length of a name, in characters. */
const MAX_NAME = 60;

/** The graph of the dependencies that change. */
export interface DependencyGraph {
  /** Source of a Mermaid diagram. */
  readonly source: string;
  /** Number of files in it. */
  readonly files: number;
}

/**
 * Returns the changed files with the dependencies that they gain (solid arrows) or lose (dotted arrows). Names are
 * untrusted.
 *
 * @returns `undefined` if there are too few or too many files for a diagram
 */
export function dependencyGraph(changes: readonly Change[]): DependencyGraph | undefined {
  const edges = changes.flatMap(({ path, details }) =>
    (details?.fields ?? []).flatMap(({ field, before, after }) => {
      if (field !== 'dependency') return [];
      if (after !== undefined) return [{ from: path, to: after, arrow: '-->' }];
      return before === undefined ? [] : [{ from: path, to: before, arrow: '-.->' }];
    }),
  );
  const names = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  if (names.length < MIN_NODES || names.length > MAX_NODES) return undefined;
  const idOf = (name: string) => `f${names.indexOf(name)}`;
  const changed = new Set(changes.map(({ path }) => path));
  const lines = [
    ...names.map((name) => `  ${idOf(name)}["${labelOf(name)}"]${changed.has(name) ? ':::changed' : ''}`),
    ...edges.map(({ from, to, arrow }) => `  ${idOf(from)} ${arrow} ${idOf(to)}`),
    '  classDef changed stroke-width:3px',
  ];
  return { source: `graph LR\n${[...new Set(lines)].join('\n')}\n`, files: names.length };
}

/** Returns a name as a label. Mermaid reads HTML and Markdown in labels, so all but plain characters are references. */
function labelOf(name: string): string {
  const base = baseName(printable(name.replace(/\s+/g, ' ')));
  const short = base.length > MAX_NAME ? `${base.slice(0, MAX_NAME)}…` : base;
  return short.replace(/[^\p{L}\p{N} .…-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
