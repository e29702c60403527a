import { readAuthor, readTimeout, readTimestamp } from '../../src/settings/values.js';
import { readOptions } from '../support/read-options.js';

const BOT = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

describe('the timestamp', () => {
  const read = (timestamp?: string) => readOptions({ ...(timestamp && { timestamp }) }, readTimestamp);

  it('is a date in UTC, or not given', () => {
    expect(read('20261120093212')).toEqual({ value: 20261120093212, faults: [] });
    expect(read()).toEqual({ value: undefined, faults: [] });
  });

  it.each(['2026-11-20', '20261320093212', '202611200932', 'now'])('cannot be %s', (text) => {
    expect(read(text)).toEqual({
      value: undefined,
      faults: [
        `--timestamp: "${text}" is not a date of the form YYYYMMDDhhmmss. Write YYYYMMDDhhmmss in UTC, for example 20261120093212.`,
      ],
    });
  });
});

describe('the author of commits', () => {
  const read = (author?: string) => readOptions({ ...(author && { 'commit-author': author }) }, readAuthor);

  it('is GitHub’s account for workflows by default', () => {
    expect(read()).toEqual({ value: BOT, faults: [] });
  });

  it.each([
    ['Jane Doe <jane@example.org>', 'Jane Doe', 'jane@example.org'],
    ['Jane   <jane@example.org>', 'Jane', 'jane@example.org'],
    ['J<j@example.org>', 'J', 'j@example.org'],
    ['dependabot[bot] <1+bot@users.noreply.github.com>', 'dependabot[bot]', '1+bot@users.noreply.github.com'],
  ])('may be %s', (text, name, email) => {
    expect(read(text)).toEqual({ value: { name, email }, faults: [] });
  });

  it.each([
    'Jane',
    '<jane@example.org>',
    'Jane jane@example.org',
    'Jane <>',
    'Jane <jane doe>',
    'Jane <jane@example.org> and more',
    'Jane <a@example.org> <b@example.org>',
    'Jane <<jane@example.org>>',
    'Jane\nDoe <jane@example.org>',
    'Jane\n<jane@example.org>x',
  ])('cannot be %j', (text) => {
    expect(read(text)).toEqual({
      value: BOT,
      faults: [`--commit-author: "${text}" is not an author. Write 'Jane Doe <jane@example.org>'.`],
    });
  });
});

describe('the timeout', () => {
  const read = (timeout?: string) => readOptions({ ...(timeout && { timeout }) }, readTimeout);

  it.each([
    [undefined, 600],
    ['30', 30],
    ['0.25', 0.25],
    ['90.125', 90.125],
    ['21600', 21_600],
  ])('%s means %d seconds', (text, seconds) => {
    expect(read(text)).toEqual({ value: seconds, faults: [] });
  });

  it.each(['0', '0.0', '21601', '21600.1', '0000030', '1e3', '-5', '5s', 'x5', '5.', '.5', '1.5.5', '1x5'])(
    'cannot be %s',
    (text) => {
      expect(read(text)).toEqual({
        value: 600,
        faults: [
          `--timeout: "${text}" is not a valid number of seconds. Write a number above 0, at most 21600.`,
        ],
      });
    },
  );
});
