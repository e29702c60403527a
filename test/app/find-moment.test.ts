import type { Change } from '../../src/model/change.js';
import { UserError } from '../../src/model/user-error.js';
import type { PastIndex } from '../../src/app/read-history.js';
import { findMoment } from '../../src/app/find-moment.js';

const COMMITS = ['a1b2c3d4e5', '0123456789', 'ffffffffff'];

const CHANGE: Change = { kind: 'update', path: 'a.ijm', reason: 'its content has changed' };

/** Publications with these timestamps, newest first; the first ones have commits. */
function history(...timestamps: readonly (number | undefined)[]): AsyncIterable<PastIndex<number>> {
  return changing(timestamps, timestamps);
}

/** Publications of which some change what is offered: those whose timestamp is among `changed`. */
function changing(
  timestamps: readonly (number | undefined)[],
  changed: readonly (number | undefined)[],
): AsyncIterable<PastIndex<number>> {
  const all = timestamps.map((timestamp, index): PastIndex<number> => ({
    timestamp,
    date: undefined,
    commit: COMMITS[index],
    author: undefined,
    subject: undefined,
    changes: changed.includes(timestamp) ? [CHANGE] : [],
    index,
    isExact: true,
    files: undefined,
  }));
  return (async function* () {
    yield* await Promise.resolve(all);
  })();
}

// The second publication was ahead of the clock.
const ALL = [20260201100000, 20260201230001, 20260131000000, 20260101000000];

const hintFor = (to: string, stamps: readonly (number | undefined)[] = ALL) =>
  findMoment(history(...stamps), { to }).then(
    () => 'found',
    (error: unknown) => (error instanceof UserError ? (error.hint ?? '') : String(error)),
  );

test.each([
  ['20260201100000', 0],
  ['20260101000000', 3],
  ['0123456', 1],
  ['0123456789', 1],
])('%s is found', async (to, at) => {
  expect((await findMoment(history(...ALL), { to })).index).toBe(at);
});

test('the last publication is undone by going back to the one before it', async () => {
  expect((await findMoment(history(...ALL), 'last')).index).toBe(1);
  await expect(findMoment(history(20260101000000), 'last')).rejects.toThrow(
    'The history does not list an earlier publication.',
  );
});

describe('a publication that does not change what is offered', () => {
  const found = async (...changed: readonly number[]) => {
    const { index, last } = await findMoment(changing(ALL, changed), 'last');
    return [last?.timestamp, ALL[index]];
  };
  const [FOURTH, THIRD, SECOND, FIRST] = ALL as [number, number, number, number];

  test('is not undone', async () => {
    expect(await found(THIRD, SECOND, FIRST)).toEqual([THIRD, SECOND]);
    expect(await found(SECOND, FIRST)).toEqual([SECOND, FIRST]);
  });

  test('may have made the state before the last publication', async () => {
    expect(await found(FOURTH, SECOND)).toEqual([FOURTH, THIRD]);
    expect(await found(FOURTH, FIRST)).toEqual([FOURTH, THIRD]);
  });

  test('is not an earlier publication', async () => {
    const refusal = 'The history does not list an earlier publication.';
    await expect(found(FOURTH)).rejects.toThrow(refusal);
    await expect(found(FIRST)).rejects.toThrow(refusal);
    await expect(found()).rejects.toThrow(refusal);
  });

  test('is not the state before an import into an empty site', async () => {
    const imported = async function* () {
      for await (const past of changing(ALL, [FOURTH, SECOND]))
        yield { ...past, isExact: past.timestamp !== SECOND };
    };
    const { timestamp, last } = await findMoment(imported(), 'last');
    expect([last?.timestamp, timestamp]).toEqual([FOURTH, SECOND]);
  });

  test('is found by its name', async () => {
    expect((await findMoment(changing(ALL, []), { to: String(THIRD) })).index).toBe(1);
  });
});

test('the history is read only as far as the publication before the last one', async () => {
  const read: (number | undefined)[] = [];
  const history = (async function* () {
    for await (const past of changing(ALL, ALL.slice(0, 3))) {
      read.push(past.timestamp);
      yield past;
    }
  })();
  await findMoment(history, 'last');
  expect(read).toEqual(ALL.slice(0, 2));
});

test('the last publication is returned if no moment was named', async () => {
  const { last } = await findMoment(history(...ALL), 'last');
  expect(last?.index).toBe(0);
  expect((await findMoment(history(...ALL), { to: '20260101000000' })).last).toBeUndefined();
});

const REST = '"update-site history" lists all: write a timestamp or a commit exactly as it is printed there.';

test.each([
  ['20260201200000', 'The nearest ones are 20260201100000 and 20260201230001. '],
  ['202602', 'The nearest ones are 20260131000000 and 20260201100000. '],
  ['20260101', 'The nearest one is 20260101000000. '],
  ['20270101000000', 'The nearest one is 20260201230001. '],
  ['012345', 'The nearest one is 20260101000000. '],
  ['0123457', 'The nearest one is 20260101000000. '],
  ['A1B2C3D4E5', ''],
  ['undefined', ''],
])('%s is refused with its neighbours', async (to, near) => {
  expect(await hintFor(to)).toBe(`${near}${REST}`);
});

test('a history without publications refers to the branch', async () => {
  expect(await hintFor('20260601000000', [])).toBe(
    'It does not list any. The branch that a site is published from keeps its earlier states: name that one.',
  );
});

test('publications without a timestamp are not neighbours', async () => {
  expect(await hintFor('20260601000000', [undefined])).toBe(REST);
  expect(await hintFor('undefined', [undefined])).toBe(REST);
});
