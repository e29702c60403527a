import { inNotationOf } from '../../src/report/option-notation.js';

test.each([
  ['Set "timeout" (--timeout).', 'Set "timeout".', 'Set "--timeout".'],
  ['"branch: a b" (--branch "a b") or "x" (--x)', '"branch: a b" or "x"', '"--branch "a b"" or "--x"'],
  ['Use "keep" (optional).', 'Use "keep" (optional).', 'Use "keep" (optional).'],
  ['no options', 'no options', 'no options'],
  ['"A b" (--c)', '"A b" (--c)', '"A b" (--c)'],
])('%j is %j in a workflow, and %j on the command line', (message, action, commandLine) => {
  expect(inNotationOf('action', message)).toBe(action);
  expect(inNotationOf('command-line', message)).toBe(commandLine);
});
