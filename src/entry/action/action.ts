/**
 * The GitHub Actions: read inputs and the event, run, set outputs, annotations and the job summary, and comment.
 * `index.ts` is the program of the main action, and `verify.ts`, `rollback.ts` and `import.ts` those of the sub-actions in
 * folders with these names; all of them load this file.
 *
 * @module
 */

import * as core from '@actions/core';
import { problemsOf, UserError } from '../../model/user-error.js';
import { createPaint } from '../../report/terminal.js';
import { describeFailure } from '../failure.js';
import { runImportAction } from './import-site.js';
import { annotate } from './log.js';
import { runPublishAction } from './publish.js';
import { runRollbackAction } from './rollback-site.js';
import { runVerifyAction } from './verify-site.js';

/** The actions by the names of their programs in dist/. */
const ACTIONS = {
  index: runPublishAction,
  verify: runVerifyAction,
  rollback: runRollbackAction,
  import: runImportAction,
} as const;
export type ActionName = keyof typeof ACTIONS;

/** Runs an action, and reports its failure. */
export async function runAction(name: ActionName): Promise<void> {
  try {
    maskToken(core.getInput('token'));
    await ACTIONS[name]();
  } catch (error) {
    if (error instanceof UserError) {
      annotate(problemsOf(error));
      process.exitCode = core.ExitCode.Failure;
    } else core.setFailed(describeFailure(error, createPaint(false)));
  }
}

/** Masks the token in the log, plain and as in a header, before it is used. */
function maskToken(token: string): void {
  if (token === '') return;
  core.setSecret(token);
  core.setSecret(Buffer.from(`x-access-token:${token}`).toString('base64'));
}
