import type { Format } from '../formats/format.js';
import type { IndexedPayload } from '../formats/verification.js';
import type { Inspection } from '../model/artifact.js';
import type { Plan } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import { parseSitePath, type SitePath } from '../model/site-path.js';
import type { FileState, ReadableSite } from './ports/site-source.js';

/** A payload of a site, with the path under which it is stored. */
export type StoredPayload = IndexedPayload & { readonly storedPath: SitePath; readonly path: SitePath };

/** What messages about payloads call the site and the work. */
export interface CopyWords {
  /** The place that is read: `the old place`. */
  readonly place: string;
  /** The site as its maintainer knows it: `the old site`. */
  readonly site: string;
  /** The last step of each remedy: `Then import again.` */
  readonly again: string;
  /** What becomes of a previous version that cannot be copied, as sentences. */
  readonly without: string;
  /** Set if the state is one of the past, which cannot be mended: what to do instead, as a sentence. */
  readonly past?: string;
  /** What to do about a lost or damaged file in place of publishing it again, as a sentence. */
  readonly remedy?: string | undefined;
}

/** The payloads to copy. */
export interface Wanted {
  readonly payloads: readonly StoredPayload[];
  /** Number of files on other servers, which stay there. */
  readonly elsewhere: number;
  readonly problems: readonly Problem[];
}

/** Returns the payloads to copy: the current ones, and previous ones if they are wanted. */
export function wantedPayloads<Index, I extends Inspection, P extends Plan, O>(
  format: Format<Index, I, P, O>,
  index: Index,
  siteUrl: string | undefined,
  withHistory: boolean,
  words: CopyWords,
): Wanted {
  const all = format.verification?.payloadsOf(index, siteUrl) ?? [];
  const named = all.filter(({ isCurrent }) => isCurrent || withHistory);
  const problems: Problem[] = [];
  const payloads = named.flatMap((payload): StoredPayload[] => {
    const { storedPath, url, path } = payload;
    if (url !== undefined) return [];
    const parsed = parseSitePath(path);
    if (storedPath !== undefined && 'path' in parsed) return [{ ...payload, storedPath, path: parsed.path }];
    problems.push(
      unstorable(payload, 'reason' in parsed ? parsed.reason : 'its address leads to no file', words),
    );
    return [];
  });
  return { payloads, elsewhere: named.filter(({ url }) => url !== undefined).length, problems };
}

/**
 * Reports a payload that cannot be copied under its name.
 *
 * @param reason a clause
 */
export function unstorable(
  { name, isCurrent }: IndexedPayload,
  reason: string,
  { site, again, without, past }: CopyWords,
): Problem {
  const message = `${name} cannot be stored: ${reason}.`;
  return isCurrent
    ? {
        severity: 'error',
        code: 'bad-path',
        path: name,
        message,
        hint: past ?? `Publish the file under another name on ${site}, and remove this one. ${again}`,
      }
    : { severity: 'warning', code: 'lost-payload', path: name, message, hint: without };
}

/** Finds out which payloads a place has, and the sizes that the index does not state. */
export async function lookFor(
  from: Pick<ReadableSite, 'statFiles'>,
  wanted: readonly StoredPayload[],
  words: CopyWords,
): Promise<{ readonly payloads: readonly StoredPayload[]; readonly problems: readonly Problem[] }> {
  const states = await from.statFiles(wanted.map(({ storedPath }) => storedPath));
  const problems: Problem[] = [];
  const payloads = wanted.flatMap((payload, at): StoredPayload[] => {
    const state = states[at];
    if (state?.status === 'there') return [{ ...payload, size: payload.size ?? state.size }];
    problems.push(lostPayload(payload, state, words));
    return [];
  });
  return { payloads, problems };
}

/** Reports a payload that the place does not have. */
export function lostPayload(
  { name, isCurrent }: IndexedPayload,
  state: Exclude<FileState, { status: 'there' }> | undefined,
  words: CopyWords,
): Problem {
  const { place, without, past } = words;
  const reason = state?.status === 'failed' ? state.reason : 'it does not exist there';
  const common = { code: 'lost-payload', path: name } as const;
  return isCurrent
    ? {
        severity: 'error',
        ...common,
        message: `${name} cannot be fetched from ${place}: ${reason}. ${past === undefined ? 'Users are offered it' : 'Users were offered it then'}.`,
        hint: remedyOf(words),
      }
    : {
        severity: 'warning',
        ...common,
        message: `The previous version ${name} cannot be fetched from ${place}: ${reason}.`,
        hint: without,
      };
}

/** Returns what to do about a lost or damaged file that users are offered. */
export function remedyOf({ site, again, past, remedy }: CopyWords): string {
  return past ?? `${remedy ?? `Publish it again on ${site}, or remove it there.`} ${again}`;
}
