/**
 * The commands, for both front ends, one file per command. This file connects a publication to files, stores and the
 * network. Commands write only through the {@link World} that they receive.
 *
 * @module
 */

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { SiteStore } from '../../app/ports/site-store.js';
import { publish } from '../../app/publish/publish.js';
import { formatNamed, isSiteFile } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { createArtifactFiles } from '../../io/files/artifact-files.js';
import { createMavenRepository, mavenRepositoryFolder } from '../../io/files/maven-repository.js';
import { machineFault } from '../../io/machine-fault.js';
import { createFilesElsewhere } from '../../io/web/files-elsewhere.js';
import { createIndexCache } from '../../io/web/index-cache.js';
import { createPublishedDates } from '../../io/web/last-modified.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import type { RunSettings } from '../../settings/settings.js';
import { openStore } from '../../stores/open-store.js';
import { createInspector } from '../worker/inspector.js';
import type { World } from './command.js';
import { listenForInterruption } from './interruption.js';

/** Timeout for the request to the web server of the site when its index was changed, in milliseconds. */
const DATE_TIMEOUT_MS = 5000;

/** Timeout for the request to the server of an archive, in milliseconds. */
const ARCHIVE_TIMEOUT_MS = 30_000;

/**
 * Runs a publication with the settings, and removes temporary files at the end.
 *
 * @param cacheDir folder for copies of upstream indexes
 */
export async function runPublication(
  settings: RunSettings,
  world: Pick<World, 'cwd' | 'env' | 'log' | 'progress' | 'host'>,
  cacheDir = cacheFolder(world.env),
): Promise<Outcome> {
  const interruption = listenForInterruption();
  const { signal } = interruption;
  const { cwd, log, progress, host } = world;
  const store = createStore(settings, world, signal);
  const ended = new AbortController();
  const repository = mavenRepositoryFolder(settings.mavenRepository);
  try {
    return await publish(settings, {
      files: createArtifactFiles(cwd, host && [...host.artifactRoots, path.resolve(cwd, repository)]),
      inspector: createInspector(cwd),
      store,
      maven: createMavenRepository(repository),
      upstream: createUpstreamIndexes({
        cwd,
        cache: createIndexCache(cacheDir, MAX_UPSTREAM_BYTES, host?.sharedCache),
        timeoutMs: settings.timeoutMs,
        signal,
        now: () => new Date(),
      }),
      elsewhere: createFilesElsewhere({
        timeoutMs: Math.min(settings.timeoutMs, ARCHIVE_TIMEOUT_MS),
        signal: AbortSignal.any([signal, ended.signal]),
      }),
      dates: createPublishedDates({
        timeoutMs: DATE_TIMEOUT_MS,
        signal: AbortSignal.any([signal, ended.signal]),
        log,
      }),
      runtime: {
        now: () => new Date(),
        sleep: (ms) => setTimeout(ms, undefined, { signal }),
        random: Math.random,
      },
      log,
      progress,
    });
  } catch (error) {
    if (error instanceof UserError && error.isUncertain) throw error;
    if (signal.aborted)
      throw new UserError('cancelled', 'Interrupted; nothing was published.', { cause: error });
    throw machineFault('The run cannot continue on this machine', error) ?? error;
  } finally {
    ended.abort();
    await store.close();
    interruption.stop();
  }
}

function createStore(
  { site, author, timeoutMs, format, login }: RunSettings,
  { cwd, env, log, host }: Pick<World, 'cwd' | 'env' | 'log' | 'host'>,
  signal: AbortSignal,
): SiteStore {
  const { remoteSizes } = host ?? {};
  return openStore(site, {
    cwd,
    env,
    token: login.token,
    author,
    timeoutMs,
    signal,
    runId: randomUUID(),
    // Also the files of a channel, in a subfolder.
    isSiteFile: (file) =>
      [file, file.slice(file.indexOf('/') + 1)].some((one) => isSiteFile(formatNamed(format), one)),
    ...(remoteSizes ? { remoteSizes } : {}),
    sleep: (ms) => setTimeout(ms, undefined, { signal }),
    onWaiting: log.info,
  });
}
