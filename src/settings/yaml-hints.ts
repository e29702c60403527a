/** The problem of a text that should be YAML, and a hint. */
export interface YamlExplanation {
  readonly what: string;
  readonly hint: string;
}

/** A name or value that begins with an asterisk, which refers to an anchor in YAML. */
const ASTERISK = /^\s*(?:- )?(?:[^\s:#]+: +)?(\*[^\s:,\]}]*)/;

/**
 * Explains an error of the YAML parser. The most common ones have a few causes.
 *
 * @param error code and message of the parser
 * @param lines the affected line and the one before it
 */
export function explainYaml(
  { code, message }: { readonly code: string; readonly message: string },
  lines: readonly [line: string, before: string],
): YamlExplanation {
  const [line] = lines;
  if (code === 'TAB_AS_INDENT')
    return { what: 'a line begins with a tab', hint: 'Indent with spaces, two for each level.' };
  const asterisk = lines.map(explainAsterisk).find((found) => found !== undefined);
  if (asterisk !== undefined) return asterisk;
  const [, key = '', value = ''] = /^\s*(?:- )?([^:#]+): +(.+)$/.exec(line) ?? [];
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && value !== '')
    return {
      what: 'a text contains a colon followed by a space',
      hint: `Put the text in quotes: ${key}: '${value.trim().replaceAll("'", "''")}'`,
    };
  if (code === 'MISSING_CHAR')
    return { what: 'a quote is not closed', hint: 'Close it, or use the other kind of quotes.' };
  return { what: message.replace(/\.$/, ''), hint: 'Write YAML: keys with values, indented with spaces.' };
}

/** Explains an asterisk at the beginning of a name or value; returns `undefined` if the line has none. */
export function explainAsterisk(line: string): YamlExplanation | undefined {
  const word = ASTERISK.exec(line)?.[1];
  // A plain word may be meant as an alias.
  if (word === undefined || /^\*[\w-]*$/.test(word)) return undefined;
  return {
    what: `"${word}" begins with an asterisk, which refers to an anchor in YAML`,
    hint: `Put it in quotes: '${word}'.`,
  };
}
