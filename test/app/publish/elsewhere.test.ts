import { createElsewhereCheck } from '../../../src/app/publish/elsewhere.js';
import type { FileElsewhere, Plan } from '../../../src/model/plan.js';
import type { Problem } from '../../../src/model/problem.js';
import { UserError } from '../../../src/model/user-error.js';

const SETTINGS = { preview: false, archiveCheck: true };
const ERROR: Problem = { severity: 'error', code: 'bad-path', message: 'Bad.' };

const file = (name: string): FileElsewhere => ({
  url: `https://x.org/${name}`,
  file: `build/${name}`,
  size: 1000,
});
const planOf = (elsewhere?: readonly FileElsewhere[]) =>
  ({ ...(elsewhere ? { elsewhere } : {}) }) as Partial<Plan> as Plan;

/** A check whose requests get this response, and are counted by address. */
function checking(sizeOf: () => Promise<number>, settings = SETTINGS) {
  const requests: string[] = [];
  const check = createElsewhereCheck(settings, {
    sizeOf: (url, atMost) => {
      requests.push(`${url} ${atMost}`);
      return sizeOf();
    },
  });
  return { check, requests };
}

const found = (size: number) => () => Promise.resolve(size);

test('files of the right size are accepted; each address is requested once per run', async () => {
  const { check, requests } = checking(found(1000));
  const files = ['a', 'b', 'c', 'd', 'e'].map(file);
  expect(await check([], planOf(files))).toEqual([]);
  expect(await check([], planOf(files))).toEqual([]);
  expect(requests).toEqual(files.map(({ url }) => `${url} 1000`));
});

test.each([
  [999, 'fewer'],
  [1001, 'more'],
])('a file of %d bytes is another one', async (size, word) => {
  expect(await checking(found(size)).check([], planOf([file('a.zip')]))).toEqual([
    {
      severity: 'error',
      code: 'absent-archive',
      path: 'https://x.org/a.zip',
      message: `The file at https://x.org/a.zip is not build/a.zip: it has ${word} than the 1,000 bytes of that file.`,
      hint: 'Upload the file that was built in this run, or publish the file at that address.',
    },
  ]);
});

test('a file that cannot be downloaded is reported with the reason', async () => {
  const { check } = checking(() => Promise.reject(new UserError('remote', 'the server responded with 404')));
  expect(await check([], planOf([file('a.zip')]))).toMatchObject([
    {
      severity: 'error',
      code: 'absent-archive',
      message:
        'The index would refer to https://x.org/a.zip, which cannot be downloaded: the server responded with 404.',
    },
  ]);
});

test('an interruption ends the run', async () => {
  const error = new Error('aborted');
  await expect(checking(() => Promise.reject(error)).check([], planOf([file('a')]))).rejects.toBe(error);
});

test.each([
  ['a preview', { ...SETTINGS, preview: true }, []],
  ['a run without the check', { ...SETTINGS, archiveCheck: false }, []],
  ['a plan with errors', SETTINGS, [ERROR]],
])('%s sends no requests', async (_, settings, known) => {
  const { check, requests } = checking(found(0), settings);
  expect(await check(known, planOf([file('a')]))).toEqual([]);
  expect(requests).toEqual([]);
});

test('a plan without files elsewhere sends no requests', async () => {
  const { check, requests } = checking(found(0));
  expect(await check([], planOf())).toEqual([]);
  expect(requests).toEqual([]);
});
