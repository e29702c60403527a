import { isDeepStrictEqual } from 'node:util';
import { compareSites, type SiteState } from '../../app/compare.js';
import type { ReadableSite, SiteSource } from '../../app/ports/site-source.js';
import { formatsNamed } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { isFolder } from '../../io/files/is-folder.js';
import { createIndexCache } from '../../io/web/index-cache.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import type { Outcome } from '../../model/outcome.js';
import type { SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { resolveDiff, type DiffRun, type DiffState } from '../../settings/diff-settings.js';
import type { Command, World } from './command.js';
import { reading, resolvedPlace } from './places.js';

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

async function runDiff({ format, before, after, timeoutMs }: DiffRun, world: World): Promise<Outcome> {
  const { cwd, env, log } = world;
  const [old, now] = [await named(before, cwd), await named(after, cwd)];
  const unaborted = new AbortController().signal;
  const compare = (earlier: SiteState, later: SiteState, signal: AbortSignal) => {
    const cache = createIndexCache(cacheFolder(env), MAX_UPSTREAM_BYTES);
    const indexes = createUpstreamIndexes({
      cwd,
      cache,
      timeoutMs: TIMEOUT_MS,
      signal,
      now: () => new Date(),
    });
    return compareSites(formatsNamed(format), earlier, later, indexes, log);
  };
  return opening(old, timeoutMs, world, unaborted, (earlier, outer) =>
    // Two moments of one place: what has been fetched of it serves both.
    earlier.kind === 'site' && now.kind === 'site' && isDeepStrictEqual(old, { ...now, at: earlier.at })
      ? compare(earlier, { ...earlier, at: now.at }, outer)
      : opening(now, timeoutMs, world, outer, (later, signal) => compare(earlier, later, signal)),
  );
}

/** A state whose notation has been compared with what exists on this machine. */
type NamedState = Exclude<DiffState, { kind: 'path' }>;

async function named(state: DiffState, cwd: string): Promise<NamedState> {
  if (state.kind === 'index') return state;
  if (state.kind === 'site')
    return { kind: 'site', ...(await resolvedPlace(state, cwd)), login: state.login };
  const place = state.place && (await resolvedPlace(state.place, cwd));
  return place?.site.kind === 'folder' && (await isFolder(cwd, place.site.folder))
    ? { kind: 'site', ...place, login: { token: undefined } }
    : { kind: 'index', location: state.path };
}

/**
 * Opens a state for reading.
 *
 * @param signal aborts the work if the state needs no signal of its own
 */
async function opening<T>(
  state: NamedState,
  timeoutMs: number,
  world: World,
  signal: AbortSignal,
  use: (state: SiteState, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (state.kind === 'index') return use(state, signal);
  return reading({ ...state, timeoutMs }, world, (source, own) =>
    use({ kind: 'site', source: readOnce(source), at: state.at }, own),
  );
}

/** Returns a source that opens its place and reads each file of it only once, however many states use it. */
function readOnce(source: SiteSource): SiteSource {
  const files = new Map<SitePath, ReturnType<ReadableSite['readFile']>>();
  let opened: Promise<ReadableSite> | undefined;
  return {
    ...source,
    async open(forWriting) {
      const site = await (opened ??= source.open(forWriting));
      const readFile: ReadableSite['readFile'] = (path) => {
        const bytes = files.get(path) ?? site.readFile(path);
        files.set(path, bytes);
        return bytes;
      };
      return { ...site, readFile };
    },
  };
}
