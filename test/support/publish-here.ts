import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SiteStore } from '../../src/app/ports/site-store.js';
import { publish, type PublishPorts } from '../../src/app/publish/publish.js';
import { createInspector } from '../../src/entry/worker/inspector.js';
import { formatNamed, isSiteFile } from '../../src/formats/registry.js';
import { createArtifactFiles } from '../../src/io/files/artifact-files.js';
import { createMavenRepository } from '../../src/io/files/maven-repository.js';
import type { FormatName } from '../../src/model/format-name.js';
import type { Outcome } from '../../src/model/outcome.js';
import type { RawOptions } from '../../src/settings/options.js';
import { createFolderSite, type FolderSiteOptions } from '../../src/stores/folder/site.js';
import { createGitSite } from '../../src/stores/git/site.js';
import { GIT_ENV } from './git.js';
import { settingsIn } from './resolve.js';

/** Creates the store of the site in the folder `site` of a working directory. */
export function folderStore(
  cwd: string,
  options: Partial<FolderSiteOptions> = {},
  format: FormatName = 'imagej',
): SiteStore {
  return createFolderSite({
    folder: 'site',
    cwd,
    runId: randomUUID(),
    isSiteFile: (path) => isSiteFile(formatNamed(format), path),
    sleep: (ms) => sleep(ms),
    onWaiting: () => undefined,
    ...options,
  });
}

/** Creates the store of the site on the branch `gh-pages` of a repository. */
export function gitStore(cwd: string, remote: string, env: NodeJS.ProcessEnv = GIT_ENV): SiteStore {
  return createGitSite({
    remote,
    branch: 'gh-pages',
    directory: '',
    cwd,
    tempDir: undefined,
    env,
    token: undefined,
    author: { name: 'a', email: 'a@example.org' },
    timeoutMs: 60_000,
    signal: undefined,
    remoteSizes: undefined,
  });
}

/** Publishes in this process from a working directory to a store, without upstream sites or a Maven repository. */
export async function publishHere(
  cwd: string,
  store: SiteStore,
  given: RawOptions,
  runtime: Partial<PublishPorts['runtime']> = {},
): Promise<Outcome> {
  const settings = await settingsIn(
    cwd,
    { 'site-dir': 'site', ...(given['format'] === 'jetbrains' ? {} : { upstream: 'none' }), ...given },
    { nameOf: (option) => option, readFile: () => Promise.resolve(undefined) },
  );
  const silent = { advance: () => undefined, done: () => undefined };
  const ports: PublishPorts = {
    files: createArtifactFiles(cwd),
    inspector: createInspector(cwd, 'no threads'),
    store,
    maven: createMavenRepository(`${cwd}/no repository`),
    upstream: { read: () => Promise.reject(new Error('Upstream sites are not available.')) },
    elsewhere: { sizeOf: () => Promise.reject(new Error('Archives on other servers are not available.')) },
    dates: { lastModified: () => Promise.resolve(undefined) },
    runtime: { now: () => new Date(), sleep: (ms) => sleep(ms), random: Math.random, ...runtime },
    log: { info: () => undefined, detail: () => undefined },
    progress: { start: () => silent },
  };
  try {
    return await publish(settings, ports);
  } finally {
    await store.close();
  }
}

/** Wraps a store so that something happens between the plan and the publication. */
export function beforePublishing(store: SiteStore, happens: () => void): SiteStore {
  return {
    ...store,
    publish(snapshot, publication) {
      happens();
      return store.publish(snapshot, publication);
    },
  };
}
