import type { SomeFormat } from '../../src/formats/format.js';
import { formatNamed } from '../../src/formats/registry.js';
import type { FileState } from '../../src/app/ports/site-source.js';
import { requireFormat } from '../../src/app/read-index.js';
import { UserError } from '../../src/model/user-error.js';

const FORMATS: readonly SomeFormat[] = [formatNamed('imagej'), formatNamed('jetbrains')];

const SOURCE = { description: 'folder x' };

/** A site whose files are there, missing or not readable. */
function siteWith(files: Readonly<Record<string, 'there' | Error>>) {
  return {
    readFile: (path: string) => {
      const found = files[path];
      if (found instanceof Error) return Promise.reject(found);
      return Promise.resolve(found && Buffer.from(found));
    },
    statFiles: (paths: readonly string[]): Promise<readonly FileState[]> =>
      Promise.resolve(
        paths.map((path) =>
          files[path] === undefined ? { status: 'missing' } : { status: 'there', size: 5 },
        ),
      ),
  };
}

const SILENT = { info: () => undefined };

async function nameOf(files: Parameters<typeof siteWith>[0]): Promise<string> {
  return (await requireFormat(siteWith(files), FORMATS, SOURCE, SILENT))(({ name }) => name);
}

const refused = new UserError('remote', 'db.xml.gz was refused.');

test('the first format whose index exists is used', async () => {
  expect(await nameOf({ 'db.xml.gz': 'there', 'updatePlugins.xml': 'there' })).toBe('imagej');
  expect(await nameOf({ 'updatePlugins.xml': 'there' })).toBe('jetbrains');
});

describe('a place with the indexes of two formats', () => {
  const BOTH = { 'db.xml.gz': 'there', 'updatePlugins.xml': 'there' } as const;

  /** Returns what is reported while the format is found. */
  async function reportedIn(
    site: Parameters<typeof requireFormat>[0],
    formats: readonly SomeFormat[] = FORMATS,
  ): Promise<readonly string[]> {
    const lines: string[] = [];
    await requireFormat(site, formats, SOURCE, { info: (line) => lines.push(line) });
    return lines;
  }

  test('is reported, with the option that chooses', async () => {
    expect(await reportedIn(siteWith(BOTH))).toEqual([
      'There are several indexes in folder x: db.xml.gz, updatePlugins.xml. Only db.xml.gz is used. To use another one, set "format" (--format jetbrains).',
    ]);
  });

  test('is not reported if the user has chosen one', async () => {
    expect(await reportedIn(siteWith(BOTH), FORMATS.slice(1))).toEqual([]);
  });

  test('is not reported if there is only one index', async () => {
    expect(await reportedIn(siteWith({ 'updatePlugins.xml': 'there' }))).toEqual([]);
  });

  test('is not searched for at a web address', async () => {
    const served = { url: 'https://lab.org/' } as never;
    const statFiles = () => Promise.reject(new Error('A request was sent.'));
    expect(await reportedIn({ ...siteWith(BOTH), served, statFiles })).toEqual([]);
  });
});

test('a server may refuse the index of another format', async () => {
  expect(await nameOf({ 'db.xml.gz': refused, 'updatePlugins.xml': 'there' })).toBe('jetbrains');
});

test('the first fault is thrown if no index can be read', async () => {
  await expect(nameOf({ 'db.xml.gz': refused })).rejects.toBe(refused);
  const other = new UserError('remote', 'updatePlugins.xml was refused.');
  await expect(nameOf({ 'db.xml.gz': refused, 'updatePlugins.xml': other })).rejects.toBe(refused);
});

test('a fault of the machine ends the search', async () => {
  const fault = new UserError('machine', 'The disk cannot be read.');
  await expect(nameOf({ 'db.xml.gz': fault, 'updatePlugins.xml': 'there' })).rejects.toBe(fault);
});

test('a place may know what the user meant', async () => {
  const site = { ...siteWith({}), adviceIfEmpty: () => Promise.resolve('Write git+x.') };
  await expect(requireFormat(site, FORMATS, SOURCE, SILENT)).rejects.toMatchObject({ hint: 'Write git+x.' });
  const silent = { ...site, adviceIfEmpty: () => Promise.resolve(undefined) };
  await expect(requireFormat(silent, FORMATS, SOURCE, SILENT)).rejects.toMatchObject({
    hint: 'Check the address or path. It must be that of the folder with the index.',
  });
});

test('the notation of a place may show what the user meant', async () => {
  const source = { description: 'folder x', advice: 'Write folder y.' };
  await expect(requireFormat(siteWith({}), FORMATS, source, SILENT)).rejects.toMatchObject({
    hint: 'Write folder y.',
  });
  const site = { ...siteWith({}), adviceIfEmpty: () => Promise.resolve('Write git+x.') };
  await expect(requireFormat(site, FORMATS, source, SILENT)).rejects.toMatchObject({ hint: 'Write git+x.' });
});

test('a site without an index is refused', async () => {
  await expect(nameOf({})).rejects.toMatchObject({
    code: 'index',
    message: 'No site was found in folder x: it has no db.xml.gz or updatePlugins.xml.',
  });
});
