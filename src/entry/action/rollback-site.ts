import * as core from '@actions/core';
import { UserError } from '../../model/user-error.js';
import { renderHistory, renderHistoryMarkdown } from '../../report/history.js';
import { createPaint } from '../../report/terminal.js';
import { ROLLBACK_INPUTS } from '../../settings/writing-inputs.js';
import type { Arguments } from '../commands/arguments.js';
import { readPublications } from '../commands/history.js';
import { rollback } from '../commands/rollback.js';
import { checked, contextOf } from './check-inputs.js';
import { readSiteInputs, type SiteInputs } from './inputs.js';
import { addToSummary } from './report.js';
import { cwd, env, log } from './runner.js';
import { runOnSite } from './site-command.js';

/** The word for the state before the last publication, and the options of the command for it. */
const LAST = 'last';
const LAST_OPTIONS = { to: '', last: true };
/** Number of publications from which the user can choose. */
const MAX_PUBLICATIONS = 20;

/** Runs the action `rollback/`: goes back to an earlier state of a site, or lists the publications to choose from. */
export async function runRollbackAction(): Promise<void> {
  const inputs = readSiteInputs(ROLLBACK_INPUTS, env);
  const { to } = inputs.values;
  try {
    const run = await checked(rollback, argumentsOf(inputs, to === LAST ? LAST_OPTIONS : {}), {
      ...contextOf(inputs),
      nameOf: (option) => (option === LAST ? `"to: ${LAST}"` : `input "${option}"`),
    });
    const { error } = await runOnSite(rollback, run, inputs);
    // The history does not list the moment.
    if (error?.code === 'usage') await listPublications(inputs);
  } catch (error) {
    if (to === undefined) await listPublications(inputs);
    throw error;
  }
}

/** @param moment options of the command in place of the input "to" */
function argumentsOf({ values, problems }: SiteInputs, moment: Arguments['values']): Arguments {
  return { values: { ...values, ...moment }, files: [], problems };
}

/** Lists the publications in the log and the job summary. The step has failed already. */
async function listPublications(inputs: SiteInputs): Promise<void> {
  try {
    // The moment is not used: any will do.
    const run = await rollback.parse(argumentsOf(inputs, LAST_OPTIONS), contextOf(inputs));
    const world = { cwd, env, log };
    const { site, publications } = await readPublications({ ...run, limit: MAX_PUBLICATIONS }, world);
    core.info(renderHistory(publications, createPaint(false)));
    await addToSummary(renderHistoryMarkdown(site, publications));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`The publications cannot be listed: ${error.message}`);
  }
}
