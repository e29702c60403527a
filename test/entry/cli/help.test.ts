import { commandHelp, generalHelp } from '../../../src/entry/cli/help.js';
import { COMMANDS, type CommandName } from '../../../src/entry/commands/descriptions.js';

const NAMES = Object.keys(COMMANDS) as CommandName[];

describe('the help', () => {
  it('names all commands', () => {
    for (const name of NAMES) expect(generalHelp()).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  });

  it.each(NAMES)('of %s separates each option from its text', (name) => {
    const help = commandHelp(name);
    for (const [option, { placeholder }] of Object.entries(
      COMMANDS[name].options as Record<string, { placeholder?: string }>,
    )) {
      const term = placeholder === undefined ? `--${option}` : `--${option} ${placeholder}`;
      const row = help.split('\n').find((line) => line.startsWith(`  ${term}`)) ?? '';
      expect(row.slice(term.length + 2)).toMatch(/^(?: {2,}\S.*| *)$/);
      expect(row).not.toBe('');
    }
  });

  it.each(NAMES)('of %s fits a terminal of 100 columns', (name) => {
    expect(
      commandHelp(name)
        .split('\n')
        .filter((line) => line.length > 100 && !line.startsWith('  update-site ')),
    ).toEqual([]);
  });
});
