// Writes the tables of README.md from action.yml, docs/troubleshooting.md from the catalogue of problem codes,
// docs/command-line.md from the help of the program, the rooms of docs/architecture.md from their table and their doors,
// and the list of decisions.
// With --check, reports whether they are up to date.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';
import prettier from 'prettier';
import { parse } from 'yaml';
import { doorOf, ROOMS } from './rooms.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const action = parse(read('action.yml'));

let readme = read('README.md');
readme = replaceSection(readme, 'inputs', inputTables(action.inputs));
readme = replaceSection(readme, 'outputs', outputTable(action.outputs));
await write('README.md', readme);
await write(
  'docs/troubleshooting.md',
  replaceSection(read('docs/troubleshooting.md'), 'problem codes', await problemCodes()),
);
await write('docs/command-line.md', commandLine());
await write('docs/adr/README.md', replaceSection(read('docs/adr/README.md'), 'decisions', decisionList()));
await write('docs/architecture.md', replaceSection(read('docs/architecture.md'), 'rooms', roomList()));

/** One table for what all kinds of site know, and one for each kind: an input that only one knows begins with its name. */
function inputTables(inputs) {
  const kinds = [
    ['', ''],
    ['imagej', '### Only for ImageJ'],
    ['jetbrains', '### Only for JetBrains IDEs'],
  ];
  return kinds
    .map(([kind, title]) => {
      const rows = Object.entries(inputs)
        .map(([name, input]) => ({ name, ...input, ...ofOneKind(input.description) }))
        .filter((input) => input.kind === kind)
        .map(({ name, description, default: value }) => {
          const shown = value === undefined || value === '' ? '' : `\`${value}\``;
          return `| \`${name}\` | ${cell(description)} | ${shown} |`;
        });
      return [title, '', '| Input | What it says | Default |', '| --- | --- | --- |', ...rows].join('\n');
    })
    .join('\n\n');
}

function ofOneKind(text) {
  const [, kind = '', first = '', rest = ''] = /^(?:`(\w+)`: )?(.)([\s\S]*)$/.exec(text) ?? [];
  return kind === 'imagej' || kind === 'jetbrains'
    ? { kind, description: first.toUpperCase() + rest }
    : { kind: '', description: text };
}

function outputTable(outputs) {
  const rows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return ['| Output | What it holds |', '| --- | --- |', ...rows].join('\n');
}

/** One heading for each code of the catalogue, so that a report can link to it. */
async function problemCodes() {
  const { code } = transformFileSync(path.join(ROOT, 'src/model/problem-codes.ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  const { PROBLEM_CODES } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const severities = { error: 'Error', warning: 'Warning', either: 'Error or warning' };
  return Object.entries(PROBLEM_CODES)
    .map(
      ([name, { severity, title, remedy }]) =>
        `### \`${name}\`\n\n_${severities[severity]}._ ${title}.\n\n**What to do:** ${remedy}\n`,
    )
    .join('\n');
}

function commandLine() {
  const help = (...args) =>
    execFileSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...args], { encoding: 'utf8' });
  const part = (title, text) => `## ${title}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
  const commands = ['publish', 'preview', 'diff', 'checksum', 'demo'];
  return [
    '# The command line\n',
    'The program is `dist/cli.js` of this repository; it needs Node.js 20 or newer, and nothing to install. Below, `update-site` stands for `node dist/cli.js`.\n',
    part('update-site', help('--help')),
    ...commands.map((name) => part(`update-site ${name}`, help(name, '--help'))),
  ].join('\n');
}

/** One entry for each room: what its door says first, and what it may import. */
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
      const [, status, date] = /^Status: (.*)\. Date: (\d{4}-\d{2}-\d{2})\.$/m.exec(text) ?? [];
      if (!title || !status || !date) throw new Error(`docs/adr/${name} has no title, status or date.`);
      return `- [${title}](${name}): ${status}, ${date}`;
    })
    .join('\n');
}

function cell(text) {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

function replaceSection(text, name, body) {
  const pattern = new RegExp(`(<!-- begin ${name} -->\\n)[\\s\\S]*?(\\n<!-- end ${name} -->)`);
  if (!pattern.test(text)) throw new Error(`There is no section "${name}".`);
  return text.replace(pattern, (_, begin, end) => `${begin}\n${body}\n${end}`);
}

function read(file) {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

async function write(file, text) {
  const target = path.join(ROOT, file);
  const options = { ...(await prettier.resolveConfig(target)), filepath: target };
  const formatted = await prettier.format(text, options);
  let current;
  try {
    current = read(file);
  } catch {
    current = undefined;
  }
  if (current === formatted) return;
  if (check) {
    console.error(`${file} is not what its sources say. Run "npm run fix" and commit the result.`);
    process.exitCode = 1;
  } else writeFileSync(target, formatted);
}
