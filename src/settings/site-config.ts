import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { Problem } from '../model/problem.js';
import type { ParsedConfig, SiteConfig } from '../model/site-config.js';
import { findExcess, MAX_ALIASES } from './config-bounds.js';
import { duplicateKeys, pairOf } from './config-keys.js';
import { createConfigReader, type ConfigPath } from './config-reader.js';

const TOP_KEYS = ['site', 'files'];
const SITE_KEYS = ['name', 'url', 'description'];

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
  const reader = createConfigReader((path, what, hint) => {
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

/** The line of a value, or of its key; undefined where an alias leads elsewhere. */
function lineOf(document: Document, lines: LineCounter, path: ConfigPath): number | undefined {
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
