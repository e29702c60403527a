import { reading, resolvedPlace } from '../../../src/entry/commands/places.js';
import { makeFolder, writeFiles } from '../../support/folders.js';

const site = { kind: 'folder', folder: 'site' } as const;
const whole = { kind: 'folder', folder: 'site@20260101000000' } as const;
const place = { site, at: '20260101000000', whole };

test('a folder with the whole name is meant if it exists', async () => {
  const cwd = makeFolder();
  writeFiles(cwd, { 'site/x': 'x' });
  expect(await resolvedPlace(place, cwd)).toEqual({ site, at: '20260101000000' });
  writeFiles(cwd, { 'site@20260101000000/x': 'x' });
  expect(await resolvedPlace(place, cwd)).toEqual({ site: whole, at: undefined });
  expect(await resolvedPlace({ site, at: '20260101000000' }, cwd)).toEqual({ site, at: '20260101000000' });
});

test('a file with the whole name is not a site', async () => {
  const cwd = makeFolder();
  writeFiles(cwd, { 'site@20260101000000': 'x' });
  expect(await resolvedPlace(place, cwd)).toEqual({ site, at: '20260101000000' });
});

test.each([
  ['site@20260101000000', 'Only list, diff and export read an earlier state: as PLACE@T, or with --at T.'],
  ['site', undefined],
])('a place may come with advice: %s', async (folder, advice) => {
  const settings = {
    site: { kind: 'folder', folder },
    timeoutMs: 1000,
    login: { token: undefined },
  } as const;
  const world = { cwd: makeFolder(), env: {}, log: { info: () => undefined, detail: () => undefined } };
  expect(await reading(settings, world, (source) => Promise.resolve(source.advice))).toBe(advice);
});
