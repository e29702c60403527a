import { isAlias, isMap, isScalar, visit, type Document, type YAMLMap } from 'yaml';

/** A key that occurs earlier in the same mapping. */
export interface DuplicateKey {
  readonly key: string;
  /** Offsets of this key and of its first occurrence in the text. */
  readonly offset: number;
  readonly first: number;
}

/** Returns all keys that occur twice in one mapping. The library's own check compares each key with all others. */
export function duplicateKeys(document: Document): readonly DuplicateKey[] {
  const duplicates: DuplicateKey[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Map<unknown, number>();
      for (const { key } of map.items) {
        const node = isAlias(key) ? key.resolve(document) : key;
        if (!isScalar(node)) continue;
        const offset = offsetOf(key) ?? 0;
        const first = seen.get(node.value);
        if (first === undefined) seen.set(node.value, offset);
        else duplicates.push({ key: String(node.value), offset, first });
      }
    },
  });
  return duplicates;
}

type Pair = YAMLMap['items'][number];

/** The pairs of each mapping. Mappings do not change, so each is searched once. */
const pairs = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

/** Returns the first pair of a mapping with this key. */
export function pairOf(map: YAMLMap, key: unknown): Pair | undefined {
  let known = pairs.get(map);
  if (!known) {
    const all = new Map<unknown, Pair>();
    for (const pair of map.items)
      if (isScalar(pair.key) && !all.has(pair.key.value)) all.set(pair.key.value, pair);
    pairs.set(map, (known = all));
  }
  return known.get(key);
}

function offsetOf(node: unknown): number | undefined {
  return isScalar(node) || isAlias(node) || isMap(node) ? node.range?.[0] : undefined;
}
