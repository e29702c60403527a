/** What is wrong with a text that should be YAML, and what to write instead. */
export interface YamlExplanation {
  readonly what: string;
  readonly hint: string;
}

/** A name or a value that begins with a star: in YAML that refers to an anchor. */
const STAR = /^\s*(?:- )?(?:[^\s:#]+: +)?(\*[^\s:,\]}]*)/;

/**
 * Explains what the parser of YAML says: its commonest objections come from a few habits.
 *
 * @param error code and message of the parser
 * @param lines the line that it is about and the one before it, as they stand there
 */
export function explainYaml(
  { code, message }: { readonly code: string; readonly message: string },
  lines: readonly [line: string, before: string],
): YamlExplanation {
  const [line] = lines;
  if (code === 'TAB_AS_INDENT')
    return { what: 'a line begins with a tab', hint: 'Indent with spaces, two for each level.' };
  const star = lines.map(starIn).find((found) => found !== undefined);
  if (star !== undefined) return star;
  const [, key = '', value = ''] = /^\s*(?:- )?([^:#]+): +(.+)$/.exec(line) ?? [];
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && value !== '')
    return {
      what: 'there is a colon with a space behind it in a text',
      hint: `Put the text in quotes: ${key}: '${value.trim().replaceAll("'", "''")}'`,
    };
  if (code === 'MISSING_CHAR')
    return { what: 'a quote is not closed', hint: 'Close it, or put the text in quotes of the other kind.' };
  return { what: message.replace(/\.$/, ''), hint: 'Write YAML: keys with values, indented with spaces.' };
}

/** What to do about a star at the beginning of a name or a value; undefined if there is none. */
export function starIn(line: string): YamlExplanation | undefined {
  const star = STAR.exec(line)?.[1];
  // A plain word may be meant as an alias.
  if (star === undefined || /^\*[\w-]*$/.test(star)) return undefined;
  return {
    what: `"${star}" begins with a star, which refers to an anchor in YAML`,
    hint: `Put it in quotes: '${star}'.`,
  };
}
