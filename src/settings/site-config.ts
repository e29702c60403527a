import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { nearMatches, suggestion } from '../model/near-matches.js';
import { isStorable } from '../model/printable.js';
import type { Problem } from '../model/problem.js';
import type { FileConfig, ParsedConfig, SiteConfig } from '../model/site-config.js';
import { parseSitePath } from '../model/site-path.js';
import { findExcess, MAX_ALIASES } from './config-bounds.js';
import { duplicateKeys, pairOf } from './config-keys.js';

/** Longest name or pattern of files, in characters. */
const MAX_PATTERN_LENGTH = 1024;

const TOP_KEYS = ['site', 'files'];
const SITE_KEYS = ['name', 'url', 'description'];
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

type Path = readonly (string | number)[];

/**
 * Reads the configuration of a site. `docs/update-site.schema.json` says the same: a test holds them together.
 *
 * @param file its name, for messages
 * @param platforms the platforms that users can have
 * @returns what could be understood, with a problem for everything else
 */
export function parseSiteConfig(text: string, file: string, platforms: ReadonlySet<string>): ParsedConfig {
  const lines = new LineCounter();
  const problems: Problem[] = [];
  const fault = (line: number | undefined, what: string, hint: string) => {
    const where = line === undefined ? file : `${file}, line ${line}`;
    problems.push({ severity: 'error', code: 'bad-config', path: file, message: `${where}: ${what}.`, hint });
  };
  const empty: SiteConfig = { file, name: undefined, url: undefined, description: undefined, files: [] };
  const excess = findExcess(text);
  if (excess) {
    fault(excess.line, excess.what, 'Write less, or use patterns such as "plugins/*.jar".');
    return { config: empty, problems };
  }
  // Duplicate keys are looked for below: the parser's own search compares each key with all others.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  for (const { message, pos } of document.errors)
    fault(lines.linePos(pos[0]).line, message.replace(/\.$/, ''), 'Write YAML.');
  for (const { key, offset, first } of duplicateKeys(document)) {
    const what = `the key "${key}" is in line ${lines.linePos(first).line} already`;
    fault(lines.linePos(offset).line, what, 'Write each key once.');
  }
  if (problems.length > 0) return { config: empty, problems };

  let value: unknown;
  try {
    value = document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    fault(
      undefined,
      message,
      error instanceof ReferenceError && message.startsWith('Unresolved alias')
        ? 'Write the value in place of the alias, or set its anchor before it, as in `&name`.'
        : 'Write it without so many aliases.',
    );
    return { config: empty, problems };
  }
  const reader = createReader((path, what, hint) => {
    fault(lineOf(document, lines, path), what, hint);
  });
  const top = reader.map(value ?? new Map(), [], TOP_KEYS);
  const site = reader.map(top.get('site') ?? new Map(), ['site'], SITE_KEYS);
  const files = reader.map(top.get('files') ?? new Map(), ['files'], undefined);
  const config: SiteConfig = {
    file,
    name: reader.text(site, 'name', ['site']),
    url: reader.webAddress(site, 'url', ['site']),
    description: reader.text(site, 'description', ['site']),
    files: [...files]
      .filter(([pattern]) => reader.isPattern(pattern))
      .map(([pattern, entry]) => reader.file(pattern, entry, platforms)),
  };
  return { config, problems };
}

type Fault = (path: Path, what: string, hint: string) => void;
type Values = ReadonlyMap<string, unknown>;

function createReader(fault: Fault) {
  /** @param keys those that there may be; undefined for any */
  function map(value: unknown, path: Path, keys: readonly string[] | undefined): Values {
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

  function text(values: Values, key: string, path: Path): string | undefined {
    return values.has(key) ? asText(values.get(key), [...path, key]) : undefined;
  }

  function asText(value: unknown, path: Path): string | undefined {
    if (typeof value !== 'string')
      fault(path, `${nameOf(path)} is no text`, 'Write a text; put numbers and dates in quotes.');
    else if (!isStorable(value))
      fault(path, `${nameOf(path)} holds a character that cannot be shown`, 'Remove it.');
    else return value;
    return undefined;
  }

  function list(values: Values, key: string, path: Path): readonly string[] | undefined {
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

  function webAddress(values: Values, key: string, path: Path): string | undefined {
    const address = text(values, key, path);
    if (address === undefined || (/^https?:\/\//i.test(address) && URL.canParse(address))) return address;
    fault(
      [...path, key],
      `"${address}" is no web address`,
      'Write it in full, for example https://example.github.io/my-plugin/.',
    );
    return undefined;
  }

  function flag(values: Values, key: string, path: Path): boolean | undefined {
    const value = values.get(key);
    if (value === undefined || typeof value === 'boolean') return value;
    fault([...path, key], `${nameOf([...path, key])} is neither true nor false`, 'Write true or false.');
    return undefined;
  }

  function coordinate(values: Values, key: string, path: Path): string | undefined {
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
    path: Path,
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

  function paths(values: Values, key: string, path: Path): readonly string[] {
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
function nameOf(path: Path): string {
  return path.length === 0
    ? 'the file'
    : path.map((part) => (typeof part === 'number' ? `entry ${part + 1}` : part)).join(' › ');
}

/** The line of a value, or of its key; undefined where an alias leads elsewhere. */
function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const part of path) {
    if (isMap(node)) {
      const pair = pairOf(node, part);
      if (isScalar(pair?.key)) offset = pair.key.range?.[0];
      node = pair?.value;
    } else
      node =
        isNode(node) && 'get' in node
          ? (node as { get(key: unknown, keep: true): unknown }).get(part, true)
          : undefined;
    if (!isMap(node) && isNode(node)) offset = node.range?.[0] ?? offset;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}
