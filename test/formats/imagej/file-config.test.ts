import { createFileConfigs } from '../../../src/formats/imagej/file-config.js';
import type { FileConfig } from '../../../src/model/site-config.js';

const configs = (...files: FileConfig[]) =>
  createFileConfigs({
    file: 'my.yml',
    name: undefined,
    url: undefined,
    description: undefined,
    files,
    problems: {},
  });
const none = { add: [], remove: [], overrides: [] };

describe('the pattern of a file', () => {
  it.each([
    ['jars/a.jar', 'jars/a-1.0.jar', true],
    ['jars/a-2.0.jar', 'jars/a-1.0.jar', true],
    ['jars/*.jar', 'jars/a-1.0.jar', true],
    ['jars/*.jar', 'jars/x/a.jar', false],
    ['**/*.jar', 'jars/x/a.jar', true],
    ['lib/*', 'lib/.a', true],
    ['lib/[a].txt', 'lib/[a].txt', true],
    ['lib/[a].txt', 'lib/a.txt', true],
    ['!lib/a', 'lib/b', false],
    ['!lib/a', '!lib/a', true],
    ['lib/@(a|b)', 'lib/a', false],
    ['lib/@(a|b)', 'lib/@(a|b)', true],
    ['jars/a.jar', 'jars/b.jar', false],
  ])('%s matches %s: %s', (pattern, path, expected) => {
    expect(configs({ pattern }).overridesFor(path) !== undefined).toBe(expected);
    expect(configs({ pattern }).unmatched(['other', path])).toEqual(expected ? [] : [pattern]);
  });
});

describe('the configuration of a file', () => {
  it('combines its rules: later ones win, dependencies add up', () => {
    const found = configs(
      {
        pattern: 'jars/*',
        description: 'First',
        authors: ['Ann'],
        dependencies: { ...none, add: ['jars/x-1.0.jar'] },
      },
      { pattern: 'jars/b.jar', description: 'Other' },
      {
        pattern: 'jars/a.jar',
        description: 'Second',
        dependencies: {
          add: ['jars/x.jar', 'jars/y.jar'],
          remove: ['jars/r-1.0.jar'],
          overrides: ['jars/o-1.0.jar'],
        },
      },
    ).overridesFor('jars/a-1.0.jar');
    expect(found).toEqual({
      pattern: 'jars/a.jar',
      description: 'Second',
      authors: ['Ann'],
      dependencies: { add: ['jars/x.jar', 'jars/y.jar'], remove: ['jars/r.jar'], overrides: ['jars/o.jar'] },
    });
  });

  it('has no dependencies if its rules have none', () => {
    expect(configs({ pattern: 'a' }).overridesFor('a')).toEqual({ pattern: 'a', dependencies: none });
  });

  it('does not exist without a configuration', () => {
    expect(createFileConfigs(undefined).overridesFor('a')).toBeUndefined();
    expect(createFileConfigs(undefined).unmatched(['a'])).toEqual([]);
  });
});
