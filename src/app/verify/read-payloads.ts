import type { IndexedPayload } from '../../formats/verification.js';
import type { FormatName } from '../../model/format-name.js';
import type { SitePath } from '../../model/site-path.js';
import { UserError } from '../../model/user-error.js';
import { inBatches } from '../batches.js';
import { copiesIn } from '../copies.js';
import type { TempFolder, TempFolders } from '../ports/files.js';
import type { Inspector, VerifyResult } from '../ports/inspector.js';
import type { Progress } from '../ports/log.js';
import type { FileState, LocalFile, ReadableSite } from '../ports/site-source.js';
import type { FilesElsewhere } from '../ports/web-servers.js';
import { MAX_PAYLOAD_BYTES, verifyRequest } from '../verify-request.js';
import type { FoundContent, PayloadState, PayloadStates } from './payload-state.js';

/** Limits for the copies that are on this machine at the same time; twice as many while the next are fetched. */
const BATCH = { maxFiles: 256, maxBytes: 64 * 1024 * 1024 };
/** Maximum number of requests to other servers at the same time. */
const MAX_ELSEWHERE = 4;

export interface PayloadPorts {
  readonly inspector: Inspector;
  readonly temp: TempFolders;
  readonly elsewhere: FilesElsewhere;
  readonly progress: Progress;
}

/** A payload in the place that is checked. */
type StoredPayload = IndexedPayload & { readonly storedPath: SitePath };

/** Which payloads are read, and of which it is only found out whether they exist. */
export interface PayloadChoice {
  readonly read: readonly IndexedPayload[];
  readonly ask: readonly IndexedPayload[];
}

/**
 * Reads payloads, each once, in batches: while one batch is read on all cores, the next one is fetched.
 *
 * @returns the state of each chosen payload, by its name
 */
export async function readPayloads(
  site: ReadableSite,
  format: FormatName,
  { read, ask }: PayloadChoice,
  ports: PayloadPorts,
): Promise<PayloadStates> {
  const states = new Map<string, PayloadState>();
  const stored = read.filter(isStored);
  const elsewhere = [...read, ...ask].flatMap(({ name, url }) => (url === undefined ? [] : [{ name, url }]));
  await askHere(site, ask.filter(isStored), states, ports.progress);
  await askElsewhere(elsewhere, states, ports.elsewhere);
  await readStored(site, format, stored, states, ports);
  return states;
}

function isStored(payload: IndexedPayload): payload is StoredPayload {
  return payload.storedPath !== undefined;
}

async function askHere(
  site: ReadableSite,
  payloads: readonly StoredPayload[],
  states: Map<string, PayloadState>,
  progress: Progress,
): Promise<void> {
  if (payloads.length === 0) return;
  const task = progress.start('Looking for files', payloads.length, 'files');
  const found = await site.statFiles(
    payloads.map(({ storedPath }) => storedPath),
    () => {
      task.advance(1);
    },
  );
  task.done();
  payloads.forEach(({ name }, at) => states.set(name, stateOf(found[at])));
}

function stateOf(found: FileState | LocalFile | undefined): PayloadState {
  return found?.status === 'there' ? presence(found, undefined) : (found ?? { status: 'unasked' });
}

function presence(
  { size, redirects = [] }: Extract<FileState | LocalFile, { status: 'there' }>,
  content: FoundContent | undefined,
): PayloadState {
  return { status: 'there', size, content, redirects };
}

async function askElsewhere(
  payloads: readonly { readonly name: string; readonly url: string }[],
  states: Map<string, PayloadState>,
  elsewhere: FilesElsewhere,
): Promise<void> {
  const waiting = payloads.values();
  const askNext = async () => {
    for (const { name, url } of waiting) {
      try {
        const size = await elsewhere.sizeOf(url, MAX_PAYLOAD_BYTES);
        states.set(name, { status: 'there', size, content: undefined, redirects: [] });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        states.set(name, { status: 'failed', reason: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_ELSEWHERE }, askNext));
}

/** A batch of payloads, and their files on this machine. */
interface Fetched {
  readonly payloads: readonly StoredPayload[];
  readonly files: readonly LocalFile[];
  readonly folder: TempFolder;
}

async function readStored(
  site: ReadableSite,
  format: FormatName,
  payloads: readonly StoredPayload[],
  states: Map<string, PayloadState>,
  ports: PayloadPorts,
): Promise<void> {
  if (payloads.length === 0) return;
  const { progress, temp } = ports;
  const task = progress.start(
    'Reading files',
    payloads.reduce((sum, { size = 0 }) => sum + size, 0),
  );
  const fetch = async (batch: readonly StoredPayload[]): Promise<Fetched> => {
    const folder = await temp.make();
    const paths = batch.map(({ storedPath }) => storedPath);
    const options = { fileFor: copiesIn(folder.path), maxBytesEach: MAX_PAYLOAD_BYTES };
    try {
      return { payloads: batch, files: await site.fetchFiles(paths, options), folder };
    } catch (error) {
      await folder.remove();
      throw error;
    }
  };
  const [first = [], ...rest] = site.isHere ? [payloads] : inBatches(payloads, (one) => one, BATCH);
  let next: Promise<Fetched> | undefined = fetch(first);
  try {
    for (const batch of [...rest, undefined]) {
      const fetched: Fetched = await next;
      next = batch && fetch(batch);
      // Its failure is reported when it is needed.
      next?.catch(() => undefined);
      try {
        await readBatch(format, fetched, states, ports.inspector, (bytes) => {
          task.advance(bytes);
        });
      } finally {
        await fetched.folder.remove();
      }
      if (next === undefined) break;
    }
  } catch (error) {
    await next?.then(({ folder }) => folder.remove()).catch(() => undefined);
    throw error;
  }
  task.done();
}

async function readBatch(
  format: FormatName,
  { payloads, files }: Fetched,
  states: Map<string, PayloadState>,
  inspector: Inspector,
  onDone: (bytes: number) => void,
): Promise<void> {
  const here = payloads.flatMap((payload, at) => {
    const local = files[at];
    states.set(payload.name, stateOf(local));
    if (local?.status === 'there') return [{ payload, local }];
    onDone(payload.size ?? 0);
    return [];
  });
  const requests = here.map(({ payload, local }) => verifyRequest(format, payload, local));
  const results = await inspector.verifyAll(requests, onDone);
  here.forEach(({ payload, local }, at) => {
    const result = results[at];
    if (result) states.set(payload.name, presence(local, contentOf(result, local.damage)));
  });
}

/** What a file contains. That it is not what the index states counts before what the place knows to be wrong. */
function contentOf(result: VerifyResult, damage: string | undefined): FoundContent {
  if ('problem' in result) return { fault: result.problem.message };
  return damage !== undefined && result.facts.isMatch ? { fault: damage } : { facts: result.facts };
}
