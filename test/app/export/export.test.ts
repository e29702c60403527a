import { createHash } from 'node:crypto';
import { exportSite, type ExportPorts } from '../../../src/app/export/export.js';
import type { ExportSettings } from '../../../src/app/export/settings.js';
import type { FileState, LocalFile, ReadableSite } from '../../../src/app/ports/site-source.js';
import type { VerifyRequest } from '../../../src/app/ports/inspector.js';
import type { IndexedPayload } from '../../../src/formats/verification.js';
import { sitePath } from '../../../src/model/site-path.js';
import type { UserError } from '../../../src/model/user-error.js';
import { formatWith } from '../../support/format-with.js';

const OLD = '20260101000000';
const SETTINGS: ExportSettings = {
  file: 'out.zip',
  kind: 'backup',
  at: undefined,
  force: false,
  platforms: [],
  siteUrl: undefined,
  usualUrl: undefined,
};

function payload(path: string, more: Partial<IndexedPayload> = {}): IndexedPayload {
  const stored = `${path}-${OLD}`;
  return {
    storedPath: sitePath(stored),
    name: stored,
    path,
    checksums: [],
    size: 1,
    isCurrent: true,
    ...more,
  };
}

interface Options {
  /** The files of the index, by name. */
  readonly index?: Readonly<Record<string, string>>;
  readonly listFiles?: readonly string[] | undefined;
  /** What the place has; a payload without an entry has the content `x`. */
  readonly states?: Readonly<Record<string, FileState>>;
  readonly fetched?: Readonly<Record<string, LocalFile>>;
  readonly servedUrl?: string;
  readonly settings?: Partial<ExportSettings>;
  readonly application?: object | undefined;
  /** Stored paths whose content is not what the index states. */
  readonly wrong?: readonly string[];
}

const PROGRAMS = {
  filesOf: () =>
    new Map(
      ['tool', 'native', 'a.ijm', 'reserved'].map((name) => [
        `${name}-${OLD}`,
        { isExecutable: name === 'tool', platforms: name === 'native' ? ['win64'] : [] },
      ]),
    ),
  isReserved: (path: string) => path === 'reserved',
  readme: (url: string | undefined) => `site: ${url ?? 'unknown'}`,
};

