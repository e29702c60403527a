import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { nearMatches, suggestion } from '../model/near-matches.js';
import type { Problem } from '../model/problem.js';
import type { FileConfig, ParsedConfig, SiteConfig } from '../model/site-config.js';
import { findExcess, MAX_ALIASES } from './config-bounds.js';
import { duplicateKeys, pairOf } from './config-keys.js';
import { fileSchema, MAX_PATTERN_LENGTH, problemsSchema, siteSchema } from './config-schema.js';
import { entriesOf, readMapping, type ConfigPath, type ReportProblem } from './config-values.js';
import { explainAsterisk, explainYaml } from './yaml-hints.js';

const TOP_KEYS = ['site', 'files', 'problems'];

/**
 * Reads the configuration of a site. `docs/update-site.schema.json` is generated from the same schemas.
 *
 * @param file the name of the file, for messages
 * @param platforms the platforms that users can have
 * @returns the valid parts, with a problem for each invalid one
 */
export function parseSiteConfig(text: string, file: string, platforms: ReadonlySet<string>): ParsedConfig {
  const counter = new LineCounter();
  const problems: Problem[] = [];
  const fault = (line: number | undefined, what: string, hint: string) => {
    const where = line === undefined ? file : `${file}, line ${line}`;
    problems.push({ severity: 'error', code: 'bad-config', path: file, message: `${where}: ${what}.`, hint });
  };
  const empty: SiteConfig = {
    file,
    name: undefined,
    url: undefined,
    description: undefined,
    files: [],
    problems: {},
  };
  const excess = findExcess(text);
  if (excess) {
    fault(excess.line, excess.what, 'Shorten the file, or use patterns such as "plugins/*.jar".');
    return { config: empty, problems };
  }
  // Duplicate keys are searched below: the parser's own search compares each key with all others.
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false });
  const lines = text.split(/\r?\n/);
  // A single mistake can cause several errors of the parser.
  const explained = new Set<string>();
  for (const { code, message, pos } of document.errors) {
    const { line } = counter.linePos(pos[0]);
    const { what, hint } = explainYaml({ code, message }, [lines[line - 1] ?? '', lines[line - 2] ?? '']);
    if (!explained.has(what)) fault(line, what, hint);
    explained.add(what);
  }
  for (const { key, offset, first } of duplicateKeys(document)) {
    const what = `the key "${key}" is already in line ${counter.linePos(first).line}`;
    fault(counter.linePos(offset).line, what, 'Write each key once.');
  }
  if (problems.length > 0) return { config: empty, problems };

  let value: unknown;
  try {
    value = document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const alias = unresolvedAlias(document);
    const line = alias === undefined ? undefined : counter.linePos(alias).line;
    const asterisk = line === undefined ? undefined : explainAsterisk(lines[line - 1] ?? '');
    if (asterisk) fault(line, asterisk.what, asterisk.hint);
    else
      fault(
        line,
        message,
        error instanceof ReferenceError && message.startsWith('Unresolved alias')
          ? 'Replace the alias with the value, or set its anchor before it, as in `&name`.'
          : 'Use fewer aliases.',
      );
    return { config: empty, problems };
  }
  const config = configOf(value, file, platforms, (path, what, hint) => {
    fault(lineOf(document, counter, path), what, hint);
  });
  return { config, problems };
}

/** Returns the offset of the first alias whose anchor is not set before it. */
function unresolvedAlias(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return undefined;
      found = alias.range?.[0];
      return visit.BREAK;
    },
  });
  return found;
}

function configOf(
  value: unknown,
  file: string,
  platforms: ReadonlySet<string>,
  fault: ReportProblem,
): SiteConfig {
  const top = new Map(entriesOf(value ?? new Map(), [], TOP_KEYS.join(', '), fault));
  for (const key of top.keys()) if (!TOP_KEYS.includes(key)) reportUnknown(key, fault);
  const site = readMapping(siteSchema, top.get('site') ?? new Map(), ['site'], fault);
  const schema = fileSchema(platforms);
  const files = entriesOf(top.get('files') ?? new Map(), ['files'], 'plugins/My_Plugin.jar', fault);
  return {
    file,
    name: site?.name,
    url: site?.url,
    description: site?.description,
    problems: readMapping(problemsSchema, top.get('problems') ?? new Map(), ['problems'], fault) ?? {},
    files: files.flatMap(([pattern, entry]): FileConfig[] => {
      if (!isPattern(pattern, fault)) return [];
      const { dependencies, ...found } = readMapping(schema, entry, ['files', pattern], fault) ?? {};
      const given = Object.entries(found).filter(([, field]) => field !== undefined);
      return [
        {
          pattern,
          ...(Object.fromEntries(given) as Omit<FileConfig, 'pattern'>),
          ...(dependencies && {
            dependencies: {
              add: dependencies.add ?? [],
              remove: dependencies.remove ?? [],
              overrides: dependencies.overrides ?? [],
            },
          }),
        },
      ];
    }),
  };
}

function reportUnknown(key: string, fault: ReportProblem): void {
  const near = suggestion(nearMatches(key, TOP_KEYS));
  fault([key], `the key "${key}" is unknown here`, near || `Known: ${TOP_KEYS.join(', ')}.`);
}

function isPattern(pattern: string, fault: ReportProblem): boolean {
  if (pattern !== '' && pattern.length <= MAX_PATTERN_LENGTH) return true;
  const reason = pattern === '' ? 'it is empty' : `it has ${pattern.length} characters`;
  fault(
    ['files', pattern],
    `"${pattern.slice(0, 40)}" is not a valid file name: ${reason}`,
    'Write a path on the site, or a glob.',
  );
  return false;
}

/** Returns the line of a value or of its key; `undefined` if an alias leads elsewhere. */
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
