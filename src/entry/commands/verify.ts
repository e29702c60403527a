import { setTimeout } from 'node:timers/promises';
import { verify as verifySite } from '../../app/verify/verify.js';
import { formatsNamed } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { createTempFolders } from '../../io/temp-folders.js';
import { createFilesElsewhere } from '../../io/web/files-elsewhere.js';
import { createIndexCache } from '../../io/web/index-cache.js';
import { createUpstreamIndexes, MAX_UPSTREAM_BYTES } from '../../io/web/upstream-indexes.js';
import type { Verification } from '../../model/check.js';
import type { CheckName } from '../../model/check-names.js';
import {
  renderVerification,
  renderVerificationMarkdown,
  verificationResult,
} from '../../report/verification.js';
import { resolveVerification, type VerifyRun } from '../../settings/verify-settings.js';
import { createInspector } from '../worker/inspector.js';
import type { Arguments } from './arguments.js';
import type { Command, Host, World } from './command.js';
import { reading } from './places.js';

interface Checked {
  readonly run: VerifyRun;
  readonly show: (verification: Verification, world: World) => string;
}

/** The command `verify`: checks a site as its users would meet it. */
export const verify: Command<Checked> = {
  parse: ({ values, files, problems }, { nameOf, loginFor }) => ({
    run: resolveVerification(values, files, { nameOf, loginFor, faults: problems }),
    show: displayOf(values),
  }),

  async run({ run, show }, world) {
    const verification = await runVerification(run, world);
    world.print(show(verification, world));
    return { isFailed: run.failOn !== 'never' && failedChecks(verification, run).length > 0 };
  },
};

/** Returns the checks that count as failed. */
export function failedChecks(
  { checks }: Verification,
  { failOn }: Pick<VerifyRun, 'failOn'>,
): readonly CheckName[] {
  return checks
    .filter(({ status }) => status === 'failed' || (status === 'warning' && failOn === 'warning'))
    .map(({ name }) => name);
}

function displayOf({ json, markdown }: Arguments['values']): Checked['show'] {
  if (json === true) return (verification) => `${JSON.stringify(verificationResult(verification))}\n`;
  if (markdown === true) return (verification) => renderVerificationMarkdown(verification);
  return (verification, { paint }) => renderVerification(verification, paint);
}

/** Checks a site with the settings. */
export function runVerification(
  run: VerifyRun,
  world: Pick<World, 'cwd' | 'env' | 'log' | 'progress'> & { readonly host?: Pick<Host, 'sharedCache'> },
): Promise<Verification> {
  const { cwd, env, log, progress, host } = world;
  const { format, settings, timeoutMs } = run;
  return reading(run, world, (source, signal) =>
    verifySite(source, formatsNamed(format), (chosen) => settings[chosen(({ name }) => name)], {
      inspector: createInspector(cwd),
      temp: createTempFolders(env),
      elsewhere: createFilesElsewhere({ timeoutMs, signal }),
      upstream: createUpstreamIndexes({
        cwd,
        cache: createIndexCache(cacheFolder(env), MAX_UPSTREAM_BYTES, host?.sharedCache),
        timeoutMs,
        signal,
        now: () => new Date(),
      }),
      runtime: {
        now: () => new Date(),
        random: Math.random,
        sleep: (ms) => setTimeout(ms, undefined, { signal }),
      },
      log,
      progress,
    }),
  );
}
