import { explainAsterisk, explainYaml } from '../../src/settings/yaml-hints.js';

const explain = (code: string, line: string, before = '') =>
  explainYaml({ code, message: 'The parser failed.' }, [line, before]);

describe('an error of the YAML parser', () => {
  it('may be a tab', () => {
    expect(explain('TAB_AS_INDENT', '\t*.jar: x')).toEqual({
      what: 'a line begins with a tab',
      hint: 'Indent with spaces, two for each level.',
    });
  });

  it.each([
    ['description: fast: yes', "description: 'fast: yes'"],
    ['  - description:  fast: yes ', "description: 'fast: yes'"],
    ["name: It's fast: yes", "name: 'It''s fast: yes'"],
    ["name: 'It's': 'yes'", "name: '''It''s'': ''yes'''"],
  ])('may be a colon in a text: %s', (line, correct) => {
    expect(explain('BLOCK_AS_IMPLICIT_KEY', line)).toEqual({
      what: 'a text contains a colon followed by a space',
      hint: `Put the text in quotes: ${correct}`,
    });
  });

  it('may be a quote that is not closed', () => {
    expect(explain('MISSING_CHAR', 'name: "abc')).toEqual({
      what: 'a quote is not closed',
      hint: 'Close it, or use the other kind of quotes.',
    });
  });

  it('may be an asterisk in this line or the one before it', () => {
    const expected = {
      what: '"*.jar" begins with an asterisk, which refers to an anchor in YAML',
      hint: "Put it in quotes: '*.jar'.",
    };
    expect(explain('MISSING_CHAR', '  *.jar:')).toEqual(expected);
    expect(explain('MISSING_CHAR', '    authors: [x]', '  *.jar:')).toEqual(expected);
    expect(explain('MISSING_CHAR', '  *.jar:', '  *.zip:')).toEqual(expected);
  });

  it.each([
    ['BLOCK_AS_IMPLICIT_KEY', '# name: x'],
    ['BLOCK_AS_IMPLICIT_KEY', 'name:x'],
    ['BLOCK_AS_IMPLICIT_KEY', 'name: '],
    ['UNEXPECTED_TOKEN', 'name: fast: yes'],
    ['UNEXPECTED_TOKEN', 'name: "abc'],
  ])('is otherwise shown as it is, without its full stop: %s in %j', (code, line) => {
    expect(explain(code, line)).toEqual({
      what: 'The parser failed',
      hint: 'Write YAML: keys with values, indented with spaces.',
    });
  });

  it('keeps full stops within the message of the parser', () => {
    expect(explainYaml({ code: 'X', message: 'At a.b is c' }, ['', '']).what).toBe('At a.b is c');
  });
});

describe('an asterisk at the beginning of a word', () => {
  it.each([
    ['*.jar: {}', '*.jar'],
    ['  *.jar:', '*.jar'],
    ['  - *.b', '*.b'],
    ['name: *no.pe', '*no.pe'],
    ['  - name:   *no.pe # why', '*no.pe'],
    ['[a]: *x/y, b', '*x/y'],
    ['a: **/x.jar', '**/x.jar'],
    ['  *a.b]', '*a.b'],
    ['  *a.b}', '*a.b'],
  ])('is explained in %j', (line, word) => {
    expect(explainAsterisk(line)?.hint).toBe(`Put it in quotes: '${word}'.`);
  });

  it.each([
    'name: *anchor',
    '*my-anchor : x',
    'name: a *.jar',
    'a *.jar: x',
    '# a: *.jar',
    'plugins/*.jar: {}',
    'a:*.jar',
    '',
  ])('is not found in %j', (line) => {
    expect(explainAsterisk(line)).toBeUndefined();
  });
});
