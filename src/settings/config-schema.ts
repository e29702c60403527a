import * as v from 'valibot';
import { nearMatches, suggestion } from '../model/near-matches.js';
import { isStorable } from '../model/printable.js';
import { levelsOf, PROBLEM_CODES, PROBLEM_LEVELS, type ProblemCodeEntry } from '../model/problem-codes.js';
import { withoutLists } from '../model/schema.js';
import { parseSitePath } from '../model/site-path.js';

/** Longest name or pattern of files, in characters. */
export const MAX_PATTERN_LENGTH = 1024;

/** `groupId:artifactId`, without a version. */
const COORDINATE = /^[^\s:/]+:[^\s:/]+$/;

/** Divides what is wrong from what to do about it, in the message of a schema. */
const DIVIDER = '\n';
/** Stands for the name of the value, which only the reader knows. */
const NAME = '{name}';

/** The message of a fault: `what` may name the value as `{name}`. */
function say(what: string, hint: string): string {
  return what + DIVIDER + hint;
}

/** What is wrong, and what to do about it, by the message of a schema. */
export function faultOf(message: string, name: string): { readonly what: string; readonly hint: string } {
  const [what = '', hint = ''] = message.split(DIVIDER);
  return { what: what.replaceAll(NAME, name), hint };
}

/** A check that editors know as a format (docs/update-site.schema.json). */
function format(name: string, isRight: (value: string) => boolean, message: (value: string) => string) {
  return {
    ...v.check<string, (issue: v.CheckIssue<string>) => string>(isRight, ({ input }) => message(input)),
    format: name,
  };
}

const NOT_A_TEXT = say(`${NAME} is not a text`, 'Write a text; put numbers and dates in quotes.');

const text = v.pipe(
  v.string(NOT_A_TEXT),
  v.check(isStorable, say(`${NAME} holds a character that cannot be shown`, 'Remove it.')),
);
const webAddress = v.pipe(
  text,
  format('web-address', isWebAddress, (value) =>
    say(
      `"${value}" is not a web address`,
      'Write it in full, for example https://example.github.io/my-plugin/.',
    ),
  ),
);
const path = v.pipe(
  text,
  format(
    'site-path',
    (value) => 'path' in parseSitePath(value),
    (value) => {
      const checked = parseSitePath(value);
      const reason = 'reason' in checked ? checked.reason : '';
      return say(`"${value}" is not a path on the site: ${reason}`, 'For example jars/imglib2.jar.');
    },
  ),
);

function list<S extends v.GenericSchema>(item: S, about: string) {
  return v.optional(
    v.pipe(
      v.array(item, say(`${NAME} is not a list`, 'Write one entry a line, each behind "- ".')),
      v.description(about),
    ),
  );
}

function mapping<Entries extends v.ObjectEntries>(entries: Entries) {
  const keys = Object.keys(entries).join(', ');
  const message = say(`${NAME} is not a mapping`, `Write keys with values: ${keys}.`);
  return withoutLists(v.strictObject(entries, message));
}

/** What a maintainer says about the site. */
export const siteSchema = mapping({
  name: v.optional(v.pipe(text, v.description('What the site is called in reports'))),
  url: v.optional(v.pipe(webAddress, v.description('Public address of the site'))),
  description: v.optional(v.pipe(text, v.description('What the site is about'))),
});

/**
 * What a maintainer says about files.
 *
 * @param platforms the platforms that users can have
 */
export function fileSchema(platforms: ReadonlySet<string>) {
  const platform = v.picklist([...platforms], ({ input }) =>
    typeof input === 'string'
      ? say(
          `there is no platform "${input}"`,
          suggestion(nearMatches(input, platforms)) || `Known: ${[...platforms].join(', ')}.`,
        )
      : NOT_A_TEXT,
  );
  return mapping({
    description: v.optional(
      v.pipe(text, v.description('In place of the description in the POM; an empty one takes it away')),
    ),
    authors: list(text, 'In place of the developers in the POM'),
    links: list(webAddress, 'Web pages about the file'),
    categories: list(text, 'What the file is, in a word or two'),
    platforms: list(platform, 'Where the file is installed; an empty list: everywhere'),
    executable: v.optional(
      v.pipe(
        v.boolean(say(`${NAME} is neither true nor false`, 'Write true or false.')),
        v.description('Whether it is a program'),
      ),
    ),
    replaces: v.optional(
      v.pipe(
        text,
        v.regex(COORDINATE, ({ input }) =>
          say(`"${input}" is not an artifact`, 'Write groupId:artifactId, for example org.example:codec.'),
        ),
        v.description(
          'groupId:artifactId of the artifact that had this name on the site before, if the file is another one now',
        ),
      ),
    ),
    dependencies: v.optional(
      mapping({
        add: list(path, 'Files that it needs beside those that were found'),
        remove: list(path, 'Files that it does not need, although it was found to'),
        overrides: list(path, 'Files that it replaces: they are not installed where it is'),
      }),
    ),
  });
}

/** What a maintainer makes of problems: a level for each code that may have another one. */
export const problemsSchema = mapping(
  Object.fromEntries(
    Object.entries<ProblemCodeEntry>(PROBLEM_CODES).map(([code, entry]) => {
      const levels = levelsOf(entry);
      const level = v.picklist(levels, ({ input }) => {
        const isLevel = PROBLEM_LEVELS.some((known) => known === input);
        return isLevel
          ? say(
              `${code} stays an error`,
              'It would break what users have, or cannot be published at all. Remove the line.',
            )
          : say(`${NAME} is not a level`, `Write ${levels.join(', ')}.`);
      });
      return [code, v.optional(v.pipe(level, v.description(entry.title)))];
    }),
  ),
);

function isWebAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
