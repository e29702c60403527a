import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { SiteStore } from '../../app/ports/site-store.js';
import type { SomeFormat } from '../../formats/format.js';
import { isSiteFile } from '../../formats/registry.js';
import { machineFault } from '../../io/machine-fault.js';
import { UserError } from '../../model/user-error.js';
import type { TokenChoice } from '../../settings/credentials.js';
import type { SiteLocation } from '../../stores/locations.js';
import { openStore } from '../../stores/open-store.js';
import type { World } from './command.js';
import { listenForInterruption } from './interruption.js';

/** The place of a site that is changed, and how. */
export interface WritingSettings {
  readonly site: SiteLocation;
  readonly author: { readonly name: string; readonly email: string };
  readonly timeoutMs: number;
  readonly login: TokenChoice;
}

/**
 * Opens a place for writing, and removes temporary files at the end.
 *
 * @param use the work; it must stop if the signal is aborted
 * @throws {UserError} that of the work, `cancelled` if the run is interrupted, or `machine`
 */
export async function writing<T>(
  { site, author, timeoutMs, login }: WritingSettings,
  formats: readonly SomeFormat[],
  { cwd, env, log }: Pick<World, 'cwd' | 'env' | 'log'>,
  use: (store: SiteStore, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interruption = listenForInterruption();
  const { signal } = interruption;
  const store = openStore(site, {
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
    sleep: (ms) => setTimeout(ms, undefined, { signal }),
    onWaiting: log.info,
  });
  try {
    return await use(store, signal);
  } catch (error) {
    if (error instanceof UserError && error.isUncertain) throw error;
    if (signal.aborted)
      throw new UserError('cancelled', 'Interrupted; nothing was changed.', { cause: error });
    throw machineFault('The run cannot continue on this machine', error) ?? error;
  } finally {
    await store.close();
    interruption.stop();
  }
}
