/**
 * What each command does, for both front ends. This file wires a publication to files, stores and the network. Commands
 * write through the output that they are given.
 *
 * @module
 */

import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Log, Progress } from '../../app/ports/log.js';
import type { RemoteSizes, SiteStore } from '../../app/ports/site-store.js';
import { describeChannel } from '../../app/publish/channels.js';
import { publish } from '../../app/publish/publish.js';
import { formatNamed } from '../../formats/registry.js';
import { createArtifactFiles } from '../../io/files/artifact-files.js';
import { machineFault } from '../../io/machine-fault.js';
import { createMavenRepository, mavenRepositoryFolder } from '../../io/files/maven-repository.js';
import { createFilesElsewhere } from '../../io/web/files-elsewhere.js';
import { createIndexCache, type SharedCache } from '../../io/web/index-cache.js';
import { createPublishedDates } from '../../io/web/last-modified.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import type { RunSettings } from '../../settings/settings.js';
import { createFolderSite, describeFolderSite } from '../../stores/folder/site.js';
import { createGitSite, describeGitSite } from '../../stores/git/site.js';
import { createInspector } from '../worker/inspector.js';

/** How long the web server of the site may take to tell when its index was changed, in milliseconds. */
const DATE_TIMEOUT_MS = 5000;

/** How long the server of an archive may take to answer, in milliseconds. */
const ARCHIVE_TIMEOUT_MS = 30_000;

/** The world around a run. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly token: string | undefined;
  readonly remoteSizes?: RemoteSizes;
  /** Where copies of upstream indexes are kept. */
  readonly cacheDir: string;
  readonly sharedCache?: SharedCache | undefined;
  readonly log: Log;
  readonly progress: Progress;
  /** Folders besides the Maven repository that artifacts may come from; absent if the user's word is enough. */
  readonly artifactRoots?: readonly string[];
}

/** Wires the settings to the outside and runs; removes on the way out what was made on the way in. */
export async function run(settings: RunSettings, around: Surroundings): Promise<Outcome> {
  const interruption = listenForInterruption();
  const store = createStore(settings, around, interruption.signal);
  const ended = new AbortController();
  try {
    return await publish(settings, {
      files: createArtifactFiles(around.cwd, artifactRoots(settings, around)),
      inspector: createInspector(around.cwd),
      store,
      maven: createMavenRepository(repositoryOf(settings)),
      upstream: createUpstreamIndexes({
        cwd: around.cwd,
        cache: createIndexCache(around.cacheDir, MAX_UPSTREAM_BYTES, around.sharedCache),
        timeoutMs: settings.timeoutMs,
        signal: interruption.signal,
        now: () => new Date(),
      }),
      elsewhere: createFilesElsewhere({
        timeoutMs: Math.min(settings.timeoutMs, ARCHIVE_TIMEOUT_MS),
        signal: AbortSignal.any([interruption.signal, ended.signal]),
      }),
      dates: createPublishedDates({
        timeoutMs: DATE_TIMEOUT_MS,
        signal: AbortSignal.any([interruption.signal, ended.signal]),
        log: around.log,
      }),
      runtime: {
        now: () => new Date(),
        sleep: (ms) => setTimeout(ms, undefined, { signal: interruption.signal }),
        random: Math.random,
      },
      log: around.log,
      progress: around.progress,
    });
  } catch (error) {
    if (error instanceof UserError && error.isUncertain) throw error;
    if (interruption.signal.aborted)
      throw new UserError('cancelled', 'Interrupted; nothing was published.', { cause: error });
    throw machineFault('This machine does not let the run go on', error) ?? error;
  } finally {
    ended.abort();
    await store.close();
    interruption.stop();
  }
}

function repositoryOf({ mavenRepository }: RunSettings): string {
  return mavenRepositoryFolder(mavenRepository);
}

function artifactRoots(
  settings: RunSettings,
  { cwd, artifactRoots: roots }: Surroundings,
): readonly string[] | undefined {
  return roots && [...roots, path.resolve(cwd, repositoryOf(settings))];
}

/** Which site it is, in words: for reports of runs that did not come to open it. */
export function describeSite({ site, channel }: Pick<RunSettings, 'site' | 'channel'>): string {
  const whole = site.kind === 'folder' ? describeFolderSite(site.folder) : describeGitSite(site);
  return describeChannel(whole, channel);
}

function createStore(
  { site, author, timeoutMs, format }: RunSettings,
  around: Surroundings,
  signal: AbortSignal,
): SiteStore {
  if (site.kind === 'folder') {
    const { isStoredPath, isIndexName, indexPaths } = formatNamed(format);
    const isIndexPath = (path: string) => isIndexName(path) || indexPaths.some((known) => known === path);
    const isSiteFile = (path: string) => isStoredPath(path) || isIndexPath(path);
    return createFolderSite({
      folder: site.folder,
      cwd: around.cwd,
      runId: randomUUID(),
      // Also those of a channel, in a folder below.
      isSiteFile: (path) => [path, path.slice(path.indexOf('/') + 1)].some(isSiteFile),
      sleep: (ms) => setTimeout(ms, undefined, { signal }),
      onWaiting: around.log.info,
    });
  }
  const { remote, branch, directory } = site;
  const { cwd, env, token, remoteSizes } = around;
  const tempDir = env['RUNNER_TEMP'] || undefined;
  return createGitSite({
    remote,
    branch,
    directory,
    cwd,
    tempDir,
    env,
    token,
    author,
    timeoutMs,
    signal,
    remoteSizes,
  });
}

/** A first interruption ends the run in order; a second one ends it at once, as ever. */
function listenForInterruption(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  // Each download listens, and Node.js warns users of more than ten.
  setMaxListeners(0, controller.signal);
  const abort = () => {
    controller.abort();
    stop();
  };
  const stop = () => {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
    process.off('SIGHUP', abort);
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  // The terminal was closed.
  process.on('SIGHUP', abort);
  return { signal: controller.signal, stop };
}
