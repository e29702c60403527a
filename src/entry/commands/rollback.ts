import { failedOutcome } from '../../app/failed-outcome.js';
import { rollBack } from '../../app/rollback/rollback.js';
import { formatNamed } from '../../formats/registry.js';
import { createTempFolders } from '../../io/temp-folders.js';
import { FORMAT_NAMES } from '../../model/format-name.js';
import type { Outcome } from '../../model/outcome.js';
import { UserError } from '../../model/user-error.js';
import { resolveRollback, type RollbackRun } from '../../settings/rollback-settings.js';
import { describeLocation } from '../../stores/locations.js';
import { createInspector } from '../worker/inspector.js';
import type { Command, World } from './command.js';
import { writing } from './writing.js';

/** The command `rollback`: offers again what a site offered earlier. */
export const rollback: Command<RollbackRun> = {
  parse: ({ values, files, problems }, context) =>
    resolveRollback(values, files, { ...context, faults: problems }),

  async run(settings, world) {
    const { failOn } = settings.settings;
    try {
      const outcome = await runRollback(settings, world);
      return { outcome, isFailed: outcome.refusal !== undefined && failOn !== 'never' };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { format = 'imagej', site } = settings;
      return {
        outcome: failedOutcome(error, format, 'publication', describeLocation(site)),
        error,
        isFailed: true,
      };
    }
  },
};

function runRollback(run: RollbackRun, world: World): Promise<Outcome> {
  const { cwd, env, log, progress } = world;
  const formats = (run.format === undefined ? FORMAT_NAMES : [run.format]).map(formatNamed);
  return writing(run, formats, world, (store) =>
    rollBack(formats, run.settings, {
      store,
      inspector: createInspector(cwd),
      temp: createTempFolders(env),
      runtime: { now: () => new Date() },
      log,
      progress,
    }),
  );
}
