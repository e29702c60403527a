import type { UserError } from '../../src/model/user-error.js';
import type { FormatName } from '../../src/model/format-name.js';
import type { GivenOptions } from '../../src/settings/command-context.js';
import { resolveExport } from '../../src/settings/export-settings.js';
import { resolveImport } from '../../src/settings/import-settings.js';
import { resolveList } from '../../src/settings/list-settings.js';
import { checkOptionRules } from '../../src/settings/option-rules.js';
import type { RawOptions } from '../../src/settings/options.js';
import { resolveHistory, resolveRollback } from '../../src/settings/rollback-settings.js';
import { resolveVerification } from '../../src/settings/verify-settings.js';
import { readOptions } from '../support/read-options.js';

function faultsOf(raw: RawOptions, format: FormatName = 'imagej'): readonly string[] {
  return readOptions(raw, (options) => {
    checkOptionRules(raw, format, options);
  }).faults;
}

describe('options that exclude each other', () => {
  it.each<[RawOptions, string]>([
    [{ remote: 'r', 'site-dir': 'd' }, '--remote: it cannot be used together with --site-dir.'],
    [{ branch: 'b', 'site-dir': 'd' }, '--branch: it cannot be used together with --site-dir.'],
    [{ repository: 'a/b', remote: 'r' }, '--repository: it cannot be used together with --remote.'],
  ])('%j is reported once', (raw, message) => {
    expect(faultsOf(raw)).toEqual([`${message} Use only one of them.`]);
  });

  it.each<[RawOptions, string]>([
    [{ empty: true, files: ['a.jar'] }, '--files'],
    [{ empty: 'true', 'app-dir': 'Fiji.app' }, '--app-dir'],
    [{ empty: true, remove: ['a.jar'] }, '--remove'],
    [{ empty: true, 'complete-site': 'true' }, '--complete-site'],
  ])('%j is reported with the reason', (raw, other) => {
    expect(faultsOf(raw)).toEqual([
      `--empty: it cannot be used together with ${other}. The first publication of files sets up the site by itself: use only one of them.`,
    ]);
  });

  it('are accepted if one of them has no effect, as the defaults of inputs', () => {
    expect(faultsOf({ empty: 'false', files: ['a.jar'] })).toEqual([]);
    expect(faultsOf({ empty: 'true', 'complete-site': 'false' })).toEqual([]);
  });

  it('are accepted if one of them is empty, as in inputs of workflows', () => {
    expect(faultsOf({ remote: 'r', branch: 'b', directory: 'd', 'site-dir': ' ' })).toEqual([]);
    expect(faultsOf({ remote: '', 'site-dir': 'd' })).toEqual([]);
  });
});

describe('each command refuses options that exclude each other', () => {
  const context = {
    nameOf: (name: string) => `--${name}`,
    defaultRemote: undefined,
    faults: [],
    loginFor: () => ({ token: undefined }),
  };
  const COMMANDS = {
    list: (raw: GivenOptions) => resolveList(raw, [], context),
    verify: (raw: GivenOptions) => resolveVerification(raw, [], context),
    history: (raw: GivenOptions) => resolveHistory(raw, [], context),
    export: (raw: GivenOptions) => resolveExport(raw, ['a.zip'], context),
    rollback: (raw: GivenOptions) => resolveRollback({ last: true, ...raw }, [], context),
    import: (raw: GivenOptions) => resolveImport(raw, ['old'], context),
  };
  const TWICE = { remote: 'r', 'site-dir': 'd' };
  const SITE = { 'site-dir': 'd' };

  it.each<[keyof typeof COMMANDS, GivenOptions, string, string?]>([
    ['list', TWICE, '--remote: it cannot be used together with --site-dir.'],
    ['verify', TWICE, '--remote: it cannot be used together with --site-dir.'],
    ['history', TWICE, '--remote: it cannot be used together with --site-dir.'],
    ['export', TWICE, '--remote: it cannot be used together with --site-dir.'],
    ['rollback', TWICE, '--remote: it cannot be used together with --site-dir.'],
    ['import', TWICE, '--remote: it cannot be used together with --site-dir.'],
    [
      'rollback',
      { remote: 'https://lab.org/a.git', repository: 'a/b' },
      '--repository: it cannot be used together with --remote.',
    ],
    [
      'list',
      { ...SITE, file: 'a.jar', obsolete: true },
      '--file: it cannot be used together with --obsolete.',
      'Use only one of them: a file is shown even if it is obsolete.',
    ],
    [
      'verify',
      { ...SITE, history: true, 'current-only': 'true' },
      '--history: it cannot be used together with --current-only.',
    ],
    ['rollback', { ...SITE, to: '1a2b3c4' }, '--to: it cannot be used together with --last.'],
  ])('%s %j', (command, raw, message, hint = 'Use only one of them.') => {
    expect(() => COMMANDS[command](raw)).toThrow(
      expect.objectContaining<Partial<UserError>>({ code: 'usage', message, hint }) as Error,
    );
  });

  it('unless one of them is switched off', () => {
    expect(COMMANDS.verify({ ...SITE, history: 'True', 'current-only': 'False' })).toMatchObject({
      settings: { imagej: { previous: 'content' } },
    });
  });
});

describe('options of another format', () => {
  it.each<[RawOptions, FormatName, string]>([
    [
      { channel: 'eap' },
      'imagej',
      '--channel: it is for the format jetbrains. Remove it: the format of this site is imagej.',
    ],
    [
      { upstream: ['none', 'A=a'] },
      'jetbrains',
      '--upstream: it is for the format imagej. Remove it: the format of this site is jetbrains.',
    ],
    [
      { 'with-dependencies': true },
      'jetbrains',
      '--with-dependencies: it is for the format imagej. Remove it: the format of this site is jetbrains.',
    ],
    [
      { 'maven-repository': 'false' },
      'jetbrains',
      '--maven-repository: it is for the format imagej. Remove it: the format of this site is jetbrains.',
    ],
  ])('%j is refused for %s', (raw, format, fault) => {
    expect(faultsOf(raw, format)).toEqual([fault]);
  });

  it.each<RawOptions>([
    { 'on-shadow': 'error' },
    { upstream: ['none'] },
    { dependencies: 'none' },
    { 'complete-site': false },
    { 'with-dependencies': 'false' },
    { 'app-dir': ' ' },
  ])('%j is accepted for every format, because it has no effect', (raw) => {
    expect(faultsOf(raw, 'jetbrains')).toEqual([]);
  });

  it('are accepted for their own format', () => {
    expect(faultsOf({ channel: 'eap', keep: '3' }, 'jetbrains')).toEqual([]);
    expect(faultsOf({ upstream: ['A=a'], 'app-dir': 'Fiji.app', files: ['a.jar'] })).toEqual([]);
  });
});
