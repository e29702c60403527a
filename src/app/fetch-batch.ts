import type { FormatName } from '../model/format-name.js';
import type { Payload } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import { copiesIn } from './copies.js';
import type { CopyFolder } from './ports/files.js';
import type { Inspector, VerifyResult } from './ports/inspector.js';
import type { LocalFile, ReadableSite } from './ports/site-source.js';
import { lostPayload, remedyOf, type CopyWords, type StoredPayload } from './stored-payloads.js';
import { MAX_PAYLOAD_BYTES, verifyRequest } from './verify-request.js';

/** Number of files that are fetched and compared together. */
export const BATCH_FILES = 64;

/** A payload that could not be fetched, or is not what the index states. */
export type FailedPayload = { readonly payload: StoredPayload } & (
  | { readonly lost: Exclude<LocalFile, Local> | undefined }
  /** What is wrong with its content, as the end of a sentence without its period. */
  | { readonly fault: string }
);

/** The payloads that were fetched and are what the index states, and the others. */
export interface FetchedPayloads {
  readonly payloads: readonly Payload[];
  readonly failed: readonly FailedPayload[];
}

/** Folder for the copies. With `present`, it may contain those of an earlier run. */
export type FolderForCopies = Pick<CopyFolder, 'path'> & Partial<Pick<CopyFolder, 'present'>>;

/** How a batch is fetched. */
export interface FetchSettings {
  readonly format: FormatName;
  readonly folder: FolderForCopies;
  /** Called with the number of bytes that have arrived since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** Where payloads are fetched from. */
export type FetchSource = Pick<ReadableSite, 'fetchFiles' | 'isHere'>;

/** A payload on this machine. */
type Local = Extract<LocalFile, { status: 'there' }>;

/**
 * Fetches some payloads, and compares each with the index. Those that an interrupted run has already fetched are
 * compared where they are.
 */
export async function fetchBatch(
  from: FetchSource,
  batch: readonly StoredPayload[],
  { format, folder, onBytes }: FetchSettings,
  inspector: Inspector,
): Promise<FetchedPayloads> {
  const { path, present } = folder;
  const fileFor = copiesIn(path);
  const payloads: Payload[] = [];
  const failed: FailedPayload[] = [];
  const kept =
    from.isHere || !present ? [] : await keptOf(batch, ({ storedPath }) => present(fileFor(storedPath)));
  const good = new Set<string>();
  for (const { payload, local, verdict } of await compare(format, kept, inspector)) {
    if ('fault' in verdict) continue;
    good.add(payload.name);
    payloads.push(payloadOf(payload, local, verdict.checksum));
    onBytes(local.size);
  }
  const missing = batch.filter(({ name }) => !good.has(name));
  const files = await from.fetchFiles(
    missing.map(({ storedPath }) => storedPath),
    { fileFor, maxBytesEach: MAX_PAYLOAD_BYTES, onBytes },
  );
  const fetched = missing.flatMap((payload, index): Found[] => {
    const local = files[index];
    if (local?.status === 'there') return [{ payload, local }];
    failed.push({ payload, lost: local });
    return [];
  });
  for (const { payload, local, verdict } of await compare(format, fetched, inspector)) {
    if ('fault' in verdict) failed.push({ payload, fault: verdict.fault });
    else payloads.push(payloadOf(payload, local, verdict.checksum));
  }
  return { payloads, failed };
}

interface Found {
  readonly payload: StoredPayload;
  readonly local: Local;
}

/** What comparing a file with the index has shown: its checksum today, or its fault. */
type Verdict =
  | { readonly checksum: string }
  /** The end of a sentence, without its period. */
  | { readonly fault: string };

async function keptOf(
  batch: readonly StoredPayload[],
  present: (payload: StoredPayload) => Promise<Local | undefined>,
): Promise<readonly Found[]> {
  const kept: Found[] = [];
  for (const payload of batch) {
    const local = await present(payload);
    if (local) kept.push({ payload, local });
  }
  return kept;
}

async function compare(
  format: FormatName,
  files: readonly Found[],
  inspector: Inspector,
): Promise<readonly (Found & { readonly verdict: Verdict })[]> {
  const requests = files.map(({ payload, local }) => verifyRequest(format, payload, local));
  const results = await inspector.verifyAll(requests, () => undefined);
  return files.map((file, at) => ({ ...file, verdict: judge(file, results[at]) }));
}

function judge({ payload, local }: Found, result: VerifyResult | undefined): Verdict {
  const { size: stated, checksums } = payload;
  const { size, damage } = local;
  const differs = (how: string) => ({ fault: `is not what its index states: ${how}` });
  if (stated !== undefined && size !== stated)
    return differs(`it has ${size} bytes, the index states ${stated}`);
  if (!result) return differs('it was not read');
  if ('problem' in result) return differs(result.problem.message.replace(/\.$/, ''));
  const { checksum, isMatch } = result.facts;
  if (!isMatch) return differs(`its checksum is ${checksum}, the index states ${checksums.join(' and ')}`);
  return damage === undefined ? { checksum } : { fault: `is damaged: ${damage}` };
}

function payloadOf(
  { storedPath, path }: StoredPayload,
  { file, size, modified }: Local,
  checksum: string,
): Payload {
  return { storedPath, path, file, size, modified, checksum };
}

/** Reports a payload that could not be fetched: an error if clients are offered it. */
export function failureProblem(failed: FailedPayload, words: CopyWords): Problem {
  if ('lost' in failed) return lostPayload(failed.payload, failed.lost, words);
  const { name, isCurrent } = failed.payload;
  const { place, without, past, remedy } = words;
  const gone = remedy === undefined ? without : `${without} ${remedyOf(words)}`;
  return {
    severity: isCurrent ? 'error' : 'warning',
    code: 'damaged-payload',
    path: name,
    message: `${name} in ${place} ${failed.fault}.`,
    hint: isCurrent ? `${past === undefined ? 'Clients refuse it. ' : ''}${remedyOf(words)}` : gone,
  };
}
