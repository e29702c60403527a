import { UserError } from '../../model/user-error.js';
import type { Log, Runtime } from '../ports/log.js';
import type { SiteStore } from '../ports/site-store.js';

/** Maximum number of attempts after lost races. */
export const MAX_ATTEMPTS = 25;
/** Base and maximum of the wait after a lost race, in milliseconds. */
const FIRST_WAIT_MS = 200;
const MAX_WAIT_MS = 8000;

/**
 * Waits longer each time, for a random time so that concurrent runs do not collide again. This is not the retry of
 * a request (io/web/retry.ts): afterwards, everything is planned again from the new state of the site.
 */
export async function waitAfterLostRace(attempt: number, runtime: Runtime, log: Log): Promise<void> {
  const longest = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  const wait = Math.round(longest * (0.25 + 0.75 * runtime.random()));
  log.info(`Another run has published in the meantime; planning again in ${(wait / 1000).toFixed(1)} s.`);
  await runtime.sleep(wait);
}

/** Returns the error of a run that lost the race each time. */
export function tooManyRaces({ description }: SiteStore): UserError {
  return new UserError(
    'race',
    `Other runs changed ${description} ${MAX_ATTEMPTS} times while this run was publishing.`,
    {
      hint: 'Nothing was published. Run again, or give the workflow a "concurrency" group so that its runs wait for each other.',
    },
  );
}
