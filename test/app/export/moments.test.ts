import { exportSite } from '../../../src/app/export/export.js';
import type { ExportSettings } from '../../../src/app/export/settings.js';
import type { FileState, ReadableSite } from '../../../src/app/ports/site-source.js';
import { gzipIndex } from '../../../src/formats/imagej/index/gzip.js';
import { formatNamed } from '../../../src/formats/registry.js';
import { bytesOf, idOf, keeping, siteWith } from '../../support/kept-site.js';

const FIRST = 20260101000000;
const SECOND = 20260201000000;
const SETTINGS: ExportSettings = {
  ...{ file: 'out.zip', kind: 'backup', at: undefined, force: false },
  ...{ platforms: [], siteUrl: undefined, usualUrl: undefined },
};

const OLD = bytesOf({ 'macros/a.ijm': { timestamp: FIRST }, 'macros/b.ijm': { timestamp: FIRST } });
const NEW = bytesOf({ 'macros/a.ijm': { timestamp: SECOND, checksum: 'c'.repeat(40) } });
const BOTH = gzipIndex(`<pluginRecords><plugin filename="macros/a.ijm">
  <previous-version timestamp="${FIRST}" timestamp-obsolete="${SECOND}" checksum="1" filename="macros/a.ijm"/>
  <version checksum="2" timestamp="${SECOND}" filesize="5"/>
</plugin></pluginRecords>`);

/** Exports a site whose files exist, all with this size, except the missing ones. */
function exporting(
  site: ReadableSite,
  settings: Partial<ExportSettings>,
  { missing = [], size = 5 }: { missing?: readonly string[]; size?: number } = {},
) {
  const added = new Map<string, Uint8Array | string>();
  const stateOf = (path: string): FileState =>
    missing.includes(path) ? { status: 'missing' } : { status: 'there', size };
  const files: Pick<ReadableSite, 'statFiles' | 'fetchFiles'> = {
    statFiles: (paths) => Promise.resolve(paths.map(stateOf)),
    fetchFiles: (paths) =>
      Promise.resolve(paths.map((path) => ({ status: 'there', file: path, size, modified: 1 }))),
  };
  const { past } = site;
  const place: ReadableSite = past
    ? {
        ...site,
        statFiles: () => Promise.reject(new Error('the files of now')),
        past: {
          ...past,
          at: (id) => ({ ...files, readFile: async (path) => (await past.readAt([id], path))[0] }),
        },
      }
    : { ...site, ...files };
  const source = {
    description: 'place',
    open: () => Promise.resolve(place),
    close: () => Promise.resolve(),
  };
  const done = exportSite(
    source,
    [formatNamed('imagej')],
    { ...SETTINGS, ...settings },
    {
      archives: {
        create: () =>
          Promise.resolve({
            add: (path, content) => {
              added.set(path, content instanceof Uint8Array ? content : content.file);
              return Promise.resolve('sum');
            },
            finish: () => Promise.resolve(1),
            discard: () => Promise.resolve(),
          }),
      },
      inspector: {
        verifyAll: (requests: readonly unknown[]) =>
          Promise.resolve(requests.map(() => ({ facts: { isMatch: true, checksum: 'c' } }))),
      } as never,
      temp: { make: () => Promise.resolve({ path: '/copies', remove: () => Promise.resolve() }) },
      log: { info: () => undefined, detail: () => undefined },
      progress: { start: () => ({ advance: () => undefined, done: () => undefined }) },
    },
  );
  return { done, added };
}

test('a backup of an earlier moment has the index of then, byte for byte', async () => {
  const { site } = keeping(OLD, NEW);
  const { done, added } = exporting(site, { at: idOf(1) });
  expect(await done).toMatchObject({ kind: 'backup', files: 4, problems: [] });
  expect([...added.keys()]).toEqual([
    'db.xml.gz',
    `macros/a.ijm-${FIRST}`,
    `macros/b.ijm-${FIRST}`,
    'SHA256SUMS',
  ]);
  expect(added.get('db.xml.gz')).toBe(OLD);
});

test('files of the index that are not read again are those of the commit', async () => {
  const { site } = keeping(OLD, NEW);
  const asked: string[] = [];
  const { past } = site;
  const readAt: NonNullable<typeof past>['readAt'] = (ids, path) => {
    asked.push(`${path} ${ids.join(' ')}`);
    return past?.readAt(ids, path) ?? Promise.resolve([]);
  };
  const listFiles = () => Promise.reject(new Error('the files of now'));
  await exporting({ ...site, listFiles, past: { ...past, readAt } as never }, { at: idOf(0) }).done;
  // The index itself was read with the history.
  expect(asked).toEqual([`db.xml.gz ${idOf(0)} ${idOf(1)}`]);
});

test('without the stored index of then, a backup is refused, and an application is exported', async () => {
  const at = String(FIRST);
  const { done, added } = exporting(siteWith(BOTH), { at });
  await expect(done).rejects.toMatchObject({
    code: 'refused',
    message: 'The index of that time is not stored in this place, and a backup needs it.',
    hint: 'Choose a publication that "update-site history" lists with a commit, or write --kind application: the files of that time are known.',
  });
  expect(added.size).toBe(0);
  // Its size is not known, so any size is right if the checksum is.
  const application = exporting(siteWith(BOTH), { at, kind: 'application' }, { size: 9 });
  expect(await application.done).toMatchObject({ files: 2, problems: [] });
  expect(application.added.get('macros/a.ijm')).toBe(`macros/a.ijm-${FIRST}`);
});

test('the newest publication is the state of now, so it has a backup everywhere', async () => {
  const { done, added } = exporting(siteWith(BOTH), { at: String(SECOND) });
  expect(await done).toMatchObject({ files: 4 });
  expect(added.get('db.xml.gz')).toBe(BOTH);
});

test('a file of then that is gone stops the export, with advice for the past', async () => {
  const { site } = keeping(OLD, NEW);
  for (const kind of ['backup', 'application'] as const) {
    const { done, added } = exporting(site, { at: idOf(1), kind }, { missing: [`macros/b.ijm-${FIRST}`] });
    await expect(done).rejects.toMatchObject({
      code: 'refused',
      problems: [
        {
          code: 'lost-payload',
          message: `macros/b.ijm-${FIRST} cannot be fetched from the site: it does not exist there. Users were offered it then.`,
          hint: 'Choose another moment, as "update-site history" lists them.',
        },
      ],
    });
    expect(added.size).toBe(0);
  }
});

test('a file of then that is damaged, or cannot be stored, gets the same advice', async () => {
  const { site } = keeping(OLD, NEW);
  const hint = 'Choose another moment, as "update-site history" lists them.';
  await expect(exporting(site, { at: idOf(1) }, { size: 6 }).done).rejects.toMatchObject({
    problems: [
      { code: 'damaged-payload', hint },
      { code: 'damaged-payload', hint },
    ],
  });
  const unsafe = keeping(bytesOf({ '../a.ijm': { timestamp: FIRST } }), NEW).site;
  await expect(exporting(unsafe, { at: idOf(1) }).done).rejects.toMatchObject({
    problems: [{ code: 'bad-path', hint }],
  });
  const reserved = keeping(bytesOf({ 'db.xml.gz.lock': { timestamp: FIRST } }), NEW).site;
  await expect(exporting(reserved, { at: idOf(1), kind: 'application' }).done).rejects.toMatchObject({
    problems: [{ code: 'bad-path', hint }],
  });
});
