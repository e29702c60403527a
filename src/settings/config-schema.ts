import * as v from 'valibot';
import { nearMatches, suggestion } from '../model/near-matches.js';
import { isStorable } from '../model/printable.js';
import { levelsOf, PROBLEM_CODES, PROBLEM_LEVELS, type ProblemCodeEntry } from '../model/problem-codes.js';
import { withoutLists } from '../model/schema.js';
import { parseSitePath } from '../model/site-path.js';

/** Maximum length of a file name or pattern, in characters. */
export const MAX_PATTERN_LENGTH = 1024;

/** `groupId:artifactId`, without a version. */
const COORDINATE = /^[^\s:/]+:[^\s:/]+$/;

/** Separates the problem from the hint in the message of a schema. */
const DIVIDER = '\n';
/** Placeholder for the name of the value, which only the reader knows. */
const NAME = '{name}';

/** Builds the message of a schema. `what` may contain the placeholder `{name}`. */
function messageWith(what: string, hint: string): string {
  return what + DIVIDER + hint;
}

/** Splits the message of a schema into the problem and the hint. */
export function faultOf(message: string, name: string): { readonly what: string; readonly hint: string } {
  const [what = '', hint = ''] = message.split(DIVIDER);
  return { what: what.replaceAll(NAME, name), hint };
}

/** Creates a check that is a format in the schema for editors (docs/update-site.schema.json). */
function format(name: string, isValid: (value: string) => boolean, message: (value: string) => string) {
  return {
    ...v.check<string, (issue: v.CheckIssue<string>) => string>(isValid, ({ input }) => message(input)),
    format: name,
  };
}

const NOT_A_TEXT = messageWith(`${NAME} is not a text`, 'Write a text; put numbers and dates in quotes.');

const text = v.pipe(
  v.string(NOT_A_TEXT),
  v.check(isStorable, messageWith(`${NAME} contains a character that cannot be shown`, 'Remove it.')),
);
const webAddress = v.pipe(
  text,
  format('web-address', isWebAddress, (value) =>
    messageWith(
      `"${value}" is not a full URL`,
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
      return messageWith(
        `"${value}" is not a path on the site: ${reason}`,
        'Write a path such as jars/imglib2.jar.',
      );
    },
  ),
);

function list<S extends v.GenericSchema>(item: S, about: string) {
  return v.optional(
    v.pipe(
      v.array(item, messageWith(`${NAME} is not a list`, 'Write one entry per line, each after "- ".')),
      v.description(about),
    ),
  );
}

function mapping<Entries extends v.ObjectEntries>(entries: Entries) {
  const keys = Object.keys(entries).join(', ');
  const message = messageWith(`${NAME} is not a mapping`, `Write keys with values: ${keys}.`);
  return withoutLists(v.strictObject(entries, message));
}

/** The metadata of the site. */
export const siteSchema = mapping({
  name: v.optional(v.pipe(text, v.description('Name of the site in reports'))),
  url: v.optional(v.pipe(webAddress, v.description('Public address of the site'))),
  description: v.optional(v.pipe(text, v.description('Description of the site in reports'))),
});

/**
 * Creates the schema for the metadata of files.
 *
 * @param platforms the platforms that users can have
 */
export function fileSchema(platforms: ReadonlySet<string>) {
  const platform = v.picklist([...platforms], ({ input }) =>
    typeof input === 'string'
      ? messageWith(
          `the platform "${input}" is unknown`,
          suggestion(nearMatches(input, platforms)) || `Known: ${[...platforms].join(', ')}.`,
        )
      : NOT_A_TEXT,
  );
  return mapping({
    description: v.optional(
      v.pipe(text, v.description('Replaces the description in the POM; an empty text removes it')),
    ),
    authors: list(text, 'Replaces the developers in the POM'),
    links: list(webAddress, 'Web pages about the file'),
    categories: list(text, 'Categories of the file, each a word or two'),
    platforms: list(platform, 'Platforms on which the file is installed; an empty list means all platforms'),
    executable: v.optional(
      v.pipe(
        v.boolean(messageWith(`${NAME} is neither true nor false`, 'Write true or false.')),
        v.description('Whether the file is a program'),
      ),
    ),
    replaces: v.optional(
      v.pipe(
        text,
        v.regex(COORDINATE, ({ input }) =>
          messageWith(
            `"${input}" is not an artifact`,
            'Write groupId:artifactId, for example org.example:codec.',
          ),
        ),
        v.description(
          'groupId:artifactId of the artifact that had this name on the site before, if the file is now another artifact',
        ),
      ),
    ),
    dependencies: v.optional(
      mapping({
        add: list(path, 'Dependencies in addition to the detected ones'),
        remove: list(path, 'Detected dependencies that the file does not need'),
        overrides: list(path, 'Files that it replaces: they are not installed together with it'),
      }),
    ),
  });
}

/** The levels of problems: a level for each code whose level may change. */
export const problemsSchema = mapping(
  Object.fromEntries(
    Object.entries<ProblemCodeEntry>(PROBLEM_CODES).map(([code, entry]) => {
      const levels = levelsOf(entry);
      const level = v.picklist(levels, ({ input }) => {
        const isLevel = PROBLEM_LEVELS.some((known) => known === input);
        return isLevel
          ? messageWith(
              `${code} is always an error`,
              'It breaks existing installations or prevents publishing. Remove the line.',
            )
          : messageWith(`${NAME} is not a level`, `Write ${levels.join(', ')}.`);
      });
      return [code, v.optional(v.pipe(level, v.description(entry.title)))];
    }),
  ),
);

function isWebAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
