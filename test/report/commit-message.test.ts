import type { Change } from '../../src/model/change.js';
import { commitMessage } from '../../src/report/commit-message.js';

describe('commit messages', () => {
  const change = (kind: Change['kind'], path: string, previousPath?: string): Change => ({
    kind,
    path,
    reason: '',
    ...(previousPath === undefined ? {} : { previousPath }),
  });

  test('name the file of a single change', () => {
    expect(commitMessage([change('update', 'plugins/My_Tool-1.1.jar', 'plugins/My_Tool-1.0.jar')])).toBe(
      'Update My_Tool-1.1.jar\n\n- Update plugins/My_Tool-1.0.jar -> plugins/My_Tool-1.1.jar\n',
    );
  });

  test.each<[Change['kind'], string]>([
    ['add', 'Add'],
    ['update', 'Update'],
    ['rename', 'Rename'],
    ['metadata', 'Update metadata of'],
    ['revive', 'Restore'],
    ['remove', 'Remove'],
  ])('have a verb for the kind %s: %s', (kind, verb) => {
    expect(commitMessage([change(kind, 'jars/a.jar')])).toBe(`${verb} a.jar\n\n- ${verb} jars/a.jar\n`);
  });

  test('count the files of all kinds, in the same order', () => {
    const kinds = ['remove', 'revive', 'metadata', 'rename', 'update', 'add', 'add'] as const;
    const changes = kinds.map((kind) => change(kind, 'a'));
    expect(commitMessage(changes, ['b'], ['eap']).split('\n')).toEqual([
      'Add 2 files, update 1 file, rename 1 file, update metadata of 1 file, restore 1 file, remove 1 file',
      '',
      '- Remove a',
      '- Restore a',
      '- Update metadata of a',
      '- Rename a',
      '- Update a',
      '- Add a',
      '- Add a',
      '- Store again b',
      '- Bring up to date: channel eap',
      '',
    ]);
  });

  test('count and list several files', () => {
    expect(commitMessage([change('remove', 'a'), change('add', 'b'), change('add', 'c')])).toBe(
      'Add 2 files, remove 1 file\n\n- Remove a\n- Add b\n- Add c\n',
    );
  });

  test('list files that are stored again, and count them if nothing else changes', () => {
    expect(commitMessage([], ['macros/A.ijm-20260101000000'])).toBe(
      'Store A.ijm-20260101000000 again\n\n- Store again macros/A.ijm-20260101000000\n',
    );
    expect(commitMessage([], ['a', 'b'])).toBe(
      'Store 2 missing files again\n\n- Store again a\n- Store again b\n',
    );
    expect(commitMessage([change('add', 'b')], ['a'])).toBe('Add b\n\n- Add b\n- Store again a\n');
    expect(commitMessage([], ['x'.repeat(100)]).split('\n')[0]).toBe('Store 1 missing file again');
  });

  test('have a first line of up to 72 characters that names a file', () => {
    const subject = (...args: Parameters<typeof commitMessage>) => commitMessage(...args).split('\n')[0];
    const name = (length: number) => 'x'.repeat(length);
    expect(subject([change('add', name(68))])).toBe(`Add ${name(68)}`);
    expect(subject([change('add', name(69))])).toBe('Add 1 file');
    expect(subject([], [`a/${name(60)}`])).toBe(`Store ${name(60)} again`);
    expect(subject([], [`a/${name(61)}`])).toBe('Store 1 missing file again');
    expect(subject([], ['a'], ['eap'])).toBe('Store a again');
    expect(subject([], [], ['eap', 'nightly'])).toBe('Bring 2 channels up to date');
  });

  test('list up to 500 files', () => {
    const lines = (number: number) =>
      commitMessage(Array.from({ length: number }, (_, at) => change('add', `f${at}`)))
        .split('\n')
        .slice(-3);
    expect(lines(500)).toEqual(['- Add f498', '- Add f499', '']);
    expect(lines(501)).toEqual(['- Add f499', '- … and 1 more file', '']);
  });

  test('stay within the limits', () => {
    expect(commitMessage([change('add', `macros/${'x'.repeat(100)}.ijm`)]).split('\n')[0]).toBe('Add 1 file');
    const many = commitMessage(Array.from({ length: 1200 }, (_, at) => change('add', `f${at}`)));
    expect(many.split('\n')).toHaveLength(504);
    expect(many).toContain('- … and 700 more files');
  });
});
