import type { IndexedPayload } from '../../formats/verification.js';
import { judged, skipped, type Check, type Finding } from '../../model/check.js';
import type { CheckName } from '../../model/check-names.js';
import { count, formatNumber } from '../../model/humanize.js';
import type { PayloadStates } from './payload-state.js';
import type { VerifySettings } from './settings.js';

/** The checks of stored files. */
export const PAYLOAD_CHECKS = [
  'payloads-present',
  'payload-sizes',
  'payload-checksums',
  'previous-payloads',
  'orphans',
] as const satisfies readonly CheckName[];

/** Checks the payloads that clients are offered, and previous ones. */
export function payloadChecks(
  payloads: readonly IndexedPayload[],
  states: PayloadStates,
  { previous }: Pick<VerifySettings, 'previous'>,
): readonly Check[] {
  const current = payloads.filter(({ isCurrent }) => isCurrent);
  return [
    judged(
      'payloads-present',
      current.flatMap((payload) => absence(payload, states)),
      (files) =>
        `${count(files, 'file that the index offers is', 'files that the index offers are')} not there.`,
    ),
    judged(
      'payload-sizes',
      current.flatMap((payload) => wrongSize(payload, states)),
      (files) => `${count(files, 'file has', 'files have')} another size than the index states.`,
    ),
    judged(
      'payload-checksums',
      current.flatMap((payload) => wrongContent(payload, states)),
      (files) => `${count(files, 'file has', 'files have')} another checksum than the index states.`,
    ),
    previousPayloads(payloads, states, previous),
  ];
}

function previousPayloads(
  payloads: readonly IndexedPayload[],
  states: PayloadStates,
  which: VerifySettings['previous'],
): Check {
  if (which === 'none')
    return skipped('previous-payloads', 'Only current versions are checked (--current-only).');
  const findings = payloads
    .filter(({ isCurrent }) => !isCurrent)
    .flatMap((payload) => [
      ...absence(payload, states),
      ...wrongSize(payload, states),
      ...wrongContent(payload, states),
    ]);
  return judged(
    'previous-payloads',
    findings,
    (files) => `${count(files, 'previous version is', 'previous versions are')} missing or damaged.`,
    which === 'content' ? 'failed' : 'warning',
  );
}

function absence({ name }: IndexedPayload, states: PayloadStates): readonly Finding[] {
  const state = states.get(name);
  if (state?.status === 'missing') return [{ path: name, message: 'it does not exist' }];
  return state?.status === 'failed' ? [{ path: name, message: state.reason }] : [];
}

/** The size of a payload that is there, if the index states another one. */
function wrongSize({ name, size: stated }: IndexedPayload, states: PayloadStates): readonly Finding[] {
  const state = states.get(name);
  if (state?.status !== 'there' || state.size === undefined || stated === undefined) return [];
  if (state.size === stated) return [];
  const message = `it has ${count(state.size, 'byte')}, the index states ${formatNumber(stated)}`;
  return [{ path: name, message }];
}

/** The content of a payload that was read, if it has the right size but is not what the index states. */
function wrongContent(payload: IndexedPayload, states: PayloadStates): readonly Finding[] {
  const { name, checksums } = payload;
  const state = states.get(name);
  if (state?.status !== 'there' || !state.content || wrongSize(payload, states).length > 0) return [];
  const { content } = state;
  if ('fault' in content) return [{ path: name, message: content.fault }];
  if (content.facts.isMatch) return [];
  const message = `its checksum is ${content.facts.checksum}, the index states ${checksums.join(' and ')}`;
  return [{ path: name, message }];
}

/**
 * Checks whether stored files belong to the index.
 *
 * @param files all files of the site; `undefined` if the place does not list them
 * @param isStoredPath whether a file is a payload, by its name
 * @param index path of the index
 */
export function orphans(
  files: readonly string[] | undefined,
  payloads: readonly IndexedPayload[],
  isStoredPath: (path: string) => boolean,
  index: string,
): Check {
  if (files === undefined) return skipped('orphans', 'A web server does not list its files.');
  // Channels of newer updaters have their own indexes, but their files are beside those of the site.
  if (files.includes('channels.txt'))
    return skipped('orphans', 'The site has channels (channels.txt), whose files are not known here.');
  const known = new Set(payloads.map(({ name }) => name));
  // Another site in a folder below has its own payloads.
  const sites = files.flatMap((file) => (file.endsWith(`/${index}`) ? [file.slice(0, -index.length)] : []));
  const findings = files
    .filter((file) => isStoredPath(file) && !known.has(file) && !sites.some((site) => file.startsWith(site)))
    .sort()
    .map((path) => ({ path, message: 'the index does not name it' }));
  return judged(
    'orphans',
    findings,
    (count_) => `${count(count_, 'stored version does', 'stored versions do')} not belong to the index.`,
  );
}
