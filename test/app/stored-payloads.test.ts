import { lookFor, unstorable, wantedPayloads, type CopyWords } from '../../src/app/stored-payloads.js';
import type { FileState } from '../../src/app/ports/site-source.js';
import type { IndexedPayload } from '../../src/formats/verification.js';
import { formatWith } from '../support/format-with.js';
import { indexedPayload, memorySite } from '../support/memory-site.js';

const WORDS: CopyWords = {
  place: 'the old place',
  site: 'the old site',
  again: 'Then import again.',
  without: 'It is left out.',
};

const A = indexedPayload('a.ijm');
const OLD = indexedPayload('old.ijm', { isCurrent: false });

function wanted(payloads: readonly IndexedPayload[] | undefined, withHistory = true) {
  const rules = payloads && { verification: { payloadsOf: () => payloads } as never };
  return formatWith({ name: 'imagej', ...rules })((format) =>
    wantedPayloads(format, undefined as never, undefined, withHistory, WORDS),
  );
}

test('current payloads are wanted always, and previous ones only with the history', () => {
  expect(wanted([A, OLD])).toEqual({ payloads: [A, OLD], elsewhere: 0, problems: [] });
  expect(wanted([A, OLD], false).payloads).toEqual([A]);
});

test('a format that does not name its payloads has none', () => {
  expect(wanted(undefined)).toEqual({ payloads: [], elsewhere: 0, problems: [] });
});

test('files on other servers are counted, not wanted', () => {
  const elsewhere = indexedPayload('b.zip', { storedPath: undefined, url: 'https://x.org/b.zip' });
  expect(wanted([A, elsewhere])).toEqual({ payloads: [A], elsewhere: 1, problems: [] });
});

test.each<[Partial<IndexedPayload>, string]>([
  [{ path: '../a.ijm' }, 'it has a ".." part'],
  [{ storedPath: undefined }, 'its address leads to no file'],
])('a payload with %j cannot be stored', (more, reason) => {
  const { payloads, problems } = wanted([{ ...A, ...more }]);
  expect(payloads).toEqual([]);
  expect(problems).toEqual([unstorable(A, reason, WORDS)]);
});

test('a payload that cannot be stored is an error if users are offered it, otherwise a warning', () => {
  expect(unstorable(A, 'it is too long', WORDS)).toEqual({
    severity: 'error',
    code: 'bad-path',
    path: A.name,
    message: `${A.name} cannot be stored: it is too long.`,
    hint: 'Publish the file under another name on the old site, and remove this one. Then import again.',
  });
  expect(unstorable(OLD, 'it is too long', WORDS)).toEqual({
    severity: 'warning',
    code: 'lost-payload',
    path: OLD.name,
    message: `${OLD.name} cannot be stored: it is too long.`,
    hint: 'It is left out.',
  });
});

describe('payloads that a place has', () => {
  const found = (payload: typeof A, state: FileState | undefined) => {
    const statFiles = () => Promise.resolve(state ? [state] : []);
    const stored = wanted([payload]).payloads;
    return lookFor(memorySite({}, { statFiles }), stored, WORDS);
  };

  test('have the size that the index states, or that of the place', async () => {
    const state = { status: 'there', size: 7 } as const;
    expect(await found(A, state)).toEqual({ payloads: [A], problems: [] });
    const unsized = { ...A, size: undefined };
    expect((await found(unsized, state)).payloads).toEqual([{ ...A, size: 7 }]);
  });

  test.each<[FileState | undefined, string]>([
    [{ status: 'missing' }, 'it does not exist there'],
    [{ status: 'failed', reason: 'the server responded with 500' }, 'the server responded with 500'],
    [undefined, 'it does not exist there'],
  ])('are reported if their state is %j', async (state, reason) => {
    expect(await found(A, state)).toEqual({
      payloads: [],
      problems: [
        {
          severity: 'error',
          code: 'lost-payload',
          path: A.name,
          message: `${A.name} cannot be fetched from the old place: ${reason}. Users are offered it.`,
          hint: 'Publish it again on the old site, or remove it there. Then import again.',
        },
      ],
    });
    expect((await found(OLD, state)).problems).toEqual([
      {
        severity: 'warning',
        code: 'lost-payload',
        path: OLD.name,
        message: `The previous version ${OLD.name} cannot be fetched from the old place: ${reason}.`,
        hint: 'It is left out.',
      },
    ]);
  });
});
