import type { PastIndex } from '../../../src/app/read-history.js';
import { undoing } from '../../../src/app/rollback/undone.js';

const PAST: PastIndex<string> = {
  timestamp: undefined,
  date: undefined,
  commit: undefined,
  author: undefined,
  subject: undefined,
  changes: [],
  index: 'new',
  files: undefined,
  isExact: true,
};
const LAST = { ...PAST, timestamp: 20260201100000 };
const wentBackTo = (name: string) =>
  `The last publication went back to ${name}, and this restores what was offered before that. To go further back, use "to" (--to).`;

/** Describes how a publication is undone, with this history, and records which indexes are compared. */
async function undone(last: PastIndex<string>, history: readonly PastIndex<string>[]) {
  const compared: string[] = [];
  async function* publications() {
    yield* await Promise.resolve(history);
  }
  const notice = await undoing(last, publications(), (index) => {
    compared.push(index);
    return index === last.index;
  });
  return { notice, compared };
}

test.each<[Partial<PastIndex<string>>, string]>([
  [{ timestamp: 20260201100000 }, 'This undoes the publication 20260201100000.'],
  [
    { timestamp: 20260201100000, subject: 'Update Tool_.jar' },
    'This undoes the publication 20260201100000, "Update Tool_.jar".',
  ],
  [
    { commit: 'a1b2c3d4e5f6a7b8', subject: 'x'.repeat(101) },
    `This undoes the publication a1b2c3d4e5f6, "${'x'.repeat(100)}…".`,
  ],
  [{ timestamp: 20260201100000, subject: 'Go back to 20260101000000' }, wentBackTo('20260101000000')],
])('the publication %j is undone', async (past, notice) => {
  expect((await undone({ ...PAST, ...past }, [])).notice).toBe(notice);
});

test('a publication that offers the same as an earlier one has gone back to it', async () => {
  const history = [
    { ...LAST, timestamp: undefined, commit: 'bbbb' },
    LAST,
    { ...PAST, timestamp: 20260131000000, index: 'bad' },
    { ...PAST, commit: 'a1b2c3d4e5f6a7b8' },
    { ...PAST, timestamp: 20260101000000 },
  ];
  expect(await undone({ ...LAST, subject: 'Undo it' }, history)).toEqual({
    notice: wentBackTo('a1b2c3d4e5f6'),
    compared: ['bad', 'new'],
  });
});

test('the publication is compared with 25 earlier ones', async () => {
  const others = Array.from({ length: 30 }, (_, at) => ({ ...PAST, index: `state ${at}` }));
  const { notice, compared } = await undone(LAST, [LAST, ...others, PAST]);
  expect(notice).toBe('This undoes the publication 20260201100000.');
  expect(compared).toHaveLength(25);
  expect((await undone(LAST, [LAST, ...others.slice(0, 24), PAST])).notice).toMatch(
    /^The last publication went/,
  );
});
