import type { PastIndex } from '../../../src/app/read-history.js';
import { undoing } from '../../../src/app/rollback/undone.js';

const PAST: PastIndex<undefined> = {
  timestamp: undefined,
  date: undefined,
  commit: undefined,
  author: undefined,
  subject: undefined,
  changes: [],
  index: undefined,
  files: undefined,
  isExact: true,
};

test.each<[Partial<PastIndex<undefined>>, string]>([
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
])('the publication %j is undone', (past, notice) => {
  expect(undoing({ ...PAST, ...past })).toBe(notice);
});
