import * as v from 'valibot';
import { FIELDS } from '../model/change-details.js';
import { CHANGE_KINDS } from '../model/change.js';
import { FORMAT_NAMES } from '../model/format-name.js';
import { OFFER_LOSSES } from '../model/offer-table.js';
import { OUTCOME_KINDS, REFUSALS, type Outcome } from '../model/outcome.js';
import { isProblem, SEVERITIES, type Problem } from '../model/problem.js';
import { count, flag, list, maybe, object, text, word } from '../model/schema.js';
import { dateOf } from '../model/timestamp.js';

const about = v.description;

/** `null` where nothing is known; absent where a field does not apply. */
const timestamp = v.pipe(
  text,
  v.check((value) => dateOf(Number(value)) !== undefined, 'a timestamp'),
  about('YYYYMMDDhhmmss in UTC'),
);

const details = object({
  subject: maybe(v.pipe(text, about('What the change is about, without its version'))),
  versionBefore: maybe(text),
  versionAfter: maybe(text),
  sizeBefore: maybe(v.pipe(count, about('In bytes'))),
  platforms: list(text),
  variant: maybe(object({ before: maybe(text), after: maybe(text) })),
  fields: list(object({ field: word(FIELDS), before: maybe(text), after: maybe(text) })),
  dependents: v.pipe(list(text), about('Files of the site that depend on what is removed')),
});

/** One change, as scripts see it. */
const CHANGE = {
  kind: v.pipe(word(CHANGE_KINDS), about('What happens to the file or version')),
  path: v.pipe(text, about('Path on the site after the change')),
  previousPath: maybe(v.pipe(text, about('Path before the change, if it differs'))),
  checksum: maybe(v.pipe(text, about('Checksum of the new content, by the rule of the format'))),
  size: maybe(v.pipe(count, about('Size of the new content in bytes'))),
};

const change = object({
  ...CHANGE,
  reason: v.pipe(text, about('Why this happens, in words')),
  details: maybe(details),
});

const problem = v.pipe(
  object({
    severity: word(SEVERITIES),
    code: v.pipe(text, about('docs/troubleshooting.md has a heading for each')),
    path: maybe(v.pipe(text, about('The file that it concerns'))),
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
  isUncertain: maybe(v.pipe(flag, about('Whether it is not known what the site has now'))),
  timestamp: maybe(timestamp),
  commit: maybe(text),
  siteUrl: maybe(text),
  siteName: maybe(text),
  siteDescription: maybe(text),
  site: v.pipe(text, about('Which site it is, in words')),
  changes: list(change),
  unchanged: v.pipe(count, about('How many artifacts are on the site already as they are')),
  left: v.pipe(
    list(object({ path: text, site: text })),
    about('Files that an upstream site serves, and this one leaves to it'),
  ),
  problems: list(problem),
  publishedFiles: v.pipe(list(text), about('Stored names of the payloads')),
  publishedBytes: count,
  restored: maybe(v.pipe(list(text), about('Missing payloads that are stored again'))),
  broughtUpToDate: maybe(v.pipe(list(text), about('Channels that follow the site'))),
  notices: maybe(list(text)),
  siteSize: maybe(object({ bytes: count, unmeasured: count, maxBytes: count })),
  offers: maybe(offers),
  diff: maybe(v.pipe(text, about('The lines of the index that differ, as a unified diff'))),
};

/** A report, as another job reads it. */
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
  version: v.pipe(count, about('Counts up if earlier readers could not read later reports')),
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
  report: maybe(v.pipe(reportSchema, about('Of a preview and a comparison: all that the report shows'))),
});

/** An object in which fields that are not known are absent. */
type Known<T> = { [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name] } & {
  [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined>;
};

function withoutUndefined<T extends object>(value: T): Known<T> {
  const known = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(known) as Known<T>;
}
