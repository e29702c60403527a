import type { IndexedPayload } from '../../formats/verification.js';
import { count, formatNumber } from '../../model/humanize.js';
import type { PayloadChoice } from './read-payloads.js';
import type { VerifySettings } from './settings.js';

/** The payloads that are read, and a sentence that states what this leaves out, if anything. */
interface LimitedChoice extends PayloadChoice {
  readonly limits?: string;
}

/** Chooses which payloads are read, at random if only some of them are. */
export function choosePayloads(
  payloads: readonly IndexedPayload[],
  { sample, previous }: Pick<VerifySettings, 'sample' | 'previous'>,
  random: () => number,
): LimitedChoice {
  const wanted = payloads.filter(({ isCurrent }) => isCurrent || previous === 'content');
  const asked = payloads.filter(({ isCurrent }) => !isCurrent && previous === 'presence');
  if (sample === undefined || sample >= wanted.length) return { read: wanted, ask: asked };
  const chosen = new Set(shuffled(wanted, random).slice(0, sample));
  return {
    read: wanted.filter((payload) => chosen.has(payload)),
    ask: [...wanted.filter((payload) => !chosen.has(payload)), ...asked],
    limits: `Only ${count(sample, 'file')} of ${formatNumber(wanted.length)} ${sample === 1 ? 'was' : 'were'} read.`,
  };
}

/** Returns the values in a random order (Fisher and Yates). */
function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  const list = [...values];
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other] as T, list[at] as T];
  }
  return list;
}
