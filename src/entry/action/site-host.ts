import { setTimeout } from 'node:timers/promises';
import * as core from '@actions/core';
import { ensurePagesBuild } from '../../app/pages.js';
import type { RepositoryName } from '../../app/ports/github.js';
import { createActionsCache } from '../../io/github/actions-cache.js';
import { createGitHubRepository, type GitHubRepository } from '../../io/github/repository.js';
import type { Outcome } from '../../model/outcome.js';
import { problemsOf } from '../../model/user-error.js';
import { createPaint } from '../../report/terminal.js';
import { serverOrigin, tokenForApi } from '../../settings/credentials.js';
import type { GivenSettings } from '../../settings/settings.js';
import { originOf, type SiteLocation } from '../../stores/locations.js';
import type { Host, World } from '../commands/command.js';
import { createLogProgress } from '../progress.js';
import { repositoryOf, type SiteInputs } from './inputs.js';
import { annotate } from './log.js';
import { createApi, cwd, env, log } from './runner.js';

/** The place of a site, and the timeout of each request in milliseconds. */
type Reachable = Pick<GivenSettings, 'site' | 'timeoutMs'>;

/**
 * Returns the environment of a command that changes a site on this runner.
 *
 * @param complete adds what the host knows to an outcome
 */
export function worldFor(reachable: Reachable, inputs: SiteInputs, complete: Host['complete']): World {
  const github = githubFor(reachable, inputs);
  return {
    cwd,
    env,
    log,
    progress: createLogProgress(log.info),
    print: core.info,
    paint: createPaint(false),
    reportError: (error) => {
      annotate(problemsOf(error));
    },
    host: {
      ...(github ? { remoteSizes: github.sizes } : {}),
      sharedCache: createActionsCache(log),
      artifactRoots: [cwd, env['RUNNER_TEMP'] ?? ''].filter((folder) => folder !== ''),
      complete,
    },
  };
}

/** Adds the problems of GitHub Pages to an outcome, and removes an address that is not served. */
export async function withPages(
  outcome: Outcome,
  { site, timeoutMs, isSiteUrlGiven }: Reachable & { readonly isSiteUrlGiven: boolean },
  inputs: SiteInputs,
): Promise<Outcome> {
  const github = githubFor({ site, timeoutMs }, inputs);
  const repository = repositoryOf(inputs, site);
  if (!github || !repository || site.kind !== 'git') return outcome;
  const runtime = { now: () => new Date(), random: Math.random, sleep: (ms: number) => setTimeout(ms) };
  const { branch, directory } = site;
  const settingsUrl = `${webAddressOf(repository)}/settings/pages`;
  const target = { branch, directory, settingsUrl, commit: outcome.commit, siteUrl: outcome.siteUrl };
  const pages = await ensurePagesBuild(github, { ...target, isAddressGiven: isSiteUrlGiven }, runtime, log);
  return {
    ...outcome,
    siteUrl: pages.isServed ? outcome.siteUrl : undefined,
    // Readers of a preview often cannot change the settings of the repository.
    problems: outcome.kind === 'preview' ? outcome.problems : [...outcome.problems, ...pages.problems],
  };
}

/** Returns the web address of the site's repository; `undefined` if the site is elsewhere. */
export function repositoryUrlOf(inputs: SiteInputs, site: SiteLocation): string | undefined {
  const repository = repositoryOf(inputs, site);
  return repository && webAddressOf(repository);
}

function webAddressOf({ owner, repo }: RepositoryName): string {
  return `${serverOrigin(env)}/${owner}/${repo}`;
}

/** Returns access to the site's repository on GitHub; `undefined` if the site is elsewhere, or without a token. */
export function githubFor({ site, timeoutMs }: Reachable, inputs: SiteInputs): GitHubRepository | undefined {
  const repository = repositoryOf(inputs, site);
  const api = repository && createApi(apiTokenFor(site, inputs), timeoutMs);
  return api && createGitHubRepository(api, repository);
}

/** Returns the token for GitHub's API; empty if the token is for another server. */
export function apiTokenFor(site: SiteLocation, { token }: SiteInputs): string {
  return tokenForApi(token, originOf(site), env) ?? '';
}
