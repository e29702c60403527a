import { nearMatches, suggestion } from '../model/near-matches.js';
import { isStorable } from '../model/printable.js';
import type { FileConfig } from '../model/site-config.js';
import { parseSitePath } from '../model/site-path.js';

/** Longest name or pattern of files, in characters. */
const MAX_PATTERN_LENGTH = 1024;

const FILE_KEYS = [
  'description',
  'authors',
  'links',
  'categories',
  'platforms',
  'executable',
  'replaces',
  'dependencies',
];
const DEPENDENCY_KEYS = ['add', 'remove', 'overrides'];

/** `groupId:artifactId`, without a version. */
const COORDINATE = /^[^\s:/]+:[^\s:/]+$/;

/** The way to a value: keys, and positions in lists. */
export type ConfigPath = readonly (string | number)[];

/** Notes what is wrong with a value, and what to do about it. */
type Fault = (path: ConfigPath, what: string, hint: string) => void;
type Values = ReadonlyMap<string, unknown>;

/** Creates a reader of the values of a configuration: each is checked, and every fault noted. */
export function createConfigReader(fault: Fault) {
  /** @param keys those that there may be; undefined for any */
  function map(value: unknown, path: ConfigPath, keys: readonly string[] | undefined): Values {
    if (!(value instanceof Map)) {
      fault(
        path,
        `${nameOf(path)} is no mapping`,
        `Write keys with values: ${(keys ?? ['plugins/My_Plugin.jar']).join(', ')}.`,
      );
      return new Map();
    }
    const known = new Map<string, unknown>();
    for (const [key, entry] of value as Map<unknown, unknown>) {
      if (typeof key === 'string' && (keys === undefined || keys.includes(key))) known.set(key, entry);
      else {
        const hint = suggestion(nearMatches(String(key), keys ?? []));
        const what =
          typeof key === 'string' ? `there is no key "${key}" here` : `the key ${String(key)} is no text`;
        fault(
          [...path, key as string],
          what,
          hint || (keys ? `Known: ${keys.join(', ')}.` : 'Put it in quotes.'),
        );
      }
    }
    return known;
  }

  function text(values: Values, key: string, path: ConfigPath): string | undefined {
    return values.has(key) ? asText(values.get(key), [...path, key]) : undefined;
  }

  function asText(value: unknown, path: ConfigPath): string | undefined {
    if (typeof value !== 'string')
      fault(path, `${nameOf(path)} is no text`, 'Write a text; put numbers and dates in quotes.');
    else if (!isStorable(value))
      fault(path, `${nameOf(path)} holds a character that cannot be shown`, 'Remove it.');
    else return value;
    return undefined;
  }

  function list(values: Values, key: string, path: ConfigPath): readonly string[] | undefined {
    if (!values.has(key)) return undefined;
    const value = values.get(key);
    if (Array.isArray(value))
      return (value as unknown[]).flatMap((item, at) => asText(item, [...path, key, at]) ?? []);
    fault(
      [...path, key],
      `${nameOf([...path, key])} is no list`,
      'Write one entry a line, each behind "- ".',
    );
    return undefined;
  }

  function webAddress(values: Values, key: string, path: ConfigPath): string | undefined {
    const address = text(values, key, path);
    if (address === undefined || (/^https?:\/\//i.test(address) && URL.canParse(address))) return address;
    fault(
      [...path, key],
      `"${address}" is no web address`,
      'Write it in full, for example https://example.github.io/my-plugin/.',
    );
    return undefined;
  }

  function flag(values: Values, key: string, path: ConfigPath): boolean | undefined {
    const value = values.get(key);
    if (value === undefined || typeof value === 'boolean') return value;
    fault([...path, key], `${nameOf([...path, key])} is neither true nor false`, 'Write true or false.');
    return undefined;
  }

  function coordinate(values: Values, key: string, path: ConfigPath): string | undefined {
    const value = text(values, key, path);
    if (value === undefined || COORDINATE.test(value)) return value;
    fault(
      [...path, key],
      `"${value}" is not an artifact`,
      'Write groupId:artifactId, for example org.example:codec.',
    );
    return undefined;
  }

  function platformsOf(
    values: Values,
    path: ConfigPath,
    known: ReadonlySet<string>,
  ): readonly string[] | undefined {
    return list(values, 'platforms', path)?.filter((platform, at) => {
      if (known.has(platform)) return true;
      const near = suggestion(nearMatches(platform, known));
      fault(
        [...path, 'platforms', at],
        `there is no platform "${platform}"`,
        near || `Known: ${[...known].join(', ')}.`,
      );
      return false;
    });
  }

  function paths(values: Values, key: string, path: ConfigPath): readonly string[] {
    return (list(values, key, path) ?? []).filter((text, at) => {
      const checked = parseSitePath(text);
      if ('path' in checked) return true;
      fault(
        [...path, key, at],
        `"${text}" is not a path on the site: ${checked.reason}`,
        'For example jars/imglib2.jar.',
      );
      return false;
    });
  }

  function isPattern(pattern: string): boolean {
    if (pattern !== '' && pattern.length <= MAX_PATTERN_LENGTH) return true;
    const reason = pattern === '' ? 'it is empty' : `it has ${pattern.length} characters`;
    fault(
      ['files', pattern],
      `"${pattern.slice(0, 40)}" is no name of a file: ${reason}`,
      'Write a path on the site, or a glob.',
    );
    return false;
  }

  function file(pattern: string, entry: unknown, platforms: ReadonlySet<string>): FileConfig {
    const path = ['files', pattern];
    const values = map(entry, path, FILE_KEYS);
    const between = values.has('dependencies')
      ? map(values.get('dependencies'), [...path, 'dependencies'], DEPENDENCY_KEYS)
      : undefined;
    const dependencies = between && {
      add: paths(between, 'add', [...path, 'dependencies']),
      remove: paths(between, 'remove', [...path, 'dependencies']),
      overrides: paths(between, 'overrides', [...path, 'dependencies']),
    };
    const found = {
      description: text(values, 'description', path),
      authors: list(values, 'authors', path),
      links: list(values, 'links', path),
      categories: list(values, 'categories', path),
      platforms: platformsOf(values, path, platforms),
      executable: flag(values, 'executable', path),
      replaces: coordinate(values, 'replaces', path),
      dependencies,
    };
    const said = Object.entries(found).filter(([, value]) => value !== undefined);
    return { pattern, ...(Object.fromEntries(said) as Omit<FileConfig, 'pattern'>) };
  }

  return { map, text, webAddress, isPattern, file };
}

/** For messages: `files › plugins/A.jar › authors`. */
function nameOf(path: ConfigPath): string {
  return path.length === 0
    ? 'the file'
    : path.map((part) => (typeof part === 'number' ? `entry ${part + 1}` : part)).join(' › ');
}
