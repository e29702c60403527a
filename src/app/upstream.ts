import type { IndexFormat } from '../formats/format.js';
import type { Problem } from '../model/problem.js';
import { describeSource, type UpstreamSite, type UpstreamSource } from '../model/upstream.js';
import { UserError } from '../model/user-error.js';
import type { Log } from './ports/log.js';
import type { UpstreamIndexes } from './ports/upstream-indexes.js';

/** The upstream sites that could be read, and the problems with the other ones. */
export interface ReadUpstream<Index> {
  readonly sites: readonly UpstreamSite<Index>[];
  readonly problems: readonly Problem[];
}

/** Reads the indexes of the sites that users also follow, concurrently. */
export async function readUpstream<Index>(
  sources: readonly UpstreamSource[],
  format: IndexFormat<Index>,
  indexes: UpstreamIndexes,
  log: Log,
): Promise<ReadUpstream<Index>> {
  const read = await Promise.all(
    sources.map(async (source): Promise<ReadUpstream<Index>> => {
      try {
        log.detail(`Reading the index of ${describeSource(source)}.`);
        const { bytes, outdated, keep } = await indexes.read(source);
        const index = format.parseIndex(new Map([[format.indexPaths[0], bytes]]), source);
        await keep();
        const problems = outdated ? [outdatedCopy(source, outdated)] : [];
        return { sites: [{ ...source, index }], problems };
      } catch (error) {
        if (!(error instanceof UserError) || error.code === 'cancelled') throw error;
        return { sites: [], problems: [unreadable(source, error)] };
      }
    }),
  );
  // In the order of the sources, whichever is read first.
  return { sites: read.flatMap(({ sites }) => sites), problems: read.flatMap(({ problems }) => problems) };
}

function outdatedCopy(source: UpstreamSource, { reason, date }: { reason: string; date: string }): Problem {
  return {
    severity: 'warning',
    code: 'upstream-outdated',
    path: source.location,
    message: `Could not download the index of ${describeSource(source)}: ${reason}. Using the cached copy of ${date.slice(0, 10)}.`,
    hint: 'This run does not consider later publications of that site. Run again later to be sure.',
  };
}

/** Returns the problem of an index that cannot be read. */
export function unreadable({ location }: UpstreamSource, { code, message, hint }: UserError): Problem {
  return {
    severity: 'error',
    code: code === 'remote' ? 'upstream-unreachable' : 'upstream-unreadable',
    path: location,
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}
