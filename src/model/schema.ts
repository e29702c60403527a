import * as v from 'valibot';

/** A JSON value does not match its schema. The message never quotes the value, which is untrusted. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

// The message of a schema completes "… should be …".
export const text = v.string('a text');
export const flag = v.boolean('true or false');
/** A whole number, 0 or more. */
export const count = v.pipe(v.number('a number'), v.safeInteger('a number'), v.minValue(0, 'a number'));

/** One of several words. */
export function word<const Words extends readonly string[]>(words: Words) {
  return v.picklist(words, `one of the words ${words.join(', ')}`);
}

/** A value that may be `null` or absent; both are read as `undefined`. */
export function maybe<S extends v.GenericSchema>(schema: S) {
  return v.pipe(
    v.nullish(schema, null),
    v.transform((value): v.InferOutput<S> | undefined => value ?? undefined),
  );
}

export function list<S extends v.GenericSchema>(schema: S) {
  return v.array(schema, 'a list');
}

/** An object with these fields; other fields are ignored. */
export function object<Entries extends v.ObjectEntries>(entries: Entries) {
  return withoutLists(v.object(entries, 'an object'));
}

/** Refuses lists, which the library accepts as objects. */
export function withoutLists<S extends v.GenericSchema>(schema: S): S {
  const run: S['~run'] = (dataset, config) =>
    schema['~run'](Array.isArray(dataset.value) ? { ...dataset, value: null } : dataset, config);
  return { ...schema, '~run': run };
}

/** Unknown fields of an object, to be written back unchanged. */
export type Rest = Readonly<Record<string, unknown>>;

/** Maximum nesting of unknown fields: writing JSON recurses for each level. */
const MAX_DEPTH = 64;

/** An object with these fields. All other fields, with any names, are kept in the field `rest`. */
export function withRest<Entries extends v.ObjectEntries>(entries: Entries) {
  const known = object(entries);
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'an object',
    ),
    v.check((value) => isWithin(value, MAX_DEPTH), 'nested less deeply'),
    v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
      const result = v.safeParse(known, value, { abortEarly: true });
      if (!result.success) {
        const [{ message, path, received, expected }] = result.issues;
        addIssue({
          message,
          received,
          ...(path ? { path: path } : {}),
          ...(expected === null ? {} : { expected }),
        });
        return NEVER;
      }
      const unknown = Object.entries(value).filter(([name]) => !Object.hasOwn(entries, name));
      const rest: Rest | undefined = unknown.length === 0 ? undefined : Object.fromEntries(unknown);
      return { ...result.output, rest };
    }),
  );
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((part) => isWithin(part, depth - 1));
}

/**
 * Reads a value by a schema.
 *
 * @throws {JsonError} that names the first wrong value: `changes[3].kind should be …`
 */
export function readAs<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [{ path, message, received, expected }] = result.issues;
  const at = placeOf(path ?? []);
  const isMissing = received === 'undefined' && expected?.startsWith('"') === true;
  throw new JsonError(isMissing ? `${at} is missing` : `${at === '' ? 'it' : at} should be ${message}`);
}

/** Reads a value by a schema; returns `undefined` if it does not match. */
export function readIf<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | undefined {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? result.output : undefined;
}

function placeOf(path: readonly { readonly key?: unknown }[]): string {
  return path.reduce((at, { key }) => {
    if (typeof key === 'number') return `${at}[${key}]`;
    return at === '' ? String(key) : `${at}.${String(key)}`;
  }, '');
}
