import { compareSites, type SiteState } from '../../app/compare.js';
import { formatsNamed } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { isFolder } from '../../io/files/is-folder.js';
import { createIndexCache } from '../../io/web/index-cache.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import { resolveDiff, type DiffRun, type DiffState } from '../../settings/diff-settings.js';
import type { Command, World } from './command.js';
import { reading } from './places.js';

/** Timeout for reading each index, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** The exit codes with `--exit-code`. */
const EXIT_CODE = { same: 0, different: 1, notComparable: 2 } as const;

/** The command `diff`: compares two states of a site, each given as a place, or as the file or address of an index. */
export const diff: Command<DiffRun> = {
  parse: ({ values, files, problems }, { nameOf, loginFor }) =>
    resolveDiff(values, files, { nameOf, loginFor, faults: problems }),

  async run(run, world) {
    const { hasExitCode } = run;
    try {
      const outcome = await runDiff(run, world);
      if (!hasExitCode) return { outcome, isFailed: false };
      const exitCode = outcome.changed ? EXIT_CODE.different : EXIT_CODE.same;
      return { outcome, isFailed: outcome.changed, exitCode };
    } catch (error) {
      if (!hasExitCode || !(error instanceof UserError)) throw error;
      return { error, isFailed: true, exitCode: EXIT_CODE.notComparable };
    }
  },
};

function runDiff({ format, before, after, timeoutMs }: DiffRun, world: World): Promise<Outcome> {
  const { cwd, env, log } = world;
  const unaborted = new AbortController().signal;
  return opening(before, timeoutMs, world, unaborted, (old, outer) =>
    opening(after, timeoutMs, world, outer, (now, signal) => {
      const cache = createIndexCache(cacheFolder(env), MAX_UPSTREAM_BYTES);
      const indexes = createUpstreamIndexes({
        cwd,
        cache,
        timeoutMs: TIMEOUT_MS,
        signal,
        now: () => new Date(),
      });
      return compareSites(formatsNamed(format), old, now, indexes, log);
    }),
  );
}

/**
 * Opens a state for reading.
 *
 * @param signal aborts the work if the state needs no signal of its own
 */
async function opening<T>(
  state: DiffState,
  timeoutMs: number,
  world: World,
  signal: AbortSignal,
  use: (state: SiteState, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const read = (site: Parameters<typeof reading>[0]) =>
    reading(site, world, (source, own) => use({ kind: 'site', source }, own));
  if (state.kind === 'index') return use(state, signal);
  if (state.kind === 'site') return read({ ...state, timeoutMs });
  const { path, folder } = state;
  return folder && (await isFolder(world.cwd, path))
    ? read({ site: folder, timeoutMs, login: { token: undefined } })
    : use({ kind: 'index', location: path }, signal);
}
