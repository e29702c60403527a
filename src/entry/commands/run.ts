/**
 * The commands, for both front ends, one file per command. This file connects a publication to files, stores and the
 * network. Commands write only through the {@link World} that they receive.
 *
 * @module
 */

import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { publish } from '../../app/publish/publish.js';
import { formatNamed } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { createArtifactFiles } from '../../io/files/artifact-files.js';
import { createMavenRepository, mavenRepositoryFolder } from '../../io/files/maven-repository.js';
import { createFilesElsewhere } from '../../io/web/files-elsewhere.js';
import { createIndexCache } from '../../io/web/index-cache.js';
import { createPublishedDates } from '../../io/web/last-modified.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import type { Outcome } from '../../model/outcome.js';
import type { RunSettings } from '../../settings/settings.js';
import { createInspector } from '../worker/inspector.js';
import type { World } from './command.js';
import { writing } from './places.js';

/** Timeout for the request to the web server of the site when its index was changed, in milliseconds. */
const DATE_TIMEOUT_MS = 5000;

/** Timeout for the request to the server of an archive, in milliseconds. */
const ARCHIVE_TIMEOUT_MS = 30_000;

/**
 * Runs a publication with the settings, and removes temporary files at the end.
 *
 * @param cacheDir folder for copies of upstream indexes
 */
export function runPublication(
  settings: RunSettings,
  world: Pick<World, 'cwd' | 'env' | 'log' | 'progress' | 'host'>,
  cacheDir = cacheFolder(world.env),
): Promise<Outcome> {
  const { cwd, log, progress, host } = world;
  const { timeoutMs, format } = settings;
  const repository = mavenRepositoryFolder(settings.mavenRepository);
  return writing(settings, [formatNamed(format)], world, async (store, signal) => {
    const ended = new AbortController();
    const untilEnd = AbortSignal.any([signal, ended.signal]);
    try {
      return await publish(settings, {
        files: createArtifactFiles(cwd, host && [...host.artifactRoots, path.resolve(cwd, repository)]),
        inspector: createInspector(cwd),
        store,
        maven: createMavenRepository(repository),
        upstream: createUpstreamIndexes({
          cwd,
          cache: createIndexCache(cacheDir, MAX_UPSTREAM_BYTES, host?.sharedCache),
          timeoutMs,
          signal,
          now: () => new Date(),
        }),
        elsewhere: createFilesElsewhere({
          timeoutMs: Math.min(timeoutMs, ARCHIVE_TIMEOUT_MS),
          signal: untilEnd,
        }),
        dates: createPublishedDates({ timeoutMs: DATE_TIMEOUT_MS, signal: untilEnd, log }),
        runtime: {
          now: () => new Date(),
          sleep: (ms) => setTimeout(ms, undefined, { signal }),
          random: Math.random,
        },
        log,
        progress,
      });
    } finally {
      ended.abort();
    }
  });
}
