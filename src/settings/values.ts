import type { OptionReader } from '../model/option.js';
import { parseTimestamp, type Timestamp } from '../model/timestamp.js';

/** GitHub's account for the actions of workflows. */
const DEFAULT_AUTHOR = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};
const DEFAULT_TIMEOUT_SECONDS = 600;
const MAX_TIMEOUT_SECONDS = 6 * 60 * 60;

/** Reads the timestamp of the publication, in UTC. */
export function readTimestamp(options: OptionReader<'timestamp'>): Timestamp | undefined {
  const text = options.text('timestamp');
  if (text === undefined) return undefined;
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined)
    options.fault(
      'timestamp',
      `"${text}" is not a date of the form YYYYMMDDhhmmss`,
      'Write YYYYMMDDhhmmss in UTC, for example 20261120093212.',
    );
  return timestamp;
}

/** Reads the author of commits: `Name <mail>`. */
export function readAuthor(options: OptionReader<'commit-author'>): { name: string; email: string } {
  const text = options.text('commit-author');
  if (text === undefined) return DEFAULT_AUTHOR;
  const match = /^([^<>\n]*[^<>\s])\s*<([^<>\s]+)>$/.exec(text);
  if (match) return { name: match[1] as string, email: match[2] as string };
  options.fault('commit-author', `"${text}" is not an author`, "Write 'Jane Doe <jane@example.org>'.");
  return DEFAULT_AUTHOR;
}

/** Reads the timeout of each git or network operation, in seconds. */
export function readTimeout(options: OptionReader<'timeout'>): number {
  const text = options.text('timeout');
  if (text === undefined) return DEFAULT_TIMEOUT_SECONDS;
  const seconds = /^\d{1,6}(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return seconds;
  options.fault(
    'timeout',
    `"${text}" is not a valid number of seconds`,
    `Write a number above 0, at most ${MAX_TIMEOUT_SECONDS}.`,
  );
  return DEFAULT_TIMEOUT_SECONDS;
}
