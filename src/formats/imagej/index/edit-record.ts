import type { Dependency, PluginRecord, TextValue } from './site-index.js';

/** New metadata of a file. Fields that are `undefined` keep their present value. */
export interface Edits {
  readonly description?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  readonly links?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly platforms?: readonly string[] | undefined;
  readonly executable?: boolean | undefined;
  readonly dependencies?: readonly Dependency[] | undefined;
}

/** Returns a record with edited metadata. A text that is already present keeps its attributes and unknown elements. */
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

/** Returns a text without attributes and unknown elements. */
export function asText(text: string): TextValue {
  return { text, attributes: [], unknown: [] };
}

/** Returns the new description; an empty one removes the present one. */
function asDescription(text: string, before: TextValue | undefined): TextValue | undefined {
  return text === '' ? undefined : { ...asText(text), ...before, text };
}

function asTexts(texts: readonly string[] | undefined, before: readonly TextValue[]): readonly TextValue[] {
  if (texts === undefined) return before;
  // If texts repeat, the first one counts, as everywhere in an index.
  const known = new Map([...before].reverse().map((value) => [value.text, value]));
  return [...new Set(texts)].map((text) => known.get(text) ?? asText(text));
}
