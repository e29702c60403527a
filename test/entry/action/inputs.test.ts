import type { OptionTable } from '../../../src/model/option.js';
import { readInputs, readSiteInputs } from '../../../src/entry/action/inputs.js';
import { IMPORT_INPUTS, ROLLBACK_INPUTS } from '../../../src/settings/writing-inputs.js';

const given: string[] = [];

/** Sets inputs as the runner does. */
function give(inputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(inputs)) {
    const variable = `INPUT_${name.toUpperCase()}`;
    process.env[variable] = value;
    given.push(variable);
  }
}

afterEach(() => {
  for (const variable of given.splice(0)) Reflect.deleteProperty(process.env, variable);
});

describe('the inputs of a table', () => {
  const TABLE: OptionTable = {
    one: { kind: 'text', help: 'One', usual: 'x', on: 'both' },
    many: { kind: 'list', help: 'Many', on: 'action' },
    off: { kind: 'flag', help: 'Off', usual: 'false', on: 'both' },
    on: { kind: 'flag', help: 'On', usual: 'true', on: 'action' },
    json: { kind: 'flag', help: 'Not an input', usual: 'false', on: 'command line' },
  };

  test('are texts, lines and flags, without options of the command line', () => {
    give({ one: ' a ', many: 'b\r\nc', off: 'true', on: 'false', json: 'true' });
    expect(readInputs(TABLE)).toEqual({ one: 'a', many: ['b', 'c'], off: 'true', on: 'false' });
  });

  test('are absent if they are empty, but a flag has its default', () => {
    give({ one: '', many: ' ', off: '' });
    expect(readInputs(TABLE)).toEqual({ off: 'false', on: 'true' });
  });
});

test.each([ROLLBACK_INPUTS, IMPORT_INPUTS])('a site is only changed if "dry-run" is false', (table) => {
  expect(readSiteInputs(table, {}).values['dry-run']).toBe('true');
  give({ 'dry-run': 'false' });
  expect(readSiteInputs(table, {}).values['dry-run']).toBe('false');
});

describe('the repository of a site', () => {
  const of = (env: NodeJS.ProcessEnv) => {
    const { repository, defaultRemote, problems } = readSiteInputs(ROLLBACK_INPUTS, env);
    return { repository, defaultRemote, problems: problems.map(({ message }) => message) };
  };
  const WORKFLOW = { GITHUB_REPOSITORY: 'ann/tool' };

  test('is that of the workflow, on its server', () => {
    expect(of({ ...WORKFLOW, GITHUB_SERVER_URL: 'https://ghe.example.org' })).toEqual({
      repository: { owner: 'ann', repo: 'tool' },
      defaultRemote: 'https://ghe.example.org/ann/tool',
      problems: [],
    });
  });

  test('is the named one', () => {
    give({ repository: 'lab/site' });
    expect(of(WORKFLOW)).toMatchObject({ defaultRemote: 'https://github.com/lab/site', problems: [] });
  });

  test('is unknown without a valid name', () => {
    expect(of({})).toEqual({ repository: undefined, defaultRemote: undefined, problems: [] });
    give({ repository: 'lab' });
    expect(of(WORKFLOW)).toEqual({
      repository: undefined,
      defaultRemote: undefined,
      problems: ['input "repository": "lab" is not a repository.'],
    });
  });
});
