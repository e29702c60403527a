import { formatOfIndex } from '../formats/registry.js';
import { FORMAT_NAMES, type FormatName } from '../model/format-name.js';
import { mayBePath, NOTATIONS, originOf, parsePlace } from '../stores/locations.js';
import type { GivenOptions, ReadingContext } from './command-context.js';
import type { TokenChoice } from './credentials.js';
import { createOptionReader, usageError } from './option-reader.js';
import { placeAt, type PlaceAt } from './place-at.js';
import { indexLocation } from './upstream-choice.js';
import { readTimeout } from './values.js';

/** A state of a site, as the user named it. */
export type DiffState =
  /** The address of an index. */
  | { readonly kind: 'index'; readonly location: string }
  | (PlaceAt & { readonly kind: 'site'; readonly login: TokenChoice })
  /** A path on this machine: a site if it is a folder, and otherwise an index. */
  | { readonly kind: 'path'; readonly path: string; readonly place: PlaceAt | undefined };

/** The final settings of a comparison. */
export interface DiffRun {
  /** `undefined` if the sites show it. */
  readonly format: FormatName | undefined;
  readonly before: DiffState;
  readonly after: DiffState;
  readonly timeoutMs: number;
  /** Whether the exit code is that of `diff` and `git diff --exit-code`. */
  readonly hasExitCode: boolean;
}

/**
 * Checks the options of a comparison.
 *
 * @param raw the given options
 * @param given the arguments of the command
 * @throws {UserError} `usage`, with all faults at once
 */
export function resolveDiff(
  raw: GivenOptions,
  given: readonly string[],
  { nameOf, faults, loginFor }: ReadingContext,
): DiffRun {
  const options = createOptionReader<'format' | 'exit-code' | 'timeout'>(raw, nameOf);
  if (given.length !== 2)
    options.fault(
      undefined,
      'The command diff needs two states',
      `Write update-site diff OLD NEW, each the file or address of an index, or a place: ${NOTATIONS}. PLACE@T is its state after the publication T.`,
    );
  const [before, after] = given.map((notation) =>
    readState(notation, loginFor, (what, hint) => {
      options.fault(undefined, what, hint);
    }),
  );
  const [named] = given.flatMap((notation) => formatOfIndex(fileNameIn(notation)) ?? []);
  const run = {
    format: options.choice('format', FORMAT_NAMES) ?? named,
    hasExitCode: options.flag('exit-code'),
    timeoutMs: readTimeout(options) * 1000,
  };
  const all = [...faults, ...options.problems];
  if (all.length > 0 || !before || !after) throw usageError(all);
  return { ...run, before, after };
}

function readState(
  notation: string,
  loginFor: ReadingContext['loginFor'],
  fault: (what: string, hint: string) => void,
): DiffState | undefined {
  // The name of the index is already part of the address.
  if (isIndexAddress(notation)) return { kind: 'index', location: indexLocation(notation, '', fault) };
  const isPath = mayBePath(notation);
  const place = placeAt(notation, (text) =>
    parsePlace(text, (what, hint) => {
      if (!isPath || notation === '') fault(`${notation}: ${what}`, hint);
    }),
  );
  if (isPath && /\.zip(?:@\w+)?$/i.test(notation)) {
    fault(`${notation}: it is not an index`, `If it is a backup, write zip:${notation}.`);
    return undefined;
  }
  if (isPath) return { kind: 'path', path: notation, place };
  return place && { kind: 'site', ...place, login: loginFor(originOf(place.site)) };
}

/** Whether a web address is that of an index rather than of a site. */
function isIndexAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && /\.xml(?:\.gz)?$/.test(new URL(text).pathname);
}

/** Returns the last part of a path or URL. */
function fileNameIn(location: string): string {
  const [path = ''] = location.split(/[?#]/, 1);
  return path.split(/[/\\]/).at(-1) ?? '';
}
