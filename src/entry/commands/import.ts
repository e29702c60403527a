import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { importSite } from '../../app/import/import.js';
import type { ImportSettings } from '../../app/import/settings.js';
import { withoutVerification, withVerification } from '../../app/import/with-verification.js';
import type { UpstreamIndexes } from '../../app/ports/upstream-indexes.js';
import type { VerifySettings } from '../../app/verify/settings.js';
import { verify } from '../../app/verify/verify.js';
import { formatNamed, formatsNamed } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { openCopyFolder } from '../../io/copy-folders.js';
import { createTempFolders } from '../../io/temp-folders.js';
import { createFilesElsewhere } from '../../io/web/files-elsewhere.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import { resolveImport, type ImportRun } from '../../settings/import-settings.js';
import { createInspector } from '../worker/inspector.js';
import type { Command, World } from './command.js';
import { reading, writing } from './places.js';
import { written } from './written.js';

/** The command `import`: brings an existing site to another place. */
export const importCommand: Command<ImportRun> = {
  parse: ({ values, files, problems }, context) =>
    resolveImport(values, files, { ...context, faults: problems }),

  run: (settings, world) =>
    written(settings, world, () =>
      runImport(settings, world).catch((error: unknown) => {
        throw error instanceof UserError ? asResumable(error) : error;
      }),
    ),
};

/** Adds to an interruption that the copies of fetched files stay. */
function asResumable(error: UserError): UserError {
  if (error.code !== 'cancelled' || error.isUncertain) return error;
  return new UserError('cancelled', error.message, {
    hint: 'Run the import again to continue: files that were already fetched are kept.',
    cause: error,
  });
}

const runtime = { now: () => new Date(), random: Math.random, sleep: (ms: number) => setTimeout(ms) };

/** The check after an import has no upstream sites. */
const NO_UPSTREAM: UpstreamIndexes = {
  read: ({ name }) => Promise.reject(new Error(`The site ${name} is not known here.`)),
};

/** How the new place is checked: that it has what was imported. */
function checksAfter({ history, siteUrl }: ImportSettings): VerifySettings {
  const previous = history ? 'presence' : 'none';
  return { sample: undefined, previous, skip: [], upstream: [], java: undefined, siteUrl };
}

/** Imports a site with the settings, and checks it in its new place. */
function runImport(run: ImportRun, world: World): Promise<Outcome> {
  const { cwd, env, log, progress } = world;
  const { from, format, timeoutMs, settings, loginForSource } = run;
  const formats = formatsNamed(format);
  return reading({ site: from, timeoutMs, login: loginForSource }, world, (source) =>
    writing(run, formats, world, async (store, signal) => {
      const inspector = createInspector(cwd);
      const outcome = await importSite(source, formats, settings, {
        store,
        inspector,
        copies: (key) => openCopyFolder(path.join(cacheFolder(env), 'imports'), key, Date.now()),
        runtime,
        log,
        progress,
      });
      if (settings.preview || !outcome.changed) return outcome;
      try {
        const checks = await verify(store, [formatNamed(outcome.format)], () => checksAfter(settings), {
          inspector,
          temp: createTempFolders(env),
          elsewhere: createFilesElsewhere({ timeoutMs, signal }),
          upstream: NO_UPSTREAM,
          runtime,
          log,
          progress,
        });
        return withVerification(outcome, checks);
      } catch (error) {
        if (signal.aborted) return withoutVerification(outcome, 'interrupted');
        if (error instanceof UserError) return withoutVerification(outcome, error.message);
        throw error;
      }
    }),
  );
}
