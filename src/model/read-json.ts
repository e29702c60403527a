/** Reads a value that came as JSON; `at` is where it stands, for messages: `changes[3].kind`. */
export type Read<T> = (value: unknown, at: string) => T;

/** A value is not what it should be. The message never quotes it: it may be anything. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
}

export const readText: Read<string> = (value, at) =>
  typeof value === 'string' ? value : fault(at, 'a text');

export const readFlag: Read<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : fault(at, 'true or false');

/** A whole number from 0. */
export const readCount: Read<number> = (value, at) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : fault(at, 'a number');

export function readWord<Word extends string>(words: readonly Word[]): Read<Word> {
  return (value, at) =>
    words.find((word) => word === value) ?? fault(at, `one of the words ${words.join(', ')}`);
}

/** What may be `null` or absent. */
export function readOptional<T>(read: Read<T>): Read<T | undefined> {
  return (value, at) => (value === null || value === undefined ? undefined : read(value, at));
}

export function readList<T>(read: Read<T>): Read<readonly T[]> {
  return (value, at) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => read(item, `${at}[${index}]`))
      : fault(at, 'a list');
}

/** What reads the fields of an object; others are left unread. */
export type Fields<T> = { readonly [Name in keyof T]-?: Read<T[Name]> };

export function readObject<T extends object>(fields: Fields<T>): Read<T> {
  const readers = Object.entries<Read<unknown>>(fields);
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fault(at, 'an object');
    const given = value as Readonly<Record<string, unknown>>;
    const found: Record<string, unknown> = {};
    for (const [name, read] of readers)
      found[name] = read(
        Object.hasOwn(given, name) ? given[name] : undefined,
        at === '' ? name : `${at}.${name}`,
      );
    return found as T;
  };
}

/** Fields of an object that the reader does not know, to be written back. */
export type Rest = Readonly<Record<string, unknown>>;

/** Deepest nesting of fields that are kept unread: what writes JSON calls itself for each level. */
const MAX_DEPTH = 64;

/** Reads an object like {@link readObject}, and keeps what the reader does not know of it in the field `rest`. */
export function readWithRest<T extends object>(
  fields: Fields<Omit<T, 'rest'>>,
): Read<Omit<T, 'rest'> & { readonly rest: Rest | undefined }> {
  const read = readObject<Omit<T, 'rest'>>(fields);
  return (value, at) => {
    const known = read(value, at);
    const others = Object.entries(value as object).filter(([name]) => !Object.hasOwn(fields, name));
    const rest = others.length === 0 ? undefined : Object.fromEntries<unknown>(others);
    if (!isWithin(rest, MAX_DEPTH)) fault(at, 'nested less deeply');
    return { ...known, rest };
  };
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((part) => isWithin(part, depth - 1));
}

function fault(at: string, expected: string): never {
  throw new JsonFault(`${at === '' ? 'it' : at} should be ${expected}`);
}
