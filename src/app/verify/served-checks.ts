import { judged, passed, skipped, type Check, type Finding } from '../../model/check.js';
import type { CheckName } from '../../model/check-names.js';
import { count } from '../../model/humanize.js';
import { isLoopback } from '../../model/loopback.js';
import type { VerificationRules } from '../../formats/verification.js';
import { UserError } from '../../model/user-error.js';
import type { Runtime } from '../ports/log.js';
import type { FollowedRedirect, ServedResponse, ServedSite } from '../ports/site-source.js';

/** The checks of the web server. */
export const SERVED_CHECKS = [
  'https',
  'redirects',
  'last-modified',
  'absent-files',
  'cache-headers',
] as const satisfies readonly CheckName[];

/** A name that no site has. */
const ABSENT = 'plugins/this-file-does-not-exist.jar-20000101000000';
/** Maximum time that the index may be cached, in seconds. GitHub Pages allows 10 minutes. */
const MAX_CACHED_SECONDS = 3600;
/** How far the clock of the server may be ahead, in milliseconds. */
const MAX_AHEAD_MS = 60 * 60 * 1000;
/** How close dates are that may be the same, in milliseconds. They state seconds. */
const SOON_MS = 2000;
/** No update site is older. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** The format of dates in HTTP (RFC 9110, section 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** What the clients of a format do. */
type ClientRules = Pick<VerificationRules<never>, 'asksForDate' | 'followsRedirect'>;

const NOT_ASKED = skipped(
  'last-modified',
  'Clients of this kind of site do not look at the date of the index.',
);
const NOT_SERVED = 'The site was not read from its web address.';

/** What a web server responds. */
interface Responses {
  readonly index: ServedResponse;
  /** A second response for the index. */
  readonly again: ServedResponse;
  readonly absent: ServedResponse;
}

/**
 * Checks the web server of a site with three requests.
 *
 * @param served `undefined` if the site was not read from a web address
 * @param redirects those on the way to payloads
 */
export async function servedChecks(
  served: ServedSite | undefined,
  index: string,
  redirects: readonly FollowedRedirect[],
  rules: ClientRules,
  { now: clock, sleep }: Pick<Runtime, 'now' | 'sleep'>,
): Promise<readonly Check[]> {
  if (!served) return SERVED_CHECKS.map((name) => skipped(name, NOT_SERVED));
  try {
    const first = await served.head(index);
    // Later, the date of the response has changed.
    if (rules.asksForDate && isDateOfResponse(first)) await sleep(SOON_MS);
    const responses: Responses = {
      index: first,
      again: await served.head(index),
      absent: await served.head(ABSENT),
    };
    const now = clock();
    return [
      checkHttps(served.url),
      checkRedirects([...responses.index.redirects, ...redirects], rules),
      rules.asksForDate ? checkLastModified(index, responses, now) : NOT_ASKED,
      checkAbsent(responses.absent),
      checkCache(index, responses.index, now),
    ];
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'remote') throw error;
    return unanswered(served.url, error.message, redirects, rules);
  }
}

/** The checks of a server that has sent the index, but does not respond any more. */
function unanswered(
  url: string,
  fault: string,
  redirects: readonly FollowedRedirect[],
  rules: ClientRules,
): readonly Check[] {
  const reason = `The server does not respond to requests for headers: ${fault}`;
  return [
    checkHttps(url),
    checkRedirects(redirects, rules),
    rules.asksForDate ? { name: 'last-modified', status: 'failed', reason, findings: [] } : NOT_ASKED,
    skipped('absent-files', reason),
    skipped('cache-headers', reason),
  ];
}

function checkHttps(url: string): Check {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return passed('https');
  if (isLoopback(hostname)) return skipped('https', 'The address is that of this machine.');
  return judged(
    'https',
    [{ path: url, message: 'it begins with http://' }],
    () => 'The address is not https.',
  );
}

