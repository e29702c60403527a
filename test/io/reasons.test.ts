import { codeOf, reasonOf } from '../../src/io/reasons.js';

const failure = (code: string) => Object.assign(new Error(`${code}: a system error`), { code });

describe('the reason of a failed system call', () => {
  it.each([
    ['ENOENT', 'it does not exist'],
    ['EACCES', 'access is denied'],
    ['EPERM', 'access is denied'],
    ['ENOTDIR', 'a part of the path is a file'],
    ['EISDIR', 'it is a folder'],
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the disk is read-only'],
    ['EMFILE', 'too many files are open'],
    ['ENFILE', 'too many files are open'],
    ['EXDEV', 'EXDEV: a system error'],
  ])('is in plain words for usual codes: %s', (code, reason) => {
    expect(reasonOf(failure(code))).toBe(reason);
    expect(codeOf(failure(code))).toBe(code);
  });

  it.each([[new Error('x')], [undefined]])('has no code for other errors: %s', (error) => {
    expect(codeOf(error)).toBeUndefined();
  });
});
