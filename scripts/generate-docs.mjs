// Writes the inputs of the actions, their tables in README.md and docs/, and docs/command-line.md from the tables of
// options, docs/troubleshooting.md and docs/verify.md from the catalogues of problem codes and checks, the rooms of
// docs/architecture.md from their table and their doors, and the list of decisions. With --check, reports whether they are up to date.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { parse, stringify } from 'yaml';
import { createWriter, ROOT } from './generated.mjs';
import { createSourceLoader } from './load-source.mjs';
import { doorOf, ROOMS } from './rooms.mjs';

const write = createWriter(process.argv.includes('--check'));
const load = createSourceLoader();
const { PUBLISH_OPTIONS, formatsOf } = await load('settings/options.ts');
const { workflowText } = await load('settings/option-text.ts');
const { VERIFY_OPTIONS } = await load('settings/verify-options.ts');
const { IMPORT_INPUTS, ROLLBACK_INPUTS } = await load('settings/writing-inputs.ts');
const { DESCRIPTIONS } = await load('formats/generated/descriptions.ts');
const { commandHelp, generalHelp } = await load('entry/cli/help.ts');
const { COMMANDS } = await load('entry/commands/descriptions.ts');
const { PROBLEM_CODES } = await load('model/problem-codes.ts');
const { CHECKS } = await load('model/check-names.ts');
const { fileSchema, MAX_PATTERN_LENGTH, problemsSchema, siteSchema } =
  await load('settings/config-schema.ts');
const { PLATFORMS } = await load('formats/imagej/layout.ts');
const { reportSchema, resultSchema, verificationSchema } = await load('report/schemas.ts');

/** The inputs of each sub-action, and the page that describes it. */
const SUB_ACTIONS = {
  verify: { table: VERIFY_OPTIONS, page: 'docs/verify.md' },
  rollback: { table: ROLLBACK_INPUTS, page: 'docs/roll-back.md' },
  import: { table: IMPORT_INPUTS, page: 'docs/migrate.md' },
};

const inputs = inputsOf(PUBLISH_OPTIONS);

await writeAction('action.yml', inputs);
for (const [folder, { table, page }] of Object.entries(SUB_ACTIONS)) {
  const file = `${folder}/action.yml`;
  await writeAction(file, inputsOf(table));
  const text = replaceSection(read(page), 'inputs', inputTable(inputsOf(table)));
  await write(page, replaceSection(text, 'outputs', outputTable(file)));
}
let readme = read('README.md');
readme = replaceSection(readme, 'inputs', inputTables());
readme = replaceSection(readme, 'outputs', outputTable('action.yml'));
await write('README.md', readme);
await write(
  'docs/troubleshooting.md',
  replaceSection(read('docs/troubleshooting.md'), 'problem codes', problemCodes()),
);
await write('docs/verify.md', replaceSection(read('docs/verify.md'), 'checks', checks()));
await write('docs/command-line.md', commandLine());
await write('docs/update-site.schema.json', JSON.stringify(configSchema()));
await write('docs/report.schema.json', JSON.stringify(schemaOf('report', 'Report of a run', reportSchema)));
await write(
  'docs/result.schema.json',
  JSON.stringify(schemaOf('result', 'Result of a command (--json)', resultSchema)),
);
await write(
  'docs/verify.schema.json',
  JSON.stringify(schemaOf('verify', 'Result of verify (--json)', verificationSchema)),
);
await write('docs/adr/README.md', replaceSection(read('docs/adr/README.md'), 'decisions', decisionList()));
await write('docs/architecture.md', replaceSection(read('docs/architecture.md'), 'rooms', roomList()));

/** The options of a table that are inputs of an action. */
function inputsOf(table) {
  return Object.entries(table).filter(([, { on }]) => on !== 'command line');
}

/** Writes the inputs into the description of an action. */
function writeAction(file, rows) {
  return write(file, replaceSection(read(file), 'inputs', actionInputs(rows), '#'));
}

function actionInputs(rows) {
  const entries = rows.map(([name, option]) => [
    name,
    {
      description: workflowText(name, option),
      ...(option.usual === undefined ? {} : { default: option.usual }),
    },
  ]);
  return stringify({ inputs: Object.fromEntries(entries) }, { lineWidth: 120, version: '1.1' }).trimEnd();
}

/** One table for the inputs of all formats, and one for each format. */
function inputTables() {
  const tables = [undefined, ...Object.keys(DESCRIPTIONS)].map((format) => {
    const rows = inputs.filter(([name]) =>
      format === undefined ? !formatsOf(name) : formatsOf(name)?.includes(format),
    );
    const title = format === undefined ? '' : `### Only for ${DESCRIPTIONS[format].users}\n\n`;
    return title + inputTable(rows, /^`[\w, `]+`: (.)/);
  });
  return tables.join('\n\n');
}

/** @param prefix the beginning of a description that the title already states, and the letter after it */
function inputTable(options, prefix = /^$(.)/) {
  const rows = options.map(([name, option]) => {
    const text = workflowText(name, option).replace(prefix, (_, first) => first.toUpperCase());
    const shown = option.usual === undefined ? '' : `\`${option.usual}\``;
    return `| \`${name}\` | ${cell(text)} | ${shown} |`;
  });
  return ['| Input | Description | Default |', '| --- | --- | --- |', ...rows].join('\n');
}

/** @param file the description of an action */
function outputTable(file) {
  const { outputs } = parse(read(file));
  const rows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return ['| Output | Description |', '| --- | --- |', ...rows].join('\n');
}