function checkRedirects(redirects: readonly FollowedRedirect[], rules: ClientRules): Check {
  const findings = new Map<string, Finding>();
  for (const { status, from, to } of redirects) {
    if (rules.followsRedirect(status, new URL(from), new URL(to))) continue;
    findings.set(from, {
      path: from,
      message: `it redirects to ${to} (${status}), and clients do not follow`,
    });
  }
  return judged(
    'redirects',
    [...findings.values()],
    (addresses) =>
      `${count(addresses, 'address redirects', 'addresses redirect')} where clients do not follow.`,
  );
}

function checkLastModified(index: string, { index: first, again }: Responses, now: Date): Check {
  const text = first.headers['last-modified'];
  const message =
    faultOfHead(first) ?? faultOfDate(text, now) ?? faultOfRepeat(text, again.headers['last-modified']);
  return judged(
    'last-modified',
    message === undefined ? [] : [{ path: index, message }],
    () => 'Clients cannot tell when the index was changed.',
  );
}

/** Clients send HEAD, and nothing else if the server does not support it. */
function faultOfHead({ method, status }: ServedResponse): string | undefined {
  if (method === 'GET') return 'the server does not support HEAD, which clients send at their start';
  return status === 200 ? undefined : `the server responds to HEAD with ${status}`;
}

/** Whether the server may send its clock as the date of the index. A file that was just published has this date too. */
function isDateOfResponse({ headers }: ServedResponse): boolean {
  const [modified, sent] = [headers['last-modified'], headers['date']].map((text = '') => Date.parse(text));
  return Math.abs(Number(modified) - Number(sent)) <= SOON_MS;
}

function faultOfDate(text: string | undefined, now: Date): string | undefined {
  if (text === undefined) return 'the server does not send "Last-Modified"';
  const time = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) return `"Last-Modified: ${text}" is not a date`;
  if (time > now.getTime() + MAX_AHEAD_MS) return `"Last-Modified: ${text}" is in the future`;
  return time < EARLIEST ? `"Last-Modified: ${text}" is not the date of an update site` : undefined;
}

function faultOfRepeat(text: string | undefined, again: string | undefined): string | undefined {
  return text === again
    ? undefined
    : `"Last-Modified" was "${text ?? ''}", and in the next response ${again === undefined ? 'missing' : `"${again}"`}`;
}

function checkAbsent({ status }: ServedResponse): Check {
  if (status === 404 || status === 410) return passed('absent-files');
  const isTaken = status >= 200 && status < 300;
  const finding = { path: ABSENT, message: `the server responds with ${status}` };
  return judged(
    'absent-files',
    [finding],
    () =>
      isTaken
        ? 'The server sends something for a file that does not exist.'
        : 'The server does not respond with 404 for a file that does not exist.',
    isTaken ? 'failed' : 'warning',
  );
}

function checkCache(index: string, { headers }: ServedResponse, now: Date): Check {
  const seconds = cachedFor(headers, now);
  const findings =
    seconds > MAX_CACHED_SECONDS
      ? [{ path: index, message: `caches may keep it for ${describeSeconds(seconds)}` }]
      : [];
  return judged('cache-headers', findings, () => 'Users see a publication much later.');
}

/** Returns how long a response may be cached, in seconds (RFC 9111, sections 4.2.1 and 5.2.2). */
function cachedFor(headers: ServedResponse['headers'], now: Date): number {
  const control = headers['cache-control'] ?? '';
  if (/\bno-(?:store|cache)\b/i.test(control)) return 0;
  const seconds = ['s-maxage', 'max-age'].flatMap((name) => {
    const [, value] = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*"?(\\d{1,12})`, 'i').exec(control) ?? [];
    return value === undefined ? [] : Number(value);
  });
  if (seconds.length > 0) return Math.max(...seconds);
  const expires = headers['expires'];
  if (expires === undefined || !HTTP_DATE.test(expires)) return 0;
  return Math.max(0, (Date.parse(expires) - now.getTime()) / 1000);
}

function describeSeconds(seconds: number): string {
  if (seconds >= 2 * 86_400) return count(Math.round(seconds / 86_400), 'day');
  return seconds >= 2 * 3600
    ? count(Math.round(seconds / 3600), 'hour')
    : count(Math.round(seconds), 'second');
}
