import { compareSites } from '../../app/compare.js';
import { formatNamed, formatOfIndex } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { createIndexCache } from '../../io/web/index-cache.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import { FORMAT_NAMES, type FormatName } from '../../model/format-name.js';
import type { Problem } from '../../model/problem.js';
import { UserError } from '../../model/user-error.js';
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
  /** Whether the exit code is that of `diff` and `git diff --exit-code`. */
  readonly hasExitCode: boolean;
}

/** The exit codes with `--exit-code`. */
const EXIT_CODE = { same: 0, different: 1, notComparable: 2 } as const;

/** The command `diff`: compares two indexes, each given as a file, the URL of an index, or the URL of a site. */
export const diff: Command<DiffSettings> = {
  parse: parseDiff,

  async run({ format, before, after, hasExitCode }, { cwd, env, log }) {
    const indexes = createUpstreamIndexes({
      cwd,
      cache: createIndexCache(cacheFolder(env), MAX_UPSTREAM_BYTES),
      timeoutMs: TIMEOUT_MS,
      signal: new AbortController().signal,
      now: () => new Date(),
    });
    try {
      const outcome = await formatNamed(format)((chosen) =>
        compareSites(chosen, before, after, indexes, log),
      );
      if (!hasExitCode) return { outcome, isFailed: false };
      const exitCode = outcome.changed ? EXIT_CODE.different : EXIT_CODE.same;
      return { outcome, isFailed: outcome.changed, exitCode };
    } catch (error) {
      if (!hasExitCode || !(error instanceof UserError)) throw error;
      return { error, isFailed: true, exitCode: EXIT_CODE.notComparable };
    }
  },
};

function parseDiff({ values, files, problems }: Arguments): DiffSettings {
  const faults: Problem[] = [...problems];
  const fault = (message: string, hint: string) => {
    faults.push(usageProblem(message, hint));
  };
  if (files.length !== 2)
    fault('The command diff needs two indexes.', 'Write update-site diff OLD NEW, each a file or a URL.');
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
  return { format, before, after, hasExitCode: values['exit-code'] === true };
}

/** Returns the last part of a path or URL. */
function fileNameIn(location: string): string {
  const [path = ''] = location.split(/[?#]/, 1);
  return path.split(/[/\\]/).at(-1) ?? '';
}
