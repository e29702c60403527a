import type { UpstreamIndexes } from '../../src/app/ports/upstream-indexes.js';
import { readUpstream } from '../../src/app/upstream.js';
import { UserError } from '../../src/model/user-error.js';
import { formatWith } from '../support/format-with.js';
import { sitePath } from '../../src/model/site-path.js';

const CORE = { name: 'Core', location: 'https://core.example/db.xml.gz' };
const LAB = { name: 'Lab', location: 'https://lab.example/db.xml.gz' };

type Read = UpstreamIndexes['read'];

/** Reads the sites, each in its own way by name. */
function reading(ways: Readonly<Record<string, Read>>, log: string[] = []) {
  const format = formatWith({
    indexPaths: [sitePath('db.xml.gz')],
    parseIndex: (files, origin) => {
      const text = Buffer.from(files.get('db.xml.gz') ?? []).toString();
      if (text === 'broken') throw new UserError('index', `${origin?.name ?? ''} is not an index.`);
      return text;
    },
  });
  const read: Read = (source) => ways[source.name]?.(source) ?? Promise.reject(new Error(source.name));
  const print = { info: () => undefined, detail: (text: string) => log.push(text) };
  return format((chosen) => readUpstream([CORE, LAB], chosen, { read }, print));
}

/** An index with this text that notes when a copy of it is kept. */
function index(text: string, kept: string[] = [], outdated?: { reason: string; date: string }): Read {
  return () =>
    Promise.resolve({
      bytes: Buffer.from(text),
      outdated,
      keep: () => Promise.resolve(void kept.push(text)),
    });
}

const later =
  (read: Read): Read =>
  async (source) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return read(source);
  };

test('sites are returned in their order, whichever is read first, and copies are kept', async () => {
  const [kept, log]: [string[], string[]] = [[], []];
  expect(await reading({ Core: later(index('core', kept)), Lab: index('lab', kept) }, log)).toEqual({
    sites: [
      { ...CORE, index: 'core' },
      { ...LAB, index: 'lab' },
    ],
    problems: [],
  });
  expect(kept).toEqual(['lab', 'core']);
  expect(log).toEqual([
    'Reading the index of the upstream site Core (https://core.example/db.xml.gz).',
    'Reading the index of the upstream site Lab (https://lab.example/db.xml.gz).',
  ]);
});

test('an outdated copy is used, with a warning', async () => {
  const outdated = { reason: 'its server refused the connection', date: '2026-11-20T09:32:12Z' };
  const { sites, problems } = await reading({ Core: index('core', [], outdated), Lab: index('lab') });
  expect(sites).toHaveLength(2);
  expect(problems).toEqual([
    {
      severity: 'warning',
      code: 'upstream-outdated',
      path: CORE.location,
      message:
        'Could not download the index of the upstream site Core (https://core.example/db.xml.gz): its server refused the connection. Using the cached copy of 2026-11-20.',
      hint: 'This run does not consider later publications of that site. Run again later to be sure.',
    },
  ]);
});

test('all sites that cannot be read are reported, and a copy of a broken index is not kept', async () => {
  const kept: string[] = [];
  const error = new UserError('remote', 'It does not respond.', { hint: 'Run again later.' });
  expect(await reading({ Core: () => Promise.reject(error), Lab: index('broken', kept) })).toEqual({
    sites: [],
    problems: [
      {
        severity: 'error',
        code: 'upstream-unreachable',
        path: CORE.location,
        message: 'It does not respond.',
        hint: 'Run again later.',
      },
      {
        severity: 'error',
        code: 'upstream-unreadable',
        path: LAB.location,
        message: 'Lab is not an index.',
      },
    ],
  });
  expect(kept).toEqual([]);
});

test.each([new UserError('cancelled', 'The run was interrupted.'), new TypeError('x is undefined')])(
  'another fault ends the work (%#)',
  async (error) => {
    await expect(reading({ Core: () => Promise.reject(error), Lab: index('lab') })).rejects.toBe(error);
  },
);
