import { UserError } from '../../src/model/user-error.js';
import { readConfig } from '../../src/settings/config.js';
import { formatWith } from '../support/format-with.js';

const [YML, YAML] = ['.github/update-site.yml', '.github/update-site.yaml'];
const EMPTY = { name: undefined, url: undefined, description: undefined, files: [], problems: {} };

function read(given: string | undefined, files: Readonly<Record<string, string | Error>>) {
  return readConfig(formatWith({ config: { platforms: new Set(['linux64']) } }), given, (file) => {
    const found = files[file];
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
  });
}

describe('the configuration file', () => {
  it('is the first existing one of two default files', async () => {
    const [first, second] = ['site: {name: A}', 'site: {name: B}'];
    expect(await read(undefined, { [YML]: first, [YAML]: second })).toMatchObject({
      config: { file: YML, name: 'A' },
      problems: [],
    });
    expect(await read(undefined, { [YAML]: second })).toMatchObject({ config: { file: YAML, name: 'B' } });
    expect(await read(undefined, { [YML]: '' })).toMatchObject({ config: { file: YML, ...EMPTY } });
    expect(await read(undefined, {})).toBeUndefined();
  });

  it('is the given file only', async () => {
    expect(await read('my.yml', { 'my.yml': 'site: {name: C}', [YML]: 'site: {name: A}' })).toMatchObject({
      config: { file: 'my.yml', name: 'C' },
    });
  });

  it('must exist if the user gave it', async () => {
    expect(await read('my.yml', { [YML]: 'site: {name: A}' })).toEqual({
      config: { file: 'my.yml', ...EMPTY },
      problems: [
        {
          severity: 'error',
          code: 'bad-config',
          path: 'my.yml',
          message: 'The configuration my.yml does not exist.',
          hint: 'Check the path: it is relative to the working directory.',
        },
      ],
    });
  });

  it('may be unreadable, which is reported together with the other problems', async () => {
    const error = new UserError('limit', 'It is too large.', { hint: 'Shorten it.' });
    expect(await read(undefined, { [YML]: error, [YAML]: '' })).toEqual({
      config: { file: YML, ...EMPTY },
      problems: [
        {
          severity: 'error',
          code: 'bad-config',
          path: YML,
          message: 'It is too large.',
          hint: 'Shorten it.',
        },
      ],
    });
  });

  it('does not hide an internal error', async () => {
    await expect(read(undefined, { [YML]: new TypeError('internal') })).rejects.toThrow('internal');
  });

  it('is checked with the platforms of the format', async () => {
    const result = await read(undefined, { [YML]: 'files: {a.jar: {platforms: [linux64, beos]}}' });
    expect(result?.problems.map(({ message }) => message)).toEqual([
      `${YML}, line 1: the platform "beos" is unknown.`,
    ]);
  });

  it('is not read for a format without a configuration', async () => {
    const fail = () => Promise.reject(new Error('It was read.'));
    expect(await readConfig(formatWith({}), 'my.yml', fail)).toBeUndefined();
  });
});
