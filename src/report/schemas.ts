import * as v from 'valibot';
import { CHECK_STATUSES } from '../model/check.js';
import { CHECK_NAMES } from '../model/check-names.js';
import { FIELDS } from '../model/change-details.js';
import { CHANGE_KINDS } from '../model/change.js';
import { FORMAT_NAMES } from '../model/format-name.js';
import { OFFER_LOSSES } from '../model/offer-table.js';
import { OUTCOME_KINDS, REFUSALS, type Outcome } from '../model/outcome.js';
import { isProblem, SEVERITIES, type Problem } from '../model/problem.js';
import { count, flag, list, maybe, object, text, word } from '../model/schema.js';
import { dateOf } from '../model/timestamp.js';

const about = v.description;

/** A timestamp in UTC. Reports contain `null` if it is unknown. */
const timestamp = v.pipe(
  text,
  v.check((value) => dateOf(Number(value)) !== undefined, 'a timestamp'),
  about('YYYYMMDDhhmmss in UTC'),
);

const details = object({
  subject: maybe(v.pipe(text, about('The changed plugin, without its version'))),
  versionBefore: maybe(text),
  versionAfter: maybe(text),
  sizeBefore: maybe(v.pipe(count, about('In bytes'))),
  platforms: list(text),
  variant: maybe(object({ before: maybe(text), after: maybe(text) })),
  fields: list(object({ field: word(FIELDS), before: maybe(text), after: maybe(text) })),
  isSameForUsers: maybe(v.pipe(v.literal(true), about('Set if only timestamps or earlier versions differ'))),
  dependents: v.pipe(list(text), about('Files of the site that depend on the removed file')),
});

/** One change, for scripts. */
const CHANGE = {
  kind: v.pipe(word(CHANGE_KINDS), about('What happens to the file or version')),
  path: v.pipe(text, about('Path on the site after the change')),
  previousPath: maybe(v.pipe(text, about('Path before the change, if it differs'))),
  checksum: maybe(v.pipe(text, about('Checksum of the new content, by the rule of the format'))),
  size: maybe(v.pipe(count, about('Size of the new content in bytes'))),
};

const change = object({
  ...CHANGE,
  reason: v.pipe(text, about('Reason for the change, in words')),
  details: maybe(details),
});

const problem = v.pipe(
  object({
    severity: word(SEVERITIES),
    code: v.pipe(text, about('docs/troubleshooting.md explains each code')),
    path: maybe(v.pipe(text, about('The affected file'))),
    message: text,
    hint: maybe(v.pipe(text, about('What to do about it'))),
  }),
  v.check((value) => isProblem(withoutUndefined(value)), 'a problem of the catalogue'),
  v.transform((value) => withoutUndefined(value) as Problem),
);

const offered = object({ versions: list(text), isPartial: flag });

const offers = object({
  rows: list(
    object({
      plugin: text,
      ides: text,
      systems: list(text),
      before: offered,
      after: offered,
      loss: maybe(word(OFFER_LOSSES)),
    }),
  ),
  more: count,
});

const OUTCOME = {
  format: v.pipe(word(FORMAT_NAMES), about('Kind of site')),
  changed: v.pipe(flag, about('Whether the site was changed, or would be (preview)')),
  kind: word(OUTCOME_KINDS),
  refusal: maybe(v.pipe(word(REFUSALS), about('Why nothing is published'))),
  isUncertain: maybe(v.pipe(flag, about('Whether the state of the site is unknown'))),
  isSetUp: maybe(v.pipe(flag, about('Whether the run sets up an empty site'))),
  timestamp: maybe(timestamp),
  commit: maybe(text),
  siteUrl: maybe(text),
  siteName: maybe(text),
  siteDescription: maybe(text),
  site: v.pipe(text, about('The site, in words')),
  changes: list(change),
  unchanged: v.pipe(count, about('Number of artifacts that the site already has')),
  left: v.pipe(
    list(object({ path: text, site: text })),
    about('Files that are skipped because an upstream site serves them'),
  ),
  problems: list(problem),
  publishedFiles: v.pipe(list(text), about('Stored names of the payloads')),
  publishedBytes: count,
  restored: maybe(v.pipe(list(text), about('Missing payloads that are stored again'))),
  broughtUpToDate: maybe(
    v.pipe(list(text), about('Channels that are updated with the versions of the site')),
  ),
  notices: maybe(list(text)),
  siteSize: maybe(object({ bytes: count, unmeasured: count, maxBytes: count })),
  offers: maybe(offers),
  diff: maybe(v.pipe(text, about('Unified diff of the index'))),
};

/** Reads a report of another job as an outcome. */
export const outcomeSchema = v.pipe(
  object(OUTCOME),
  v.transform(({ changes, timestamp: digits, left, ...outcome }): Outcome => ({
    ...outcome,
    skipped: left,
    timestamp: digits === undefined ? undefined : Number(digits),
    changes: changes.map(withoutUndefined),
  })),
);

/** A report file, for the schema in docs/. */
export const reportSchema = object({
  version: v.pipe(count, about('Increased if earlier readers cannot read later reports')),
  headline: v.pipe(text, about('The outcome in one sentence')),
  ...OUTCOME,
});

/** The JSON result of the command line, for the schema in docs/. */
export const resultSchema = object({
  changed: OUTCOME.changed,
  timestamp: OUTCOME.timestamp,
  commit: OUTCOME.commit,
  siteUrl: OUTCOME.siteUrl,
  changes: list(object(CHANGE)),
  unchanged: OUTCOME.unchanged,
  problems: OUTCOME.problems,
  report: maybe(v.pipe(reportSchema, about('The whole report, for a preview or comparison'))),
});

/** The JSON result of a verification, for the schema in docs/. */
export const verificationSchema = object({
  site: v.pipe(text, about('The site, in words')),
  format: v.pipe(word(FORMAT_NAMES), about('Kind of site')),
  checks: list(
    object({
      name: v.pipe(word(CHECK_NAMES), about('docs/verify.md explains each check')),
      status: v.pipe(word(CHECK_STATUSES), about('Warnings do not make a site fail')),
      reason: v.pipe(maybe(text), about('Why it was skipped, what was found, or what a pass is limited to')),
      files: v.pipe(list(text), about('Paths on the site, or addresses, with a fault')),
      details: v.pipe(
        list(object({ path: text, message: v.pipe(text, about('The fault, as a clause')) })),
        about('What is wrong with each of them'),
      ),
    }),
  ),
});

/** An object without the fields that are `undefined`. */
type Known<T> = { [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name] } & {
  [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined>;
};

function withoutUndefined<T extends object>(value: T): Known<T> {
  const known = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(known) as Known<T>;
}
