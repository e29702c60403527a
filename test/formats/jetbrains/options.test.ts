import { readOptions } from '../../../src/formats/jetbrains/options.js';
import type { OptionReader } from '../../../src/model/option.js';

/** Reads options with these values. Records the numbers that are asked for, and the faults. */
function read(given: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const reader: Partial<OptionReader> = {
    text: (name) => given[name],
    number: (name, min, max) => {
      asked.push(`${name} ${min} to ${max}`);
      return given[name] === undefined ? undefined : Number(given[name]);
    },
    fault: (...fault) => asked.push(fault.join(': ')),
  };
  return { options: readOptions(reader as OptionReader), asked };
}

const NUMBERS = ['keep 1 to 10000', 'newest-branch 130 to 999'];

test('without options, the site stores all versions', () => {
  expect(read({})).toEqual({
    options: { archiveUrl: undefined, keep: undefined, newestBranch: undefined },
    asked: NUMBERS,
  });
});

test('all options are read', () => {
  const archiveUrl = 'https://e.org/{file}';
  expect(read({ 'archive-url': archiveUrl, keep: '3', 'newest-branch': '262' })).toEqual({
    options: { archiveUrl, keep: 3, newestBranch: 262 },
    asked: NUMBERS,
  });
});

test('the fault of an address is reported with an example', () => {
  expect(read({ 'archive-url': 'https://e.org/{id}.zip' }).asked).toEqual([
    'archive-url: all versions would have the same address: Write the address with {id}, {version} and {file}, for example https://github.com/me/tool/releases/download/v{release}/{file}.',
    ...NUMBERS,
  ]);
});
