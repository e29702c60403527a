import {
  describeLocation,
  mayBePath,
  NOTATIONS,
  originOf,
  parsePlace,
  readLocation,
} from '../../src/stores/locations.js';
import type { OptionReader } from '../../src/model/option.js';
import type { PlaceOption } from '../../src/stores/generated/places.js';

/** Parses a notation, and returns the place and the faults. */
function parsed(notation: string) {
  const faults: string[] = [];
  const location = parsePlace(notation, (what) => faults.push(what));
  return { location, faults };
}

const web = (url: string) => ({ kind: 'web', url });
const folder = (name: string) => ({ kind: 'folder', folder: name });
const git = (remote: string, branch = 'gh-pages', directory = '') => ({
  kind: 'git',
  remote,
  branch,
  directory,
});

test.each([
  ['https://lab.org/site', web('https://lab.org/site/')],
  ['HTTPS://Lab.org:443/site///', web('https://lab.org/site/')],
  ['https://lab.org/site/db.xml.gz', web('https://lab.org/site/')],
  ['http://lab.org/updatePlugins.xml', web('http://lab.org/')],
  ['public', folder('public')],
  ['C:\\site', folder('C:\\site')],
  ['file:public', folder('public')],
  ['FILE:///srv/site', folder('/srv/site')],
  ['git+https://x.org/r.git', git('https://x.org/r.git')],
  ['git+https://x.org/r.git#pages', git('https://x.org/r.git', 'pages')],
  ['git+https://x.org/r.git#:sub/', git('https://x.org/r.git', 'gh-pages', 'sub')],
  ['git+https://x.org/r.git#refs/heads/pages:.', git('https://x.org/r.git', 'pages')],
  ['zip:a.zip', { kind: 'backup', file: 'a.zip' }],
])('%s is read as %j', (notation, location) => {
  expect(parsed(notation)).toEqual({ location, faults: [] });
});

test.each([
  ['https://', 'it is not a full web address'],
  ['https://jo@lab.org/', 'the address contains a login'],
  ['https://:secret@lab.org/', 'the address contains a login'],
  ['https://lab.org/?a', 'the address contains "?" or "#"'],
  ['https://lab.org/#a', 'the address contains "?" or "#"'],
  ['file:', 'it names no folder'],
  ['file:a\ufffdb', 'its name is not UTF-8'],
  ['git+', '"" is not the address of a repository'],
  ['git+-x', '"-x" is not the address of a repository'],
  ['git+ext::x', '"ext::x" is not the address of a repository'],
  ['git+https://jo:secret@x.org/r', 'it contains a password'],
  ['git+https://jo:a/b@x.org/r', 'it contains a password'],
  ['git+r#HEAD', '"HEAD" is not a branch: it means the branch that is checked out'],
  ['git+r#a..b', '"a..b" is not a valid branch name'],
  ['git+r#pages:../up', '"../up" cannot be a folder of the branch: it has a ".." part'],
  ['git+r#pages:.git', '".git" cannot be a folder of the branch: git reserves the name ".git"'],
])('%s is refused: %s', (notation, fault) => {
  expect(parsed(notation).faults).toEqual([fault]);
});

test('a notation of another kind is refused with the known ones', () => {
  const hints: string[] = [];
  expect(parsePlace('sftp://x.org/site', (what, hint) => hints.push(what, hint))).toBeUndefined();
  expect(hints).toEqual(['places of this kind are unknown', `Write ${NOTATIONS}.`]);
});

test.each([
  ...['old.xml', '.', 'C:\\sites', 'a:b', 'zipped', 'git', 'site@1a2b3c4', ''].map(
    (text) => [text, true] as const,
  ),
  ...['https:', 'HTTP://x', 'ftp://x', 'git+x', 'GIT+https://x', 'file:a', 'File:a', 'zip:a', 'ZIP:'].map(
    (text) => [text, false] as const,
  ),
])('%j may be the path of a file: %j', (text, isPossible) => {
  expect(mayBePath(text)).toBe(isPossible);
});

test.each([
  ['https://lab.org/site', 'https://lab.org/site/', undefined],
  ['public', 'folder public', undefined],
  ['git+https://jo@x.org:8443/r.git', 'branch gh-pages of https://x.org:8443/r.git', 'https://x.org:8443'],
  ['git+git@x.org:r.git#pages:sub', 'sub on branch pages of git@x.org:r.git', undefined],
])('%s is described, and has the origin of its login', (notation, description, origin) => {
  const { location } = parsed(notation);
  expect(location && [describeLocation(location), originOf(location)]).toEqual([description, origin]);
});

describe('the place that options name', () => {
  function read(
    values: Readonly<Record<string, string>>,
    defaultRemote?: string,
    faulty: readonly string[] = [],
  ) {
    const faults: (string | undefined)[][] = [];
    const options = {
      text: (name: PlaceOption) => values[name],
      fault: (...fault: (string | undefined)[]) => faults.push(fault),
      nameOf: (name: string) => `--${name}`,
    } as Partial<OptionReader<PlaceOption>> as OptionReader<PlaceOption>;
    return { location: readLocation(options, defaultRemote, faulty), faults };
  }

  test('is the folder, the repository, or the default repository', () => {
    expect(read({ 'site-dir': 'public', remote: 'r' }).location).toEqual(folder('public'));
    expect(read({ remote: 'r', branch: 'pages', directory: 'sub' }).location).toEqual(
      git('r', 'pages', 'sub'),
    );
    expect(read({}, 'origin').location).toEqual(git('origin'));
  });

  test('is missing without any of them, unless a faulty option would name it', () => {
    expect(read({})).toEqual({
      location: undefined,
      faults: [[undefined, 'No site was given', 'Use --remote URL, or --site-dir DIR for a plain folder.']],
    });
    expect(read({}, undefined, ['remote']).faults).toEqual([]);
    expect(read({}, undefined, ['sample']).faults).toHaveLength(1);
  });

  test('has all faults of its options', () => {
    const { location, faults } = read({ remote: '', branch: 'HEAD', directory: '..' });
    expect(location).toBeDefined();
    expect(faults.map(([name]) => name)).toEqual(['branch', 'directory', 'remote']);
    expect(read({ 'site-dir': '' }).faults.map(([name]) => name)).toEqual(['site-dir']);
  });
});
