import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { SiteSource } from '../../app/ports/site-source.js';
import type { SiteStore } from '../../app/ports/site-store.js';
import type { SomeFormat } from '../../formats/format.js';
import { isSiteFile } from '../../formats/registry.js';
import { isFolder } from '../../io/files/is-folder.js';
import { machineFault } from '../../io/machine-fault.js';
import { UserError } from '../../model/user-error.js';
import type { TokenChoice } from '../../settings/credentials.js';
import { adviceOnMoment, type PlaceAt } from '../../settings/place-at.js';
import type { ReadableLocation, SiteLocation } from '../../stores/locations.js';
import { openSource, openStore } from '../../stores/open-store.js';
import type { StoreContext } from '../../stores/store.js';
import type { Host, World } from './command.js';
import { listenForInterruption } from './interruption.js';

/** A place, and how to reach it. */
interface Reaching {
  /** Timeout for each request, in milliseconds. */
  readonly timeoutMs: number;
  readonly login: TokenChoice;
}

/** The place of a site that is only read. */
export interface ReadingSettings extends Reaching {
  readonly site: ReadableLocation;
}

/** The place of a site that is changed. */
export interface WritingSettings extends Reaching {
  readonly site: SiteLocation;
  /** Author of commits. */
  readonly author: { readonly name: string; readonly email: string };
}

type PlaceWorld = Pick<World, 'cwd' | 'env' | 'log'> & { readonly host?: Partial<Host> };

/** Author of commits, which reading does not make. */
const NO_AUTHOR = { name: '', email: '' };

/** Decides what the notation of a place with a moment means: a folder with this whole name, if it exists. */
export async function resolvedPlace(
  { site, at, whole }: PlaceAt,
  cwd: string,
): Promise<Omit<PlaceAt, 'whole'>> {
  const isWhole = whole !== undefined && (await isFolder(cwd, whole.folder));
  return isWhole ? { site: whole, at: undefined } : { site, at };
}

/**
 * Opens a place for reading, and removes temporary files at the end.
 *
 * @param use the work; it must stop if the signal is aborted
 * @throws {UserError} that of the work, `cancelled` if the run is interrupted, or `machine`
 */
export function reading<T>(
  settings: ReadingSettings,
  world: PlaceWorld,
  use: (source: SiteSource, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const place = { ...settings, author: NO_AUTHOR };
  const advice = adviceOnMoment(settings.site);
  return opened(
    (signal) => ({ ...openSource(settings.site, contextFor(place, [], world, signal)), advice }),
    use,
  );
}

/**
 * Opens a place for writing, and removes temporary files at the end.
 *
 * @param formats the formats that the site may have
 * @param use the work; it must stop if the signal is aborted
 * @throws {UserError} that of the work, `cancelled` if the run is interrupted, or `machine`
 */
export function writing<T>(
  settings: WritingSettings,
  formats: readonly SomeFormat[],
  world: PlaceWorld,
  use: (store: SiteStore, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const advice = adviceOnMoment(settings.site);
  return opened(
    (signal) => ({ ...openStore(settings.site, contextFor(settings, formats, world, signal)), advice }),
    use,
  );
}

function contextFor(
  { author, timeoutMs, login }: Omit<WritingSettings, 'site'>,
  formats: readonly SomeFormat[],
  { cwd, env, log, host }: PlaceWorld,
  signal: AbortSignal,
): StoreContext {
  const { remoteSizes } = host ?? {};
  return {
    cwd,
    env,
    token: login.token,
    author,
    timeoutMs,
    signal,
    runId: randomUUID(),
    // Also the files of a channel, in a subfolder.
    isSiteFile: (file) =>
      [file, file.slice(file.indexOf('/') + 1)].some((one) =>
        formats.some((format) => isSiteFile(format, one)),
      ),
    ...(remoteSizes ? { remoteSizes } : {}),
    sleep: (ms) => setTimeout(ms, undefined, { signal }),
    onWaiting: log.info,
  };
}

/** Works with an open place until it is done, or the run is interrupted. */
async function opened<Place extends Pick<SiteSource, 'close'>, T>(
  open: (signal: AbortSignal) => Place,
  use: (place: Place, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interruption = listenForInterruption();
  const { signal } = interruption;
  const place = open(signal);
  try {
    return await use(place, signal);
  } catch (error) {
    // The place may have been changed, and the error states it.
    if (error instanceof UserError && error.isUncertain) throw error;
    if (signal.aborted)
      throw new UserError('cancelled', 'Interrupted; nothing was changed.', { cause: error });
    throw machineFault('The run cannot continue on this machine', error) ?? error;
  } finally {
    await place.close();
    interruption.stop();
  }
}
