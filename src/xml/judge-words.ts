/** The messages of the parser that say little to people who do not write parsers, and better ones. */
const WORDS: Readonly<Record<string, string>> = {
  'disallowed character.': 'a character stands where XML forbids it',
  'disallowed character in attribute name.':
    'the name of an attribute has a character that XML forbids there',
  'disallowed character in closing tag.': 'a closing tag has a character that XML forbids there',
  'disallowed character in processing instruction name.':
    'the name of an instruction has a character that XML forbids there',
  'disallowed character in tag name': 'after "<" there should be the name of an element',
  'disallowed character in tag name.': 'the name of an element has a character that XML forbids there',
  'document must contain a root element.': 'it has no element',
  'documents may contain only one root.': 'there is an element beside the root element',
  'text data outside of root node.': 'there is text beside the root element',
  'empty entity name.': 'there is "&;", which has no meaning; write "&amp;" for "&"',
  'disallowed character in entity name.': 'there is a "&" that begins no reference; write "&amp;" for "&"',
  'malformed character entity.': 'a reference names a character that XML does not have',
  'malformed comment.': 'there is "--" in a comment',
  'inappropriately located doctype declaration.': 'a document type stands where none may be',
  'incorrect syntax.': 'after "<!" there should be a comment or a CDATA section',
  'forward-slash in opening tag not followed by >.': 'there is "/" in a tag without ">" after it',
  'invalid attempt to undefine prefix in XML 1.0': 'a prefix stands for an empty namespace',
  'no whitespace between attributes.': 'there is no space between two attributes',
  'unquoted attribute value.': 'the value of an attribute is not in quotes',
  'attribute without value.': 'an attribute has no value',
  'the string "]]>" is disallowed in char data.': 'there is "]]>" in a text',
  'tags may not have "xmlns" as prefix.': 'an element has the prefix "xmlns"',
  'unexpected end.': 'it ends in the middle of something',
  'weird empty close tag.': 'there is a closing tag without a name',
};

/** What the parser objects to, in plain words, without a full stop. */
export function inPlainWords(message: string): string {
  const unbound = /^unbound namespace prefix: (".*")\.$/.exec(message)?.[1];
  if (unbound !== undefined) return `the prefix ${unbound} is not declared`;
  const duplicate = /^duplicate attribute: (.*)\.$/s.exec(message)?.[1];
  if (duplicate !== undefined)
    return `the attribute ${JSON.stringify(duplicate.slice(0, 80))} stands twice in one tag`;
  const unmatched = /^unmatched closing tag: (.*)\.$/s.exec(message)?.[1];
  if (unmatched !== undefined) return `the closing tag </${unmatched}> closes no element`;
  return WORDS[message] ?? message.replace(/\.$/, '');
}
