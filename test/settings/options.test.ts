import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { DESCRIPTIONS } from '../../src/formats/generated/descriptions.js';
import { FORMAT_NAMES } from '../../src/model/format-name.js';
import type { Option, OptionTable } from '../../src/model/option.js';
import { commandLineText, workflowText } from '../../src/settings/option-text.js';
import { formatsOf, PUBLISH_OPTION_NAMES, PUBLISH_OPTIONS } from '../../src/settings/options.js';
import { VERIFY_OPTIONS } from '../../src/settings/verify-options.js';
import { IMPORT_INPUTS, ROLLBACK_INPUTS } from '../../src/settings/writing-inputs.js';
import { PROJECT } from '../support/fixtures.js';

const NAMES: readonly string[] = PUBLISH_OPTION_NAMES;

describe('the table of options', () => {
  test.each(PUBLISH_OPTION_NAMES)('%s refers to options and values that exist', (name) => {
    const option = PUBLISH_OPTIONS[name];
    for (const other of [...(option.excludes ?? []), ...(option.needs ?? [])]) {
      expect(NAMES).toContain(other);
      expect(other).not.toBe(name);
    }
    for (const [, other, value] of option.help.matchAll(/\[\[([^\]=]*)(?:=([^\]]*))?\]\]/g)) {
      expect(NAMES).toContain(other);
      const words = PUBLISH_OPTIONS[other as keyof typeof PUBLISH_OPTIONS].words;
      if (value !== undefined && words !== undefined) expect(words).toContain(value);
    }
    expect(['flag', 'text', 'list']).toContain(option.kind);
    expect(['both', 'command line', 'action']).toContain(option.on);
    if (option.words) expect(option.words.length).toBeGreaterThan(1);
    for (const word of option.words ?? []) expect(option.help).toContain(`\`${word}\``);
    if (option.words && option.usual !== undefined) expect(option.words).toContain(option.usual);
    // A default is either a value or a text, and flags are off by default.
    expect(option.usual === undefined || option.otherwise === undefined).toBe(true);
    if (option.whyExcludes !== undefined) expect(option.excludes).toBeDefined();
    if (option.kind === 'flag') expect([undefined, 'false']).toContain(option.usual);
    if (option.on !== 'action') expect(option.placeholder === undefined).toBe(option.kind === 'flag');
  });

  test('lists the options of each format after the common ones', () => {
    expect(formatsOf('files')).toBeUndefined();
    for (const format of FORMAT_NAMES)
      for (const name of Object.keys(DESCRIPTIONS[format].options)) expect(formatsOf(name)).toContain(format);
    const firstOwn = PUBLISH_OPTION_NAMES.findIndex((name) => formatsOf(name) !== undefined);
    expect(PUBLISH_OPTION_NAMES.slice(firstOwn).every((name) => formatsOf(name) !== undefined)).toBe(true);
  });
});

describe.each<[string, OptionTable]>([
  ['verify', VERIFY_OPTIONS],
  ['rollback', ROLLBACK_INPUTS],
  ['import', IMPORT_INPUTS],
])('the options of %s', (action, table) => {
  test.each(Object.entries(table))('%s is described completely', (_, option) => {
    for (const word of option.words ?? []) expect(option.help).toContain(`\`${word}\``);
    expect(option.usual === undefined || option.otherwise === undefined).toBe(true);
    if (option.kind === 'flag') expect([undefined, 'false', 'true']).toContain(option.usual);
    if (option.on !== 'action') expect(option.placeholder === undefined).toBe(option.kind === 'flag');
  });

  test(`in ${action}/action.yml are those of the table, with the same defaults`, () => {
    const text = readFileSync(path.join(PROJECT, action, 'action.yml'), 'utf8');
    const { inputs } = parse(text) as { inputs: Record<string, { description: string; default?: string }> };
    for (const [name, option] of Object.entries(table)) {
      if (option.on === 'command line') continue;
      const { description, default: usual } = inputs[name] ?? {};
      expect([description, usual]).toEqual([workflowText(name, option), option.usual]);
    }
  });
});

describe('the documentation of options', () => {
  const read = (file: string) => readFileSync(path.join(PROJECT, file), 'utf8');

  test('in action.yml is that of the table, with the same defaults', () => {
    const { inputs } = parse(read('action.yml')) as { inputs: object };
    const expected = Object.entries(PUBLISH_OPTIONS)
      .filter(([, { on }]) => on !== 'command line')
      .map(([name, option]) => [
        name,
        {
          description: workflowText(name, option),
          ...(option.usual === undefined ? {} : { default: option.usual }),
        },
      ]);
    expect(inputs).toEqual(Object.fromEntries(expected));
    expect(Object.keys(inputs)).toEqual(expected.map(([name]) => name));
  });

  test.each(PUBLISH_OPTION_NAMES)('of the command line contains %s, unless it is for the action', (name) => {
    const option = PUBLISH_OPTIONS[name];
    const { placeholder = '' } = option;
    const entry = `--${name} ${placeholder && `${placeholder} `}${commandLineText(option)}`;
    const text = read('docs/command-line.md').replace(/\s+/g, ' ');
    expect(text.includes(entry)).toBe(option.on !== 'action');
  });
});

test('a text contains options, values and defaults in the notation of each front end', () => {
  const list: Option = {
    kind: 'list',
    help: 'Like [[on-shadow=force]] or `x`. See [[files]]',
    otherwise: '`a`',
    inAction: 'Only here',
    needs: ['archive-url'],
    on: 'both',
  };
  expect(commandLineText(list)).toBe(
    'Like --on-shadow force or x. See --files. Repeatable. Default: a. Only with --archive-url',
  );
  expect(workflowText('files', list)).toBe(
    'Like `on-shadow: force` or `x`. See `files`. Only here. One per line. Default: `a`. Only with `archive-url`',
  );
  const flag: Option = { kind: 'flag', help: 'Do it. Or not', usual: 'false', on: 'both' };
  expect(commandLineText(flag)).toBe('Do it. Or not');
  expect(workflowText('config', flag)).toBe('`imagej`: do it: `true` or `false`. Or not');
  const text: Option = { kind: 'text', help: 'How', usual: 'so', on: 'both' };
  expect(commandLineText(text)).toBe('How. Default: so');
  expect(workflowText('files', text)).toBe('How');
  expect(workflowText('channel', text)).toBe('`jetbrains`: how');
  expect(workflowText('files', { ...text, help: 'See [[a]] and [[b-c=d-e]]', needs: ['f', 'g'] })).toBe(
    'See `a` and `b-c: d-e`. Only with `f` and `g`',
  );
});
