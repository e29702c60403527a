import { changedFiles } from '../../src/model/changed-file.js';
import { firstProblems } from '../../src/model/first-problems.js';
import { emptyOutcome } from '../../src/model/outcome.js';
import { errorsFirst, hasErrors, type Problem } from '../../src/model/problem.js';
import { messageOf, problemsOf, UserError } from '../../src/model/user-error.js';

function problem(at: number, severity: Problem['severity'] = 'warning'): Problem {
  return { severity, code: 'missing-dependency', path: `${at}`, message: `message ${at}`, hint: 'hint' };
}

describe('many problems of one kind', () => {
  const list = (length: number) => Array.from({ length }, (_, at) => problem(at));

  it('are all listed up to a limit', () => {
    expect(firstProblems(list(100))).toEqual(list(100));
    expect(firstProblems([])).toEqual([]);
  });

  it('end with the number of the others beyond it', () => {
    const first = firstProblems(list(101));
    expect(first).toHaveLength(100);
    expect(first.slice(0, 99)).toEqual(list(99));
    expect(first[99]).toEqual({
      severity: 'warning',
      code: 'missing-dependency',
      path: '99',
      message: 'There are 2 more problems of this kind ("missing-dependency").',
      hint: 'Fix the listed ones first.',
    });
  });

  it('count as an error if one of the others is', () => {
    expect(firstProblems([...list(150), problem(150, 'error')])[99]).toMatchObject({
      severity: 'error',
      path: '150',
    });
  });
});

describe('files that changed during a publication', () => {
  it('are reported as one error if there is one', () => {
    expect(changedFiles(['a.jar'])).toMatchObject({
      code: 'artifact',
      message: 'a.jar has changed while it was being published.',
      hint: 'Nothing was published. Run again when no other program writes to the file.',
      problems: [],
    });
  });

  it('are all listed if there are several', () => {
    const error = changedFiles(['a.jar', 'b.jar']);
    expect(error).toMatchObject({
      code: 'artifact',
      message: '2 files have changed while they were being published.',
    });
    expect(error.problems).toEqual(
      ['a.jar', 'b.jar'].map((path) => ({
        severity: 'error',
        code: 'artifact',
        path,
        message: `${path} has changed while it was being published.`,
        hint: 'Nothing was published. Run again when no other program writes to the file.',
      })),
    );
  });
});

describe('an error for users', () => {
  it('is a problem itself if it does not list any', () => {
    expect(problemsOf(new UserError('index', 'What?', { hint: 'Do this.' }))).toEqual([
      { severity: 'error', code: 'index', message: 'What?', hint: 'Do this.' },
    ]);
    expect(problemsOf(new UserError('index', 'What?'))).toEqual([
      { severity: 'error', code: 'index', message: 'What?' },
    ]);
  });

  it('stands for the problems that it lists', () => {
    const problems = [problem(1), problem(2)];
    expect(problemsOf(new UserError('refused', 'Two.', { problems }))).toBe(problems);
  });

  it('keeps its cause, and states whether something may have been published', () => {
    const cause = new Error('inner');
    const error = new UserError('remote', 'outer', { cause, isUncertain: true });
    expect(error).toMatchObject({ name: 'UserError', cause, isUncertain: true, hint: undefined });
    expect(new UserError('remote', 'outer')).toMatchObject({ isUncertain: false, problems: [] });
    expect('cause' in new UserError('remote', 'outer')).toBe(false);
  });

  it('has the message of any thrown value', () => {
    expect(messageOf(new Error('a'))).toBe('a');
    expect(messageOf('b')).toBe('b');
    expect(messageOf(undefined)).toBe('undefined');
  });
});

test('errors come before warnings, in their order', () => {
  const [a, b, c] = [problem(1), problem(2, 'error'), problem(3, 'error')];
  expect(errorsFirst([a, b, c])).toEqual([b, c, a]);
  expect(hasErrors([a, c])).toBe(true);
  expect(hasErrors([a])).toBe(false);
  expect(hasErrors([])).toBe(false);
});

test('an outcome begins with nothing done', () => {
  expect(emptyOutcome('imagej', 'preview', 'folder site')).toMatchObject({
    format: 'imagej',
    kind: 'preview',
    site: 'folder site',
    changed: false,
    changes: [],
    unchanged: 0,
    skipped: [],
    problems: [],
    publishedFiles: [],
    publishedBytes: 0,
  });
});
