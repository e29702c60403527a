import { resolveDiff } from '../../src/settings/diff-settings.js';

const resolve = (given: readonly string[], raw: Readonly<Record<string, string | boolean>> = {}) =>
  resolveDiff(raw, given, {
    nameOf: (option) => `--${option}`,
    faults: [],
    loginFor: (origin) => ({ token: origin }),
  });
const stateOf = (notation: string) => resolve([notation, 'new.xml']).before;

test.each(['old.xml', 'old.xml.gz', 'folder', '.', '../site', 'C:\\sites\\old.xml'])(
  '%s is a path: an index or a folder',
  (path) => {
    expect(stateOf(path)).toEqual({
      kind: 'path',
      path,
      place: { site: { kind: 'folder', folder: path }, at: undefined },
    });
  },
);

test('a name with a colon may be that of an index', () => {
  expect(stateOf('old:new.xml')).toEqual({ kind: 'path', path: 'old:new.xml', place: undefined });
});

test.each([
  ['https://lab.org/db.xml.gz', 'https://lab.org/db.xml.gz'],
  ['HTTPS://lab.org/any.xml?version=2', 'https://lab.org/any.xml?version=2'],
])('%s is the address of an index', (notation, location) => {
  expect(stateOf(notation)).toEqual({ kind: 'index', location });
});

test.each([
  ['https://lab.org/site', { kind: 'web', url: 'https://lab.org/site/' }, undefined],
  ['file:old.xml', { kind: 'folder', folder: 'old.xml' }, undefined],
  ['file:old.zip', { kind: 'folder', folder: 'old.zip' }, undefined],
  ['zip:old.zip', { kind: 'backup', file: 'old.zip' }, undefined],
  [
    'git+https://lab.org/me/tool.git#pages:sub',
    { kind: 'git', remote: 'https://lab.org/me/tool.git', branch: 'pages', directory: 'sub' },
    'https://lab.org',
  ],
])('%s is a site', (notation, site, token) => {
  expect(stateOf(notation)).toEqual(
    expect.objectContaining({ kind: 'site', site, at: undefined, login: { token } }),
  );
});

test.each([
  [['old.xml', 'updatePlugins.xml'], {}, 'jetbrains'],
  [['https://lab.org/db.xml.gz?x=1', 'updatePlugins.xml'], {}, 'imagej'],
  [['old.xml', 'site'], {}, undefined],
  [['updatePlugins.xml', 'site'], { format: 'imagej' }, 'imagej'],
] as const)('the format of %j with %j is %s', (given, raw, format) => {
  expect(resolve(given, raw).format).toBe(format);
});

test.each([
  [[], {}, 'The command diff needs two states'],
  [['a', 'b', 'c'], {}, 'The command diff needs two states'],
  [['', 'b'], {}, 'it names no folder'],
  [['backup.zip', 'b'], {}, 'backup.zip: it is not an index'],
  [['backup.zip@1a2b3c4', 'b'], {}, 'backup.zip@1a2b3c4: it is not an index'],
  [['a', 'zip:'], {}, 'zip:: it names no file'],
  [['a', 'b'], { timeout: '0' }, '--timeout'],
  [['file:', 'b'], {}, 'it names no folder'],
  [['ftp://lab.org', 'b'], {}, 'places of this kind are unknown'],
  [['https://', 'b'], {}, 'it is not a full web address'],
  [['https://me:secret@lab.org/db.xml.gz', 'b'], {}, 'the URL contains a login'],
  [['https://lab.org/?x', 'b'], {}, 'the address contains "?" or "#"'],
  [['a', 'b'], { format: 'fiji' }, '--format: "fiji" is unknown'],
] as const)('%j with %j is wrong usage', (given, raw, message) => {
  expect(() => resolve(given, raw)).toThrow(message);
});

test('reads the moment of a state', () => {
  const site = { kind: 'folder', folder: 'old' };
  const whole = { kind: 'folder', folder: 'old@20260101000000' };
  expect(stateOf('old@20260101000000')).toEqual({
    kind: 'path',
    path: 'old@20260101000000',
    place: { site, at: '20260101000000', whole },
  });
  expect(stateOf('file:old@20260101000000')).toMatchObject({
    kind: 'site',
    site,
    at: '20260101000000',
    whole,
  });
  expect(stateOf('https://lab.org/db.xml.gz@20260101000000')).toEqual({
    kind: 'site',
    site: { kind: 'web', url: 'https://lab.org/' },
    at: '20260101000000',
    login: { token: undefined },
  });
  expect(stateOf('git+https://lab.org/me/tool.git#pages@1a2b3c4')).toMatchObject({
    site: { kind: 'git', remote: 'https://lab.org/me/tool.git', branch: 'pages' },
    at: '1a2b3c4',
    login: { token: 'https://lab.org' },
  });
});

test('reads what to do with the states', () => {
  expect(resolve(['old.xml', 'zip:new.zip'], { 'exit-code': true, timeout: '5' })).toEqual({
    format: undefined,
    before: {
      kind: 'path',
      path: 'old.xml',
      place: { site: { kind: 'folder', folder: 'old.xml' }, at: undefined },
    },
    after: {
      kind: 'site',
      site: { kind: 'backup', file: 'new.zip' },
      at: undefined,
      login: { token: undefined },
    },
    timeoutMs: 5000,
    hasExitCode: true,
  });
  expect(resolve(['a', 'b'])).toMatchObject({ timeoutMs: 600_000, hasExitCode: false });
});
