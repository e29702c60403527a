import { compareSites } from '../../app/compare.js';
import { formatNamed, formatOfIndex } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { createIndexCache } from '../../io/web/index-cache.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import { FORMAT_NAMES, type FormatName } from '../../model/format-name.js';
import type { Problem } from '../../model/problem.js';
import { usageError, usageProblem } from '../../settings/option-reader.js';
import { indexLocation } from '../../settings/upstream-choice.js';
import type { Arguments } from './arguments.js';
import type { Command } from './command.js';

/** Timeout for reading each index, in milliseconds. */
const TIMEOUT_MS = 30_000;

interface DiffSettings {
  readonly format: FormatName;
  /** The index of the earlier state: a URL or a file. */
  readonly before: string;
  readonly after: string;
}

/** The command `diff`: compares two indexes, each given as a file, the URL of an index, or the URL of a site. */
export const diff: Command<DiffSettings> = {
  parse: parseDiff,

  async run({ format, before, after }, { cwd, env, log }) {
    const indexes = createUpstreamIndexes({
      cwd,
      cache: createIndexCache(cacheFolder(env), MAX_UPSTREAM_BYTES),
      timeoutMs: TIMEOUT_MS,
      signal: new AbortController().signal,
      now: () => new Date(),
    });
    const outcome = await formatNamed(format)((chosen) => compareSites(chosen, before, after, indexes, log));
    return { outcome, isFailed: false };
  },
};

function parseDiff({ values, files, problems }: Arguments): DiffSettings {
  const faults: Problem[] = [...problems];
  const fault = (message: string, hint: string) => {
    faults.push(usageProblem(message, hint));
  };
  if (files.length !== 2)
    fault('The command needs two indexes.', 'Write update-site diff OLD NEW, each a file or a URL.');
  const [named = 'imagej'] = files.flatMap((file) => formatOfIndex(fileNameIn(file)) ?? []);
  const known = FORMAT_NAMES.find((name) => name === (values['format'] ?? named));
  if (known === undefined) fault('--format: the value is unknown.', `Known: ${FORMAT_NAMES.join(', ')}.`);
  const format = known ?? 'imagej';
  const indexName = formatNamed(format)(({ indexPaths: [main] }) => main);
  const [before = '', after = ''] = files.map((file) =>
    indexLocation(file, indexName, (what, hint) => {
      fault(`${what}.`, hint);
    }),
  );
  if (faults.length > 0) throw usageError(faults);
  return { format, before, after };
}

/** Returns the last part of a path or URL. */
function fileNameIn(location: string): string {
  const [path = ''] = location.split(/[?#]/, 1);
  return path.split(/[/\\]/).at(-1) ?? '';
}
