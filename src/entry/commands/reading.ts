import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { SiteSource } from '../../app/ports/site-source.js';
import { machineFault } from '../../io/machine-fault.js';
import { UserError } from '../../model/user-error.js';
import type { TokenChoice } from '../../settings/credentials.js';
import type { ReadableLocation } from '../../stores/locations.js';
import { openSource } from '../../stores/open-store.js';
import type { World } from './command.js';
import { listenForInterruption } from './interruption.js';

/** The place of a site that is only read, and how to read it. */
export interface ReadingSettings {
  readonly site: ReadableLocation;
  readonly timeoutMs: number;
  readonly login: TokenChoice;
}

/** Author of commits, which reading does not make. */
const NO_AUTHOR = { name: '', email: '' };

/**
 * Opens a place for reading, and removes temporary files at the end.
 *
 * @param use the work; it must stop if the signal is aborted
 * @throws {UserError} that of the work, `cancelled` if the run is interrupted, or `machine`
 */
export async function reading<T>(
  { site, timeoutMs, login }: ReadingSettings,
  { cwd, env, log }: Pick<World, 'cwd' | 'env' | 'log'>,
  use: (source: SiteSource, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interruption = listenForInterruption();
  const { signal } = interruption;
  const source = openSource(site, {
    cwd,
    env,
    token: login.token,
    author: NO_AUTHOR,
    timeoutMs,
    signal,
    runId: randomUUID(),
    isSiteFile: () => false,
    sleep: (ms) => setTimeout(ms, undefined, { signal }),
    onWaiting: log.info,
  });
  try {
    return await use(source, signal);
  } catch (error) {
    if (signal.aborted)
      throw new UserError('cancelled', 'Interrupted; nothing was changed.', { cause: error });
    throw machineFault('The run cannot continue on this machine', error) ?? error;
  } finally {
    await source.close();
    interruption.stop();
  }
}
