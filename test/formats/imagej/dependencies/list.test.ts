import { listDependencies, isExcluded } from '../../../../src/formats/imagej/dependencies/list.js';
import type { FileOverrides } from '../../../../src/formats/imagej/file-config.js';
import type { Dependency } from '../../../../src/formats/imagej/index/site-index.js';

const CONFIG = '.github/update-site.yml';
const PATH = 'plugins/Tool_.jar';

const dependency = (filename: string, timestamp: number, more: Partial<Dependency> = {}): Dependency => ({
  filename,
  timestamp,
  overrides: false,
  attributes: [],
  unknown: [],
  ...more,
});

interface Input {
  recorded?: readonly Dependency[];
  refresh?: boolean;
  found?: readonly string[];
  config?: Partial<FileOverrides['dependencies']>;
  /** Timestamps of the files that users get. */
  served?: Readonly<Record<string, number>>;
  /** Files that users got once. */
  past?: readonly string[];
}

function list({ recorded = [], refresh = true, found = [], config, served = {}, past = [] }: Input) {
  const { dependencies, problems } = listDependencies({
    path: PATH,
    recorded,
    refresh,
    found,
    overrides: config && { dependencies: { add: [], remove: [], overrides: [], ...config } },
    timestampFor: (name) => served[name],
    known: () => new Set([...Object.keys(served), ...past]),
    configFile: CONFIG,
  });
  return { dependencies, problems };
}

describe('the dependencies of a file', () => {
  it('are the recorded ones in their order, with new timestamps, and then the detected ones', () => {
    const attributes = [{ name: 'x', value: '1' }];
    const recorded = [dependency('jars/b.jar', 1, { attributes }), dependency('jars/a-1.0.jar', 2)];
    const served = { 'jars/a.jar': 10, 'jars/b.jar': 11, 'jars/c.jar': 12 };
    expect(list({ recorded, found: ['jars/a.jar', 'jars/c.jar', 'jars/none.jar'], served })).toEqual({
      dependencies: [
        dependency('jars/b.jar', 11, { attributes }),
        dependency('jars/a-1.0.jar', 10),
        dependency('jars/c.jar', 12),
      ],
      problems: [],
    });
  });

  it('keep their timestamps and stay if they are not to be updated', () => {
    const recorded = [dependency('jars/a.jar', 1), dependency('jars/gone.jar', 2)];
    expect(list({ recorded, refresh: false, served: { 'jars/a.jar': 10 } })).toEqual({
      dependencies: recorded,
      problems: [],
    });
  });

  it('do not include a recorded one that users cannot get any more, with a warning', () => {
    const recorded = [dependency('jars/gone-1.0.jar', 2)];
    expect(list({ recorded })).toEqual({
      dependencies: [],
      problems: [
        {
          severity: 'warning',
          code: 'dropped-dependency',
          path: PATH,
          message: `The index records that ${PATH} depends on jars/gone-1.0.jar, which neither this site nor an upstream site serves any more. The dependency was dropped.`,
          hint: 'Test that the plugin works without it. If another site serves it, add that site with "upstream" (--upstream).',
        },
      ],
    });
  });

  it('include a file that is overridden, even if users cannot get it', () => {
    const recorded = [dependency('jars/gone.jar', 2, { overrides: true })];
    expect(list({ recorded })).toEqual({ dependencies: recorded, problems: [] });
  });

  it('do not include those that the configuration removes, by path or by name', () => {
    const recorded = [dependency('jars/a-1.0.jar', 1), dependency('jars/b.jar', 1)];
    const served = { 'jars/a.jar': 10, 'jars/b.jar': 10, 'jars/c.jar': 10, 'jars/d.jar': 10 };
    const found = ['jars/c.jar', 'jars/d.jar'];
    expect(list({ recorded, found, served, config: { remove: ['jars/a.jar', 'd.jar'] } })).toEqual({
      dependencies: [dependency('jars/b.jar', 10), dependency('jars/c.jar', 10)],
      problems: [],
    });
  });

  it('include those that the configuration adds, each once', () => {
    const served = { 'jars/a.jar': 10, 'jars/b.jar': 11 };
    const recorded = [dependency('jars/a.jar', 1)];
    const config = { add: ['jars/a.jar', 'jars/b.jar', 'jars/b.jar'] };
    expect(list({ recorded, refresh: false, served, config })).toEqual({
      dependencies: [dependency('jars/a.jar', 1), dependency('jars/b.jar', 11)],
      problems: [],
    });
  });

  it('include those that the configuration marks as overridden', () => {
    const attributes = [{ name: 'x', value: '1' }];
    const recorded = [dependency('jars/a.jar', 1, { attributes })];
    const served = { 'jars/a.jar': 10, 'jars/b.jar': 11 };
    const config = { overrides: ['jars/a.jar', 'jars/b.jar', 'jars/old.jar'] };
    expect(list({ recorded, served, past: ['jars/old.jar'], config })).toEqual({
      dependencies: [
        dependency('jars/a.jar', 10, { attributes, overrides: true }),
        dependency('jars/b.jar', 11, { overrides: true }),
        dependency('jars/old.jar', 0, { overrides: true }),
      ],
      problems: [],
    });
  });
});

describe('a dependency of the configuration that users cannot get', () => {
  const intro = `${CONFIG} states that ${PATH} depends on`;
  const ADD =
    'Publish it as well, delete the dependency there, or add the site that serves it with "upstream" (--upstream).';

  it('is an error, with the name that was probably meant', () => {
    const served = { 'jars/imglib2.jar': 1 };
    expect(list({ config: { add: ['jars/imglib.jar'] }, served })).toEqual({
      dependencies: [],
      problems: [
        {
          severity: 'error',
          code: 'unknown-dependency',
          path: PATH,
          message: `${intro} jars/imglib.jar, which neither this site nor an upstream site serves.`,
          hint: 'Did you mean "jars/imglib2.jar"?',
        },
      ],
    });
    expect(list({ config: { add: ['jars/other.jar'] } }).problems).toMatchObject([{ hint: ADD }]);
  });

  it('is another error if it is obsolete', () => {
    expect(list({ config: { add: ['jars/old.jar'] }, past: ['jars/old.jar', 'jars/olds.jar'] })).toEqual({
      dependencies: [],
      problems: [
        {
          severity: 'error',
          code: 'obsolete-dependency',
          path: PATH,
          message: `${intro} jars/old.jar, which is obsolete.`,
          hint: ADD,
        },
      ],
    });
  });

  it('is also an error if it is overridden and unknown', () => {
    expect(list({ config: { overrides: ['jars/typo.jar'] } }).problems).toMatchObject([
      { code: 'unknown-dependency', path: PATH, hint: ADD },
    ]);
  });
});

test('a dependency is removed by its path or its file name', () => {
  const without = (...remove: string[]) => ({ dependencies: { add: [], remove, overrides: [] } });
  expect(isExcluded('jars/a.jar', without('jars/a.jar'))).toBe(true);
  expect(isExcluded('jars/a.jar', without('b.jar', 'a.jar'))).toBe(true);
  expect(isExcluded('jars/a.jar', without('jars/b.jar', 'jars'))).toBe(false);
  expect(isExcluded('jars/a.jar', without())).toBe(false);
  expect(isExcluded('jars/a.jar', undefined)).toBe(false);
});
