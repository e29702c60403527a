import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import { runOnSite } from '../../../src/entry/action/site-command.js';
import type { Command } from '../../../src/entry/commands/command.js';
import { written } from '../../../src/entry/commands/written.js';
import { emptyOutcome, type Outcome } from '../../../src/model/outcome.js';
import { UserError } from '../../../src/model/user-error.js';
import { makeFolder } from '../../support/folders.js';

const WAY_OUT = 'This was a dry run. To change the site, run it again with "dry-run: false".';
const INPUTS = { values: {}, problems: [], token: '', repository: undefined, defaultRemote: undefined };
const RUN = {
  site: { kind: 'folder', folder: 'site' },
  format: undefined,
  timeoutMs: 1000,
  login: { token: undefined },
  settings: { preview: true, failOn: 'error', siteUrl: undefined },
} as const;

/** Runs a command with this outcome, and returns how it ended and what the step printed and set. */
async function endOf(outcome: Partial<Outcome> | UserError, login: { withheld?: string } = {}) {
  const outputs = path.join(makeFolder(), 'outputs');
  writeFileSync(outputs, '');
  process.env['GITHUB_OUTPUT'] = outputs;
  const printed: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  const command: Command<typeof RUN> = {
    parse: () => RUN,
    run: (run, world) =>
      written(run, world, () =>
        outcome instanceof UserError
          ? Promise.reject(outcome)
          : Promise.resolve({ ...emptyOutcome('imagej', 'preview', 'folder site'), ...outcome }),
      ),
  };
  try {
    const ended = await runOnSite(command, { ...RUN, login: { token: undefined, ...login } }, INPUTS);
    const { exitCode } = process;
    return { ended, exitCode, printed: printed.join(''), outputs: readFileSync(outputs, 'utf8') };
  } finally {
    spy.mockRestore();
    process.exitCode = undefined;
    delete process.env['GITHUB_OUTPUT'];
  }
}

const NOTICE = 'One file changes back.';
const CHANGED = { changed: true, notices: [NOTICE] };

test('a dry run that would change the site states how to do it', async () => {
  const { ended, exitCode, printed, outputs } = await endOf(CHANGED);
  expect(ended.outcome?.notices).toEqual([NOTICE, WAY_OUT]);
  expect([exitCode, ended.isFailed]).toEqual([undefined, false]);
  expect(printed).toContain(WAY_OUT);
  expect(outputs).toContain('"changed":true');
});

test.each<[string, Partial<Outcome>]>([
  ['a publication', { ...CHANGED, kind: 'publication' }],
  ['a dry run without changes', { changed: false, notices: [NOTICE] }],
])('%s does not', async (_, outcome) => {
  const { ended, printed } = await endOf(outcome);
  expect(ended.outcome?.notices).toEqual([NOTICE]);
  expect(printed).not.toContain(WAY_OUT);
});

test('a refusal fails the step, with its problems as annotations', async () => {
  const { exitCode, printed } = await endOf({
    refusal: 'errors',
    problems: [{ severity: 'error', code: 'lost-payload', message: 'It is gone.', hint: 'Choose another.' }],
  });
  expect(exitCode).toBe(1);
  expect(printed).toContain('::error title=lost-payload::It is gone. Choose another.');
});

test('an error is an outcome too, and is returned', async () => {
  const error = new UserError('usage', 'It is unknown.', { hint: 'Look.' });
  const { ended, exitCode, printed, outputs } = await endOf(error);
  expect([ended.error, exitCode]).toEqual([error, 1]);
  expect(printed).toContain('::error title=usage::It is unknown. Look.');
  expect(outputs).toContain('"changed":false');
});

test('a token that was withheld is a warning', async () => {
  const { printed } = await endOf({}, { withheld: 'The token was not sent.' });
  expect(printed).toContain('::warning::The token was not sent.');
});
