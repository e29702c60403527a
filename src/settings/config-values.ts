import * as v from 'valibot';
import { nearMatches, suggestion } from '../model/near-matches.js';
import { faultOf } from './config-schema.js';

/** The path to a value: keys, and positions in lists. */
export type ConfigPath = readonly (string | number)[];

/** Records the problem of a value, and a hint. */
export type ReportProblem = (path: ConfigPath, what: string, hint: string) => void;

/** A YAML mapping, whose keys may be any values. */
type Mapping = ReadonlyMap<unknown, unknown>;

/**
 * Reads a mapping of a configuration by a schema, and records every fault in it.
 *
 * @param value mappings are of type `Map`, so that keys such as `__proto__` have no special meaning
 * @returns `undefined` if the mapping has a fault
 */
export function readMapping<Entries extends v.ObjectEntries>(
  schema: v.StrictObjectSchema<Entries, string>,
  value: unknown,
  path: ConfigPath,
  fault: ReportProblem,
): v.InferOutput<v.StrictObjectSchema<Entries, string>> | undefined {
  const known = withoutUnknown(schema, value, path, fault);
  const result = v.safeParse(schema, known);
  if (result.success) return result.output;
  for (const { message, path: place = [] } of result.issues) {
    const at = [...path, ...place.map(({ key }) => key as string | number)];
    const { what, hint } = faultOf(message, nameOf(at));
    fault(at, what, hint);
  }
  return undefined;
}

/** Returns the entries of a mapping whose keys are texts. Other keys and other values are faults. */
export function entriesOf(
  value: unknown,
  path: ConfigPath,
  example: string,
  fault: ReportProblem,
): readonly (readonly [key: string, value: unknown])[] {
  if (!(value instanceof Map)) {
    fault(path, `${nameOf(path)} is not a mapping`, `Write keys with values: ${example}.`);
    return [];
  }
  return [...(value as Mapping)].flatMap(([key, entry]) => {
    if (typeof key === 'string') return [[key, entry] as const];
    fault([...path, key as string], `the key ${String(key)} is not a text`, 'Put it in quotes.');
    return [];
  });
}

/** Returns a mapping as an object with the keys of its schema. All other keys are faults. */
function withoutUnknown(
  { entries }: { readonly entries: v.ObjectEntries },
  value: unknown,
  path: ConfigPath,
  fault: ReportProblem,
): unknown {
  if (!(value instanceof Map)) return value;
  const keys = Object.keys(entries);
  const known = entriesOf(value, path, keys.join(', '), fault).flatMap(([key, entry]) => {
    const inner = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (inner === undefined) {
      const near = suggestion(nearMatches(key, keys));
      fault([...path, key], `the key "${key}" is unknown here`, near || knownKeys(keys));
      return [];
    }
    const nested = mappingIn(inner);
    return [[key, nested ? withoutUnknown(nested, entry, [...path, key], fault) : entry] as const];
  });
  return Object.fromEntries(known);
}

/** Maximum number of keys in a hint. */
const MAX_LISTED = 20;

function knownKeys(keys: readonly string[]): string {
  return keys.length <= MAX_LISTED ? `Known: ${keys.join(', ')}.` : 'docs/troubleshooting.md lists all keys.';
}

/** Returns the schema of an optional value, if it is a mapping. */
function mappingIn(schema: unknown): { readonly entries: v.ObjectEntries } | undefined {
  const { wrapped } = schema as { readonly wrapped?: { readonly entries?: v.ObjectEntries } };
  return wrapped?.entries && { entries: wrapped.entries };
}

/** Formats a path for messages: `files › plugins/A.jar › authors`. */
function nameOf(path: ConfigPath): string {
  return path.length === 0
    ? 'the file'
    : path.map((part) => (typeof part === 'number' ? `entry ${part + 1}` : part)).join(' › ');
}
