import { UserError } from '../../../src/model/user-error.js';
import type { PastIndex } from '../../../src/app/read-history.js';
import { findMoment } from '../../../src/app/rollback/find-moment.js';

const COMMITS = ['a1b2c3d4e5', '0123456789', 'ffffffffff'];

/** Publications with these timestamps, newest first; the first ones have commits. */
function history(...timestamps: readonly (number | undefined)[]): AsyncIterable<PastIndex<number>> {
  const all = timestamps.map((timestamp, index) => ({
    timestamp,
    date: undefined,
    commit: COMMITS[index],
    author: undefined,
    subject: undefined,
    changes: [],
    index,
    isExact: true,
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

describe('what going back undoes', () => {
  const undone = async (past: Partial<PastIndex<number>>) => {
    const all = [past, {}].map((one, index) => ({
      ...{ timestamp: undefined, date: undefined, commit: undefined, author: undefined, subject: undefined },
      ...{ changes: [], index, isExact: true },
      ...one,
    }));
    const publications = (async function* () {
      yield* await Promise.resolve(all);
    })();
    return (await findMoment(publications, 'last')).notices;
  };

  test.each<[Partial<PastIndex<number>>, string]>([
    [{ timestamp: 20260201100000 }, 'This undoes the publication 20260201100000.'],
    [
      { timestamp: 20260201100000, subject: 'Update Tool_.jar' },
      'This undoes the publication 20260201100000, "Update Tool_.jar".',
    ],
    [
      { commit: 'a1b2c3d4e5f6a7b8', subject: 'x'.repeat(101) },
      `This undoes the publication a1b2c3d4e5f6, "${'x'.repeat(100)}…".`,
    ],
    [
      { timestamp: 20260201100000, subject: 'Go back to 20260101000000' },
      'The last publication went back to 20260101000000, and this restores what was offered before that. To go further back, use "to" (--to).',
    ],
  ])('%j', async (past, notice) => {
    expect(await undone(past)).toEqual([notice]);
  });

  test('is not stated if the user names the moment', async () => {
    expect((await findMoment(history(...ALL), { to: '20260101000000' })).notices).toEqual([]);
  });
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

test('publications without a timestamp are not neighbours', async () => {
  expect(await hintFor('20260601000000', [undefined])).toBe(REST);
  expect(await hintFor('undefined', [undefined])).toBe(REST);
});
