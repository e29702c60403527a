import * as v from 'valibot';
import {
  count,
  flag,
  JsonError,
  list,
  maybe,
  object,
  readAs,
  readIf,
  text,
  withRest,
  word,
} from '../../src/model/schema.js';

const CHANGE = object({ kind: word(['add', 'remove']), size: maybe(count) });
const REPORT = object({ name: text, changed: flag, changes: list(CHANGE) });
const VALID = { name: 'a', changed: true, changes: [{ kind: 'add', size: 3 }] };

describe('a value that matches its schema', () => {
  it('is returned without fields that the schema does not know', () => {
    expect(readAs(REPORT, { ...VALID, other: 1 })).toEqual(VALID);
  });

  it.each([{}, { size: null }, { size: undefined }])('may omit a field: %j', (size) => {
    expect(readAs(CHANGE, { kind: 'add', ...size })).toEqual({ kind: 'add', size: undefined });
  });
});

describe('a value that does not match', () => {
  it.each([
    [[], 'it should be an object'],
    [null, 'it should be an object'],
    ['text', 'it should be an object'],
    [{}, 'name is missing'],
    [{ ...VALID, name: undefined }, 'name should be a text'],
    [{ ...VALID, name: 3 }, 'name should be a text'],
    [{ ...VALID, changed: 'yes' }, 'changed should be true or false'],
    [{ ...VALID, changes: {} }, 'changes should be a list'],
    [{ ...VALID, changes: [[]] }, 'changes[0] should be an object'],
    [
      { ...VALID, changes: [{ kind: 'add' }, { kind: 'x' }] },
      'changes[1].kind should be one of the words add, remove',
    ],
    [{ ...VALID, changes: [{ kind: 'add', size: -1 }] }, 'changes[0].size should be a number'],
    [{ ...VALID, changes: [{ kind: 'add', size: 1.5 }] }, 'changes[0].size should be a number'],
    [{ ...VALID, changes: [{ kind: 'add', size: 2 ** 53 }] }, 'changes[0].size should be a number'],
    [{ ...VALID, changes: [{ kind: 'add', size: '1' }] }, 'changes[0].size should be a number'],
  ])('is refused with the place, and without the value: %j', (value, message) => {
    expect(() => readAs(REPORT, value)).toThrow(new JsonError(message));
    expect(readIf(REPORT, value)).toBeUndefined();
  });

  it('is named by its name and message', () => {
    expect(String(new JsonError('x'))).toBe('JsonError: x');
  });
});

describe('unknown fields', () => {
  const schema = withRest({ id: text });
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { in: nested(depth - 1) });

  it('are kept beside the known ones', () => {
    expect(readAs(schema, { id: 'a', more: [1, { b: null }], constructor: 2 })).toEqual({
      id: 'a',
      rest: { more: [1, { b: null }], constructor: 2 },
    });
    expect(readAs(schema, { id: 'a' })).toEqual({ id: 'a', rest: undefined });
  });

  it('do not hide wrong values', () => {
    expect(() => readAs(schema, { more: 1 })).toThrow('id is missing');
    expect(() => readAs(list(schema), [{ id: 1 }])).toThrow('[0].id should be a text');
    for (const value of [[], null, 'a'])
      expect(() => readAs(schema, value)).toThrow('it should be an object');
  });

  it('may be nested to a limit', () => {
    expect(readIf(schema, { id: 'a', more: nested(63) })).toBeDefined();
    expect(() => readAs(schema, { id: 'a', more: nested(64) })).toThrow('it should be nested less deeply');
    expect(readIf(schema, { id: 'a', more: Array.from({ length: 99 }, () => nested(60)) })).toBeDefined();
  });
});

test('a schema of the library can be read as well', () => {
  expect(readAs(v.pipe(text, v.transform(Number)), '3')).toBe(3);
});
