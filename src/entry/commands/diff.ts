import { compareSites } from '../../app/compare.js';
import type { Log } from '../../app/ports/log.js';
import { formatNamed, formatOfIndex } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { createIndexCache } from '../../io/web/index-cache.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import { FORMAT_NAMES } from '../../model/format-name.js';
import type { Outcome } from '../../model/outcome.js';
import type { Problem } from '../../model/problem.js';
import { usageError } from '../../settings/option-reader.js';
import { indexLocation } from '../../settings/upstream-choice.js';
import type { Arguments } from './arguments.js';

/** How long reading one of the indexes may take, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** The command `diff`: compares two indexes, each of them a file, the address of an index, or that of a site. */
export async function runComparison({ values, files, problems }: Arguments, log: Log): Promise<Outcome> {
  const faults: Problem[] = [...problems];
  const fault = (message: string, hint: string) => {
    faults.push({ severity: 'error', code: 'usage', message, hint });
  };
  if (files.length !== 2)
    fault('Two indexes are compared.', 'Write update-site diff OLD NEW, each a file or an address.');
  const [told = 'imagej'] = files.flatMap((file) => formatOfIndex(fileNameIn(file)) ?? []);
  const name = FORMAT_NAMES.find((known) => known === (values['format'] ?? told));
  if (name === undefined) fault('--format is unknown.', `Known: ${FORMAT_NAMES.join(', ')}.`);
  const format = formatNamed(name ?? 'imagej');
  const [before = '', after = ''] = files.map((file) =>
    indexLocation(file, format.indexPaths[0], (what, hint) => {
      fault(`${what}.`, hint);
    }),
  );
  if (faults.length > 0) throw usageError(faults);
  const indexes = createUpstreamIndexes({
    cwd: process.cwd(),
    cache: createIndexCache(cacheFolder(process.env), MAX_UPSTREAM_BYTES),
    timeoutMs: TIMEOUT_MS,
    signal: new AbortController().signal,
    now: () => new Date(),
  });
  return compareSites(format, before, after, indexes, log);
}

/** The last part of a path or an address. */
function fileNameIn(location: string): string {
  const [path = ''] = location.split(/[?#]/, 1);
  return path.split(/[/\\]/).at(-1) ?? '';
}