/** One heading for each code of the catalogue, so that a report can link to it. */
function problemCodes() {
  const severities = { error: 'Error', warning: 'Warning', either: 'Error or warning' };
  return Object.entries(PROBLEM_CODES)
    .map(
      ([name, { severity, mayBeLowered, title, remedy }]) =>
        `### \`${name}\`\n\n_${severities[severity]}${mayBeLowered ? ', can be lowered in the configuration' : ''}._ ${title}.\n\n**What to do:** ${remedy}\n`,
    )
    .join('\n');
}

/** One heading for each check, so that a report can link to it. */
function checks() {
  return Object.entries(CHECKS)
    .map(
      ([name, { title, matters, remedy, readsFiles }]) =>
        `### \`${name}\`\n\n_${title}._${readsFiles ? ' Reads the files: with `sample`, only those of the sample.' : ''}\n\n**Why it matters:** ${matters}\n\n**What to do:** ${remedy}\n`,
    )
    .join('\n');
}

function commandLine() {
  const part = (title, text) => `## ${title}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
  return [
    '# The command line\n',
    'The program is `dist/cli.js` of this repository; it needs Node.js 20 or newer, and nothing to install. Below, `update-site` stands for `node dist/cli.js`.\n',
    part('update-site', generalHelp()),
    ...Object.keys(COMMANDS).map((name) => part(`update-site ${name}`, commandHelp(name))),
  ].join('\n');
}

/** Converts a schema of the program to one for editors and scripts. */
function schemaOf(name, title, schema) {
  const { $schema, ...rest } = jsonSchema(schema);
  const folder = 'https://raw.githubusercontent.com/pages-update-site/pages-update-site/main/docs';
  return { $schema, $id: `${folder}/${name}.schema.json`, title, ...rest };
}

/** Converts checks with a known name to formats; other checks have no equivalent. */
function jsonSchema(schema) {
  return toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'ignore',
    overrideAction: ({ valibotAction: { format }, jsonSchema: made }) =>
      typeof format === 'string' ? { ...made, format } : undefined,
  });
}

function configSchema() {
  const site = jsonSchema(siteSchema);
  // Only the whole document states the dialect of its schema.
  delete site.$schema;
  const problems = jsonSchema(problemsSchema);
  delete problems.$schema;
  const { $schema, ...file } = jsonSchema(fileSchema(PLATFORMS));
  return {
    $schema,
    $id: 'https://raw.githubusercontent.com/pages-update-site/pages-update-site/main/docs/update-site.schema.json',
    title: 'Configuration of an update site',
    description: 'Metadata of the site and its files: .github/update-site.yml',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      site: { ...site, type: ['object', 'null'] },
      problems: {
        ...problems,
        description: 'Level of problems by their code: error, warning or ignore',
        type: ['object', 'null'],
      },
      files: {
        description:
          'Files by their path on the site without version, or by a glob; of two that match, the later one wins',
        type: ['object', 'null'],
        propertyNames: { minLength: 1, maxLength: MAX_PATTERN_LENGTH },
        additionalProperties: file,
        examples: [{ 'plugins/My_Plugin.jar': { links: ['https://example.org/my-plugin'] } }],
      },
    },
  };
}

/** One entry for each room: the first sentence of its door, and its permitted imports. */
function roomList() {
  return Object.entries(ROOMS)
    .filter(([, { door }]) => door !== undefined)
    .map(([room, { imports }]) => {
      const [, comment = ''] = /^\/\*\*\n([\s\S]*?)\n \*\n \* @module/.exec(read(doorOf(room))) ?? [];
      const text = comment.replace(/^ \* ?/gm, '').replaceAll('\n', ' ');
      const [first] = text.split(/(?<=\.) (?=[A-Z])/);
      const door = doorOf(room).slice(`src/${room}/`.length);
      const seen = imports.map((name) => `\`${name}\``).join(', ') || 'nothing';
      return `- **\`${room}/\`** (door: \`${door}\`): ${first}\\\n  Imports ${seen}.`;
    })
    .join('\n');
}

/** One line for each decision, with its status and date. */
function decisionList() {
  return readdirSync(path.join(ROOT, 'docs/adr'))
    .filter((name) => /^\d{4}-/.test(name))
    .sort()
    .map((name) => {
      const text = read(`docs/adr/${name}`);
      const [, title] = /^# \d+\. (.*)$/m.exec(text) ?? [];
      const [, status, date] = /^Status:\s([^]*?)\.\sDate:\s(\d{4}-\d{2}-\d{2})\.$/m.exec(text) ?? [];
      if (!title || !status || !date) throw new Error(`docs/adr/${name} lacks a title, status or date.`);
      return `- [${title}](${name}): ${status.replace(/\s+/g, ' ')}, ${date}`;
    })
    .join('\n');
}

function cell(text) {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

/** @param comment marker of a one-line comment, in a file that is not Markdown */
function replaceSection(text, name, body, comment) {
  const mark = (word) => (comment ? `${comment} ${word} ${name}` : `<!-- ${word} ${name} -->`);
  const pattern = new RegExp(`(${mark('begin')}\\n)[\\s\\S]*?(\\n${mark('end')})`);
  if (!pattern.test(text)) throw new Error(`The section "${name}" is missing.`);
  return text.replace(pattern, (_, begin, end) => `${begin}\n${body}\n${end}`);
}

function read(file) {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
