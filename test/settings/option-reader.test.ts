import { createOptionReader, givenText, usageError, usageProblem } from '../../src/settings/option-reader.js';
import { readOptions } from '../support/read-options.js';

describe('the reader of options', () => {
  it('trims a text, and ignores an empty one', () => {
    const { value } = readOptions({ a: ' x y ', b: '  ', c: true, d: ['x'] }, ({ text }) =>
      (['a', 'b', 'c', 'd'] as const).map(text),
    );
    expect(value).toEqual(['x y', undefined, undefined, undefined]);
  });

  it('trims the values of a list, and ignores empty ones', () => {
    const { value } = readOptions({ a: [' x ', '', ' ', 'y'], b: ' z ', c: '', d: true }, ({ list }) =>
      (['a', 'b', 'c', 'd'] as const).map(list),
    );
    expect(value).toEqual([['x', 'y'], ['z'], [], []]);
  });

  it.each([
    [undefined, undefined, []],
    ['error', 'error', []],
    [' skip ', 'skip', []],
    ['skp', undefined, ['--a: "skp" is unknown. Did you mean "skip"?']],
    ['whatever', undefined, ['--a: "whatever" is unknown. Known: error, skip.']],
  ])('reads %j as one of several words', (given, value, faults) => {
    const read = readOptions({ ...(given !== undefined && { a: given }) }, (options) =>
      options.choice('a', ['error', 'skip']),
    );
    expect(read).toEqual({ value, faults });
  });

  it.each([
    [undefined, false],
    [true, true],
    [false, false],
    ['', false],
    ['false', false],
    [' True ', true],
    ['FALSE', false],
  ])('reads %j as a flag', (given, value) => {
    const read = readOptions({ ...(given !== undefined && { a: given }) }, (options) => options.flag('a'));
    expect(read).toEqual({ value, faults: [] });
  });

  it('reports a flag that is neither true nor false', () => {
    expect(readOptions({ a: 'Yes' }, (options) => options.flag('a'))).toEqual({
      value: false,
      faults: ['--a: "Yes" is neither true nor false. Write true or false.'],
    });
  });

  it.each([
    [undefined, undefined],
    ['2', 2],
    ['50', 50],
    ['100000', 100_000],
  ])('reads %j as a number', (given, value) => {
    const read = readOptions({ ...(given !== undefined && { a: given }) }, (options) =>
      options.number('a', 2, 100_000),
    );
    expect(read).toEqual({ value, faults: [] });
  });

  it.each(['1', '100001', '-5', '3.5', 'x3', '3x', '0000005', '0x5', 'five'])(
    'reports %s as a number out of bounds or not a number',
    (given) => {
      expect(readOptions({ a: given }, (options) => options.number('a', 2, 100_000))).toEqual({
        value: undefined,
        faults: [`--a: "${given}" is not a whole number from 2 to 100000. Write such a number, or omit it.`],
      });
    },
  );

  it('records which option has a fault, in the order of the faults', () => {
    const options = createOptionReader<'a'>({}, (name) => `input "${name}"`);
    options.fault(undefined, 'No site was given', 'Name one.');
    options.fault('a', 'it is wrong', 'Correct it.');
    expect(options.nameOf('a')).toBe('input "a"');
    expect(options.problems).toStrictEqual([
      { severity: 'error', code: 'usage', message: 'No site was given.', hint: 'Name one.' },
      {
        severity: 'error',
        code: 'usage',
        path: 'a',
        message: 'input "a": it is wrong.',
        hint: 'Correct it.',
      },
    ]);
  });
});

describe('the error of wrong options', () => {
  const [first, second] = [usageProblem('A is wrong.', 'Correct A.'), usageProblem('B is wrong.', '')];

  it('is the only fault itself', () => {
    expect(usageError([first])).toMatchObject({
      code: 'usage',
      message: 'A is wrong.',
      hint: 'Correct A.',
      problems: [first],
    });
  });

  it('counts several faults', () => {
    expect(usageError([first, second])).toMatchObject({
      code: 'usage',
      message: 'The options or inputs contain 2 mistakes.',
      hint: undefined,
      problems: [first, second],
    });
  });
});

test.each([
  [undefined, ''],
  [' x ', 'x'],
  [['a ', ' b '], 'a \n b'],
  [[' '], ''],
  [true, 'true'],
  [false, 'false'],
])('the text of the value %j is %j', (value, text) => {
  expect(givenText(value)).toBe(text);
});
