import path from 'node:path';
import { failedOutcome } from '../../app/failed-outcome.js';
import { importSite } from '../../app/import/import.js';
import type { ImportSettings } from '../../app/import/settings.js';
import { withVerification } from '../../app/import/with-verification.js';
import type { UpstreamIndexes } from '../../app/ports/upstream-indexes.js';
import type { VerifySettings } from '../../app/verify/settings.js';
import { verify } from '../../app/verify/verify.js';
import { formatNamed } from '../../formats/registry.js';
import { cacheFolder } from '../../io/cache-folder.js';
import { openCopyFolder } from '../../io/copy-folders.js';
import { createTempFolders } from '../../io/temp-folders.js';
import { createFilesElsewhere } from '../../io/web/files-elsewhere.js';
import { FORMAT_NAMES } from '../../model/format-name.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import { resolveImport, type ImportRun } from '../../settings/import-settings.js';
import { describeLocation } from '../../stores/locations.js';
import { createInspector } from '../worker/inspector.js';
import type { Command, World } from './command.js';
import { reading } from './reading.js';
import { writing } from './writing.js';

/** The command `import`: brings an existing site to another place. */
export const importCommand: Command<ImportRun> = {
  parse: ({ values, files, problems }, context) =>
    resolveImport(values, files, { ...context, faults: problems }),

  async run(settings, world) {
    try {
      const outcome = await runImport(settings, world);
      return { outcome, isFailed: outcome.refusal !== undefined && settings.settings.failOn !== 'never' };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { format = 'imagej', site } = settings;
      const outcome = failedOutcome(error, format, 'publication', describeLocation(site));
      return { outcome, error, isFailed: true };
    }
  },
};

const runtime = { now: () => new Date(), random: Math.random };

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
  const formats = (format === undefined ? FORMAT_NAMES : [format]).map(formatNamed);
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
    }),
  );
}
