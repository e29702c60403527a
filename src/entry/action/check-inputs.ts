import * as core from '@actions/core';
import { failedOutcome } from '../../app/failed-outcome.js';
import { readConfigFile } from '../../io/files/config-file.js';
import { FORMAT_NAMES } from '../../model/format-name.js';
import { UserError } from '../../model/user-error.js';
import { tokenForAction } from '../../settings/credentials.js';
import type { Arguments } from '../commands/arguments.js';
import type { Command, CommandContext } from '../commands/command.js';
import type { SiteInputs } from './inputs.js';
import { report } from './report.js';
import { cwd, env } from './runner.js';
import { githubFor } from './site-host.js';
import { siteUrlOf } from './site-url.js';

/** Returns the context in which a command checks the inputs. */
export function contextOf(inputs: SiteInputs): CommandContext {
  const { token, defaultRemote } = inputs;
  return {
    nameOf: (option) => `input "${option}"`,
    defaultRemote,
    wantsDiff: false,
    isRelease: env['GITHUB_REF_TYPE'] === 'tag',
    readFile: (file) => readConfigFile(cwd, file),
    hostedAt: (given) => siteUrlOf(given, githubFor(given, inputs)),
    loginFor: (origin) => tokenForAction(token, origin, env),
  };
}

/**
 * Checks the inputs as a command does. If they are invalid, that is the whole report.
 *
 * @throws {UserError} `usage`, with all faults at once
 */
export async function checked<Checked>(
  { parse }: Command<Checked>,
  given: Arguments,
  context: CommandContext,
): Promise<Checked> {
  try {
    return await parse(given, context);
  } catch (error) {
    const format = FORMAT_NAMES.find((name) => name === core.getInput('format')) ?? 'imagej';
    if (error instanceof UserError) await report(failedOutcome(error, format, 'publication', ''), undefined);
    throw error;
  }
}