/** Exports a site with these payloads, and records what happens. */
function exporting(payloads: readonly IndexedPayload[], options: Options = {}) {
  const { index = { 'db.xml.gz': 'index' }, states = {}, fetched = {}, wrong = [] } = options;
  const events: string[] = [];
  const format = formatWith({
    name: 'imagej',
    indexPaths: ['db.xml.gz', 'history'].map((name) => sitePath(name)) as never,
    isIndexName: (name) => name.startsWith('db.xml'),
    parseIndex: () => 'parsed',
    verification: { payloadsOf: () => payloads } as never,
    application: ('application' in options ? options.application : PROGRAMS) as never,
  });
  const site: ReadableSite = {
    isNew: false,
    readFile: (path) => Promise.resolve(path in index ? Buffer.from(index[path] ?? '') : undefined),
    ...(options.listFiles && { listFiles: () => Promise.resolve(options.listFiles ?? []) }),
    statFiles: (paths) => Promise.resolve(paths.map((path) => states[path] ?? { status: 'there', size: 1 })),
    fetchFiles: (paths, { onBytes }) => {
      events.push(`fetch ${paths.join(' ')}`);
      onBytes?.(paths.length);
      return Promise.resolve(
        paths.map(
          (path): LocalFile =>
            fetched[path] ?? { status: 'there', file: `/copies/${path}`, size: 1, modified: 1 },
        ),
      );
    },
    ...(options.servedUrl !== undefined && { served: { url: options.servedUrl } as never }),
  };
  const ports: ExportPorts = {
    archives: {
      create: (file, overwrite) => {
        events.push(`create ${file} ${String(overwrite)}`);
        return Promise.resolve({
          add: (path, content, isExecutable) => {
            const text = content instanceof Uint8Array ? Buffer.from(content).toString() : content.file;
            events.push(`add ${path}${isExecutable ? '*' : ''}: ${text}`);
            return Promise.resolve(createHash('sha256').update(text).digest('hex'));
          },
          finish: () => Promise.resolve(events.push('finish') * 0 + 99),
          discard: () => Promise.resolve(void events.push('discard')),
        });
      },
    },
    inspector: {
      verifyAll: (requests: readonly VerifyRequest[]) =>
        Promise.resolve(
          requests.map(({ label }) => ({ facts: { isMatch: !wrong.includes(label), checksum: 'cc' } })),
        ),
    } as never,
    temp: {
      make: () => {
        events.push('make folder');
        return Promise.resolve({
          path: '/copies',
          remove: () => Promise.resolve(void events.push('remove folder')),
        });
      },
    },
    log: { info: () => undefined, detail: (message) => events.push(message) },
    progress: {
      start: (label, total) => {
        events.push(`${label}: ${total}`);
        return { advance: (amount) => events.push(`+${amount}`), done: () => events.push('done') };
      },
    },
  };
  const source = {
    description: 'folder site',
    open: () => Promise.resolve(site),
    close: () => Promise.resolve(),
  };
  const done = exportSite(source, [format], { ...SETTINGS, ...options.settings }, ports);
  return { done, events };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The names in an archive, in order. */
function added(events: readonly string[]): readonly string[] {
  return events.flatMap((event) => /^add ([^:]*):/.exec(event)?.[1] ?? []);
}

test('a backup contains the index, all payloads by name, and their checksums', async () => {
  const { done, events } = exporting([payload('b.ijm'), payload('a.ijm', { isCurrent: false })]);
  expect(await done).toEqual({
    file: 'out.zip',
    kind: 'backup',
    files: 4,
    bytes: 99,
    elsewhere: 0,
    channels: [],
    problems: [],
  });
  const [a, b] = [`a.ijm-${OLD}`, `b.ijm-${OLD}`];
  const sums = `${sha256(`/copies/${a}`)}  ${a}\n${sha256(`/copies/${b}`)}  ${b}\n${sha256('index')}  db.xml.gz\n`;
  expect(events).toEqual([
    'create out.zip false',
    'Reading folder site.',
    'add db.xml.gz: index',
    'Writing files: 2',
    'make folder',
    `fetch ${a} ${b}`,
    '+2',
    `add ${a}: /copies/${a}`,
    `add ${b}: /copies/${b}`,
    'remove folder',
    'done',
    `add SHA256SUMS: ${sums}`,
    'finish',
    'discard',
  ]);
});

test('a backup also contains files of the index that are not read again', async () => {
  const listFiles = ['db.xml.gz', 'db.xml', 'db.xml.bak', 'sub/db.xml', 'page.html', 'db.xml\\x'];
  const index = { 'db.xml.gz': '1', history: '2', 'db.xml': '3' };
  const { done, events } = exporting([], { index, listFiles });
  await done;
  expect(events.filter((event) => event.startsWith('add')).slice(0, -1)).toEqual([
    'add db.xml.gz: 1',
    'add history: 2',
    'add db.xml: 3',
  ]);
});

test('a payload is never stored under the name of another file of the backup', async () => {
  const clash = (name: string, isCurrent: boolean) =>
    payload('x', { name, storedPath: sitePath(name), isCurrent });
  const { done, events } = exporting([clash('SHA256SUMS', true), clash('db.xml.gz', false)]);
  await expect(done).rejects.toMatchObject({
    code: 'refused',
    message: 'The site cannot be exported: 1 error.',
    problems: [
      {
        severity: 'error',
        code: 'bad-path',
        path: 'SHA256SUMS',
        message: 'SHA256SUMS cannot be stored: a backup has a file SHA256SUMS of its own.',
      },
      {
        severity: 'warning',
        path: 'db.xml.gz',
        message: 'db.xml.gz cannot be stored: a backup has a file db.xml.gz of its own.',
      },
    ],
  });
  expect(added(events)).toEqual([]);
  expect(events.at(-1)).toBe('discard');
});

test('previous versions that are lost or damaged are left out, and files elsewhere are counted', async () => {
  const payloads = [
    payload('lost', { isCurrent: false }),
    payload('gone', { isCurrent: false, size: undefined }),
    payload('wrong', { isCurrent: false }),
    payload('here', { size: undefined }),
    payload('away', { url: 'https://lab.org/away', storedPath: undefined }),
  ];
  const { done, events } = exporting(payloads, {
    states: { [`lost-${OLD}`]: { status: 'missing' }, [`here-${OLD}`]: { status: 'there', size: 1 } },
    fetched: { [`gone-${OLD}`]: { status: 'failed', reason: 'the server does not respond' } },
    wrong: [`wrong-${OLD}`],
  });
  const { problems, ...result } = await done;
  expect(result).toEqual({
    file: 'out.zip',
    kind: 'backup',
    files: 3,
    bytes: 99,
    elsewhere: 1,
    channels: [],
  });
  expect(problems.map(({ severity, code, path }) => [severity, code, path])).toEqual([
    ['warning', 'lost-payload', `lost-${OLD}`],
    ['warning', 'lost-payload', `gone-${OLD}`],
    ['warning', 'damaged-payload', `wrong-${OLD}`],
  ]);
  expect(added(events)).toEqual(['db.xml.gz', `here-${OLD}`, 'SHA256SUMS']);
  expect(events).toContain('Writing files: 3');
});

test.each<[string, Options]>([
  ['lost-payload', { states: { [`a.ijm-${OLD}`]: { status: 'missing' } } }],
  ['lost-payload', { fetched: { [`a.ijm-${OLD}`]: { status: 'missing' } } }],
  ['damaged-payload', { wrong: [`a.ijm-${OLD}`] }],
])('a current file with the problem %s stops the export (%j)', async (code, options) => {
  const { done, events } = exporting([payload('a.ijm')], options);
  const error = await done.then(undefined, (reason: unknown) => reason as UserError);
  expect(error).toMatchObject({ code: 'refused', problems: [{ severity: 'error', code }] });
  expect(events).not.toContain('finish');
  expect(events.at(-1)).toBe('discard');
  expect(events.filter((event) => event === 'make folder').length).toBe(
    events.filter((event) => event === 'remove folder').length,
  );
});

test('a large site is copied in parts', async () => {
  const many = Array.from({ length: 65 }, (_, at) => payload(`${10 + at}`));
  const { done, events } = exporting(many);
  await done;
  const fetches = events
    .filter((event) => event.startsWith('fetch'))
    .map((event) => event.split(' ').length - 1);
  expect(fetches).toEqual([64, 1]);
  expect(events.filter((event) => event === 'remove folder')).toHaveLength(2);
  expect(added(events)).toHaveLength(67);
});

test.each<[Options, string, string]>([
  [{}, 'README-update-site.txt', 'site: unknown'],
  [{ servedUrl: 'https://lab.org/a/' }, 'README-a.txt', 'site: https://lab.org/a/'],
  [{ settings: { usualUrl: 'https://lab.org/b/' } }, 'README-b.txt', 'site: https://lab.org/b/'],
  [
    { servedUrl: 'https://lab.org/a/', settings: { siteUrl: 'https://lab.org/c/' } },
    'README-c.txt',
    'site: https://lab.org/c/',
  ],
])('the files for an application come with a text (%j)', async (options, name, text) => {
  const payloads = [payload('tool'), payload('a.ijm', { isCurrent: false }), payload('a.ijm'), payload('?')];
  const settings = { ...options.settings, kind: 'application' } as const;
  const { done, events } = exporting(payloads, { ...options, settings });
  expect(await done).toMatchObject({ kind: 'application', files: 3, problems: [] });
  expect(events.filter((event) => event.startsWith('add'))).toEqual([
    `add ${name}: ${text}`,
    `add a.ijm: /copies/a.ijm-${OLD}`,
    `add tool*: /copies/tool-${OLD}`,
  ]);
});

test.each([
  [[], ['a.ijm', 'native', 'tool*']],
  [
    ['win64', 'linux64'],
    ['a.ijm', 'native', 'tool*'],
  ],
  [['linux64'], ['a.ijm', 'tool*']],
])('with the platforms %j, the files are %j', async (platforms, names) => {
  const payloads = ['tool', 'native', 'a.ijm'].map((name) => payload(name));
  const { done, events } = exporting(payloads, { settings: { kind: 'application', platforms } });
  await done;
  expect(added(events).slice(1)).toEqual(names);
});

test('a file that the application itself writes is refused', async () => {
  const { done } = exporting([payload('reserved')], { settings: { kind: 'application' } });
  await expect(done).rejects.toMatchObject({
    problems: [
      {
        severity: 'error',
        code: 'bad-path',
        path: 'reserved',
        message: 'reserved would replace a file that the application itself writes.',
        hint: 'Remove it from the site. Then export again.',
      },
    ],
  });
});

test('a format without an application, and a place without a site, are refused', async () => {
  const settings = { kind: 'application' } as const;
  await expect(exporting([], { settings, application: undefined }).done).rejects.toMatchObject({
    code: 'usage',
    message: 'Sites of the format imagej have no application folder to be unzipped into.',
  });
  const { done, events } = exporting([], { index: {} });
  await expect(done).rejects.toMatchObject({ code: 'index' });
  expect(events).toEqual(['create out.zip false', 'Reading folder site.', 'discard']);
});
