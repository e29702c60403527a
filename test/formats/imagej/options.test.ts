import type { description } from '../../../src/formats/imagej/description.js';
import { readOptions } from '../../../src/formats/imagej/options.js';
import { readOptions as read } from '../../support/read-options.js';

const options = (given: Parameters<typeof read<keyof typeof description.options, unknown>>[0]) =>
  read<keyof typeof description.options, ReturnType<typeof readOptions>>(given, readOptions);

describe('the options of ImageJ sites', () => {
  it.each([
    [{}, { onShadow: 'error', allowMassRemoval: false }],
    [{ 'on-shadow': 'error' }, { onShadow: 'error', allowMassRemoval: false }],
    [{ 'on-shadow': 'skip' }, { onShadow: 'skip', allowMassRemoval: false }],
    [{ 'on-shadow': 'force' }, { onShadow: 'force', allowMassRemoval: false }],
    [{ 'force-shadow': true }, { onShadow: 'force', allowMassRemoval: false }],
    [
      { 'force-shadow': true, 'on-shadow': 'force' },
      { onShadow: 'force', allowMassRemoval: false },
    ],
    [
      { 'force-shadow': true, 'on-shadow': 'error' },
      { onShadow: 'force', allowMassRemoval: false },
    ],
    [{ 'allow-mass-removal': true }, { onShadow: 'error', allowMassRemoval: true }],
  ])('in %j', (given, value) => {
    expect(options(given)).toEqual({ value, faults: [] });
  });

  it('contradict each other if files are to be both skipped and published', () => {
    const { faults } = options({ 'on-shadow': 'skip', 'force-shadow': true });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('"skip" and --force-shadow contradict each other');
    expect(faults[0]).toContain('Use only one of them.');
  });
});
