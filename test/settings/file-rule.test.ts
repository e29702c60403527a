import { readFileRule } from '../../src/settings/file-rule.js';
import { readOptions } from '../support/read-options.js';

const read = (line: string) => readOptions<'files', unknown>({}, (options) => readFileRule(options, line));

describe('a line of "files"', () => {
  it.each([
    ['a/*.jar', { pattern: 'a/*.jar', destination: undefined }],
    ['a/*.jar => jars/', { pattern: 'a/*.jar', destination: { folder: 'jars' } }],
    ['a/*.jar => a/b/', { pattern: 'a/*.jar', destination: { folder: 'a/b' } }],
    ['a.jar=>jars/b.jar', { pattern: 'a.jar', destination: { path: 'jars/b.jar' } }],
    ['  x y.ijm  =>  macros/z w.ijm ', { pattern: 'x y.ijm', destination: { path: 'macros/z w.ijm' } }],
    ['a->b.txt', { pattern: 'a->b.txt', destination: undefined }],
    ['a>b.txt', { pattern: 'a>b.txt', destination: undefined }],
    ['a-->b.txt', { pattern: 'a-->b.txt', destination: undefined }],
    ['a→b.txt', { pattern: 'a→b.txt', destination: undefined }],
    ['dir/a - b.txt', { pattern: 'dir/a - b.txt', destination: undefined }],
    ['x.txt => macros/a->b.txt', { pattern: 'x.txt', destination: { path: 'macros/a->b.txt' } }],
  ])('is read: %s', (line, rule) => {
    expect(read(line)).toEqual({ value: [rule], faults: [] });
  });

  it.each([
    ['target/*.jar -> plugins/', 'target/*.jar => plugins/'],
    ['target/*.jar->plugins/', 'target/*.jar => plugins/'],
    ['target/*.jar --> plugins/', 'target/*.jar => plugins/'],
    ['target/*.jar -->', 'target/*.jar => '],
    ['target/*.jar → jars/x.jar', 'target/*.jar => jars/x.jar'],
    ['target/*.jar→jars/', 'target/*.jar => jars/'],
    ['target/*.jar→ jars/x.jar', 'target/*.jar => jars/x.jar'],
    ['target/*.jar ⇒jars/x.jar', 'target/*.jar => jars/x.jar'],
    ['target/*.jar⇒jars/', 'target/*.jar => jars/'],
    ['a.ijm = > macros/', 'a.ijm => macros/'],
    ['target/*.jar > jars/', 'target/*.jar => jars/'],
    ['target/*.jar >', 'target/*.jar => '],
  ])('has a wrong arrow, which is corrected: %s', (line, correct) => {
    expect(read(line)).toEqual({
      value: [],
      faults: [`--files: "${line}" has a wrong arrow before the destination. Write "=>": "${correct}".`],
    });
  });

  it.each([
    [
      ' => x',
      '" => x" does not name any files',
      "Write 'GLOB => DEST', for example 'target/*.jar => jars/'.",
    ],
    ['a => b => c', '"a => b => c" has more than one "=>"', 'Write one rule per line: GLOB => DEST.'],
    ['a=>b=>c', '"a=>b=>c" has more than one "=>"', 'Write one rule per line: GLOB => DEST.'],
    [
      'a.jar =>',
      '"" is not a destination on the site: it is empty',
      'Write a path such as "plugins/" (a folder) or "jars/tool.jar" (a file).',
    ],
    [
      'a.jar => /',
      '"/" is not a destination on the site: it is absolute; paths are relative to the root of the site',
      'Write a path such as "plugins/" (a folder) or "jars/tool.jar" (a file).',
    ],
    [
      'a.jar => a//',
      '"a//" is not a destination on the site: it has an empty part',
      'Write a path such as "plugins/" (a folder) or "jars/tool.jar" (a file).',
    ],
  ])('is refused: %s', (line, what, hint) => {
    expect(read(line)).toEqual({ value: [], faults: [`--files: ${what}. ${hint}`] });
  });
});
