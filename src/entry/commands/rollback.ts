import { rollBack } from '../../app/rollback/rollback.js';
import { formatsNamed } from '../../formats/registry.js';
import { createTempFolders } from '../../io/temp-folders.js';
import type { Outcome } from '../../model/outcome.js';
import { resolveRollback, type RollbackRun } from '../../settings/rollback-settings.js';
import { createInspector } from '../worker/inspector.js';
import type { Command, World } from './command.js';
import { writing } from './places.js';
import { written } from './written.js';

/** The command `rollback`: offers again what a site offered earlier. */
export const rollback: Command<RollbackRun> = {
  parse: ({ values, files, problems }, context) =>
    resolveRollback(values, files, { ...context, faults: problems }),

  run: (settings, world) => written(settings, world, () => runRollback(settings, world)),
};

function runRollback(run: RollbackRun, world: World): Promise<Outcome> {
  const { cwd, env, log, progress } = world;
  const formats = formatsNamed(run.format);
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
