import { tokenForSource } from '../../settings/credentials.js';
import { IMPORT_INPUTS } from '../../settings/writing-inputs.js';
import { importCommand } from '../commands/import.js';
import { checked, contextOf } from './check-inputs.js';
import { readSiteInputs } from './inputs.js';
import { env } from './runner.js';
import { runOnSite } from './site-command.js';

/** Runs the action `import/`: brings an existing site to another place. */
export async function runImportAction(): Promise<void> {
  const inputs = readSiteInputs(IMPORT_INPUTS, env);
  const { problems, token } = inputs;
  const { from = [], ...values } = inputs.values;
  const run = await checked(
    importCommand,
    { values, files: [from].flat(), problems },
    {
      ...contextOf(inputs),
      loginForSource: (origin, changed) => tokenForSource(token, origin, changed, env),
    },
  );
  await runOnSite(importCommand, run, inputs);
}
