import type { NeededPayload, RestoredContent } from '../../formats/rollback.js';
import type { FormatName } from '../../model/format-name.js';
import type { Payload } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { FailedPayload } from '../fetch-batch.js';
import { fetchPayloads, type FetchPorts } from '../fetch-payloads.js';
import type { TempFolder } from '../ports/files.js';
import type { SiteSnapshot } from '../ports/site-store.js';
import type { StoredPayload } from '../stored-payloads.js';

/** The contents that an earlier state needs. */
export interface FetchedContents {
  /** By the path where they are stored from now on. */
  readonly contents: ReadonlyMap<string, RestoredContent>;
  /** Those that the site does not have under this path. */
  readonly payloads: readonly Payload[];
  readonly problems: readonly Problem[];
}

/** A needed payload, and where its content is now. */
interface Source {
  readonly needed: NeededPayload;
  /** Whether the site has it where it will be stored. */
  readonly isInPlace: boolean;
  readonly payload: StoredPayload;
}

/**
 * Fetches the contents that an earlier state needs, and compares each with the index: from the site, or else from the
 * earlier state itself, if the place keeps it.
 *
 * @param commit the earlier state; `undefined` if only the index records it
 */
export async function fetchNeeded(
  site: SiteSnapshot,
  commit: string | undefined,
  format: FormatName,
  needed: readonly NeededPayload[],
  folder: Pick<TempFolder, 'path'>,
  ports: FetchPorts,
): Promise<FetchedContents> {
  const sources = await sourcesOf(site, needed);
  const wanted = [...sources.values()].map(({ payload }) => payload);
  const fetched = await fetchPayloads(site, format, wanted, folder, ports);
  const { past } = site;
  const isInPast = ({ payload }: FailedPayload) => !sources.get(payload.storedPath)?.isInPlace;
  const older =
    past && commit !== undefined
      ? await fetchPayloads(
          past.at(commit),
          format,
          fetched.failed.filter(isInPast).map(({ payload }) => payload),
          folder,
          ports,
        )
      : undefined;
  const failed = older
    ? [...fetched.failed.filter((one) => !isInPast(one)), ...older.failed]
    : fetched.failed;
  const found = [...fetched.payloads, ...(older?.payloads ?? [])].flatMap((payload) => {
    const source = sources.get(payload.storedPath);
    return source ? [{ source, payload: { ...payload, storedPath: source.needed.storedPath } }] : [];
  });
  return {
    contents: new Map(
      found.map(({ payload: { storedPath, checksum, size } }) => [storedPath, { checksum, size }]),
    ),
    payloads: found.flatMap(({ source, payload }) => (source.isInPlace ? [] : payload)),
    problems: failed.map(gone),
  };
}

/** Returns where the contents are now, by their paths there. */
async function sourcesOf(
  site: SiteSnapshot,
  needed: readonly NeededPayload[],
): Promise<ReadonlyMap<string, Source>> {
  const states = await site.statFiles(needed.map(({ storedPath }) => storedPath));
  return new Map(
    needed.map((one, at) => {
      const { from, storedPath, path, checksums, size } = one;
      const isInPlace = states[at]?.status === 'there';
      const source = isInPlace ? storedPath : from;
      const payload = { name: source, storedPath: source, path, checksums, size, isCurrent: true };
      return [source, { needed: one, isInPlace, payload }];
    }),
  );
}

const HINT = 'Choose another moment, or publish the file again from its sources.';
/** A site with another index than the old place is never overwritten. */
const HINT_IF_IMPORTED =
  'If the site was imported and has not changed since, import it again with "--history".';

function gone(failed: FailedPayload): Problem {
  const { name } = failed.payload;
  return {
    severity: 'error',
    code: 'lost-payload',
    path: name,
    message: `The site cannot go back to ${name}: ${reasonOf(failed)}.`,
    hint: isMissing(failed) ? `${HINT} ${HINT_IF_IMPORTED}` : HINT,
  };
}

function reasonOf(failed: FailedPayload): string {
  if ('fault' in failed) return `it ${failed.fault}`;
  return failed.lost?.status === 'failed' ? failed.lost.reason : 'it does not exist any more';
}

function isMissing(failed: FailedPayload): boolean {
  return 'lost' in failed && failed.lost?.status !== 'failed';
}
