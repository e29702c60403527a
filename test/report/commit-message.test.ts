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

  test('stay within the limits', () => {
    expect(commitMessage([change('add', `macros/${'x'.repeat(100)}.ijm`)]).split('\n')[0]).toBe('Add 1 file');
    const many = commitMessage(Array.from({ length: 1200 }, (_, at) => change('add', `f${at}`)));
    expect(many.split('\n')).toHaveLength(504);
    expect(many).toContain('- … and 700 more files');
  });
});
