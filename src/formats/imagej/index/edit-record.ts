import type { Dependency, PluginRecord, TextValue } from './site-index.js';

/** What is written about a file, in place of what stands there; what is undefined stays. */
export interface Edits {
  readonly description?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  readonly links?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly platforms?: readonly string[] | undefined;
  readonly executable?: boolean | undefined;
  readonly dependencies?: readonly Dependency[] | undefined;
}

/** A record with what a maintainer says about it. A text that stood there already stays with all that it had. */
export function editRecord(record: PluginRecord, edits: Edits): PluginRecord {
  const { current } = record;
  return {
    ...record,
    executable: edits.executable ?? record.executable,
    platforms: asTexts(edits.platforms, record.platforms),
    categories: asTexts(edits.categories, record.categories),
    current: current && {
      ...current,
      description:
        edits.description === undefined
          ? current.description
          : asDescription(edits.description, current.description),
      dependencies: edits.dependencies ?? current.dependencies,
      links: asTexts(edits.links, current.links),
      authors: asTexts(edits.authors, current.authors),
    },
  };
}

/** A text as the index holds it. */
export function asText(text: string): TextValue {
  return { text, attributes: [], unknown: [] };
}

/** An empty one takes away what stood there. */
function asDescription(text: string, before: TextValue | undefined): TextValue | undefined {
  return text === '' ? undefined : { ...asText(text), ...before, text };
}

function asTexts(texts: readonly string[] | undefined, before: readonly TextValue[]): readonly TextValue[] {
  if (texts === undefined) return before;
  // The first of those with one text, as of all that repeat.
  const known = new Map([...before].reverse().map((value) => [value.text, value]));
  return [...new Set(texts)].map((text) => known.get(text) ?? asText(text));
}
