import { orphans, payloadChecks } from '../../../src/app/verify/payload-checks.js';
import type { FoundContent, PayloadState } from '../../../src/app/verify/payload-state.js';
import type { Finding } from '../../../src/model/check.js';
import type { CheckName } from '../../../src/model/check-names.js';
import { indexedPayload, STAMP } from '../../support/memory-site.js';

const CURRENT = indexedPayload('a.ijm', { checksums: ['aa', 'bb'], size: 1000 });
const PREVIOUS = indexedPayload('b.ijm', { size: 3, isCurrent: false });

function there(size: number | undefined, content?: FoundContent): PayloadState {
  return { status: 'there', size, content, redirects: [] };
}
const checksum = (isMatch: boolean): FoundContent => ({ facts: { isMatch, checksum: 'cc' } });

/** Checks one payload in this state. */
function checkOf(
  name: CheckName,
  payload: typeof CURRENT,
  state: PayloadState | undefined,
  previous: 'presence' | 'content' | 'none' = 'presence',
) {
  const states = new Map(state ? [[payload.name, state]] : []);
  const found = payloadChecks([payload], states, { previous }).find((check) => check.name === name);
  if (!found) throw new Error(`${name} is missing.`);
  return found;
}

const messagesOf = ({ findings }: { readonly findings: readonly Finding[] }) =>
  findings.map(({ path, message }) => `${path}: ${message}`);

const NAME = `a.ijm-${STAMP}`;

test.each<[CheckName, PayloadState, string, string]>([
  [
    'payloads-present',
    { status: 'missing' },
    '1 file that the index offers is not there.',
    `${NAME}: it does not exist`,
  ],
  [
    'payloads-present',
    { status: 'failed', reason: 'it is a link' },
    '1 file that the index offers is not there.',
    `${NAME}: it is a link`,
  ],
  [
    'payload-sizes',
    there(1),
    '1 file has another size than the index states.',
    `${NAME}: it has 1 byte, the index states 1,000`,
  ],
  [
    'payload-checksums',
    there(1000, checksum(false)),
    '1 file has another checksum than the index states.',
    `${NAME}: its checksum is cc, the index states aa and bb`,
  ],
  [
    'payload-checksums',
    there(1000, { fault: 'It cannot be read.' }),
    '1 file has another checksum than the index states.',
    `${NAME}: It cannot be read.`,
  ],
])('%s fails for %j', (name, state, reason, message) => {
  const check = checkOf(name, CURRENT, state);
  expect([check.status, check.reason, messagesOf(check)]).toEqual(['failed', reason, [message]]);
});

test.each<[string, PayloadState | undefined]>([
  ['was read and matches', there(1000, checksum(true))],
  ['was not read', there(1000)],
  ['has an unknown size', there(undefined)],
  ['was not looked for', undefined],
])('a file that %s passes', (_, state) => {
  const states = new Map(state ? [[CURRENT.name, state]] : []);
  const checks = payloadChecks([CURRENT], states, { previous: 'presence' });
  expect(checks.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed', 'passed']);
});

test('a file of any size passes if the index does not state one', () => {
  const unsized = { ...CURRENT, size: undefined };
  expect(checkOf('payload-sizes', unsized, there(1)).status).toBe('passed');
});

test('a file of another size does not fail for its checksum too', () => {
  expect(checkOf('payload-checksums', CURRENT, there(1, checksum(false))).status).toBe('passed');
});

describe('a previous version', () => {
  test.each<[PayloadState, string]>([
    [{ status: 'missing' }, 'it does not exist'],
    [there(4), 'it has 4 bytes, the index states 3'],
    [there(3, checksum(false)), 'its checksum is cc, the index states aa'],
  ])('with %j is a warning, or a failure if its content is checked', (state, message) => {
    const warning = checkOf('previous-payloads', PREVIOUS, state);
    expect(warning).toEqual({
      name: 'previous-payloads',
      status: 'warning',
      reason: '1 previous version is missing or damaged.',
      findings: [{ path: PREVIOUS.name, message }],
    });
    expect(checkOf('previous-payloads', PREVIOUS, state, 'content')).toEqual({
      ...warning,
      status: 'failed',
    });
    expect(checkOf('payloads-present', PREVIOUS, state).status).toBe('passed');
  });

  test('is not checked if only current versions are', () => {
    expect(checkOf('previous-payloads', PREVIOUS, { status: 'missing' }, 'none')).toEqual({
      name: 'previous-payloads',
      status: 'skipped',
      reason: 'Only current versions are checked (--current-only).',
      findings: [],
    });
  });
});

test('several files are counted in the plural', () => {
  const payloads = [CURRENT, { ...CURRENT, name: 'c' }, PREVIOUS, { ...PREVIOUS, name: 'd' }];
  const states = (state: PayloadState) => new Map(payloads.map(({ name }) => [name, state]));
  const reasons = [{ status: 'missing' } as const, there(7), there(undefined, checksum(false))].flatMap(
    (state) =>
      payloadChecks(payloads, states(state), { previous: 'presence' }).flatMap(({ reason }) => reason ?? []),
  );
  const previous = '2 previous versions are missing or damaged.';
  expect(reasons).toEqual([
    '2 files that the index offers are not there.',
    previous,
    '2 files have another size than the index states.',
    previous,
    '2 files have another checksum than the index states.',
    previous,
  ]);
});

describe('orphans', () => {
  const isStored = (path: string) => path.endsWith(STAMP);
  const found = (files: readonly string[] | undefined) => orphans(files, [CURRENT], isStored, 'db.xml.gz');

  test('are stored files that the index does not name, sorted', () => {
    expect(found([`z-${STAMP}`, NAME, 'README.md', `b-${STAMP}`, 'db.xml.gz'])).toEqual({
      name: 'orphans',
      status: 'failed',
      reason: '2 stored versions do not belong to the index.',
      findings: [
        { path: `b-${STAMP}`, message: 'the index does not name it' },
        { path: `z-${STAMP}`, message: 'the index does not name it' },
      ],
    });
    expect(found([`b-${STAMP}`])).toMatchObject({
      reason: '1 stored version does not belong to the index.',
    });
  });

  test('are not the files of another site in a folder below', () => {
    expect(found(['below/db.xml.gz', `below/b-${STAMP}`, NAME])).toMatchObject({ status: 'passed' });
    expect(found(['below/db.xml.gz', `other/b-${STAMP}`]).findings.map(({ path }) => path)).toEqual([
      `other/b-${STAMP}`,
    ]);
  });

  test.each([
    [undefined, 'A web server does not list its files.'],
    [['channels.txt', `b-${STAMP}`], 'The site has channels (channels.txt), whose files are not known here.'],
  ])('are not known for %j', (files, reason) => {
    expect(found(files)).toMatchObject({ status: 'skipped', reason });
  });
});
