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
  const problems: Problem[] = [];
  const sites = await Promise.all(
    sources.map(async (source): Promise<UpstreamSite<Index>[]> => {
      try {
        log.detail(`Reading the index of ${describeSource(source)}.`);
        const { bytes, outdated, keep } = await indexes.read(source);
        const index = format.parseIndex(new Map([[format.indexPaths[0], bytes]]), source);
        await keep();
        if (outdated) problems.push(outdatedCopy(source, outdated));
        return [{ ...source, index }];
      } catch (error) {
        if (!(error instanceof UserError) || error.code === 'cancelled') throw error;
        problems.push(unreadable(source, error));
        return [];
      }
    }),
  );
  return { sites: sites.flat(), problems };
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

function unreadable({ location }: UpstreamSource, { code, message, hint }: UserError): Problem {
  return {
    severity: 'error',
    code: code === 'remote' ? 'upstream-unreachable' : 'upstream-unreadable',
    path: location,
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}
