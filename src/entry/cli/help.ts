import type { FormatName } from '../../model/format-name.js';
import type { Option } from '../../settings/options.js';
import { COMMANDS, type Command } from './arguments.js';

const WIDTH = 100;
const COLUMN = 30;

/** What `update-site --help` prints. */
export function generalHelp(): string {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => row(name, summary));
  return [
    'Publishes an ImageJ/Fiji update site, or a JetBrains plugin repository, as static files.',
    '',
    'Usage: update-site <command> [options]',
    '',
    'Commands:',
    ...commands,
    '',
    'Options:',
    row('--help', 'Show this help, or that of a command'),
    row('--version', 'Show the version'),
    '',
    'Try it: update-site demo',
    '',
  ].join('\n');
}

/** What `update-site <command> --help` prints. */
export function commandHelp(name: string, command: Command): string {
  const options = Object.entries(command.options);
  const only = (format: FormatName | undefined) =>
    options
      .filter(([, option]) => option.format === format)
      .map(([option, description]) => optionRow(option, description));
  const titled = (title: string, rows: readonly string[]) => (rows.length === 0 ? [] : ['', title, ...rows]);
  return [
    `${command.summary}.`,
    '',
    `Usage: update-site ${name} ${command.usage}`,
    '',
    'Options:',
    ...only(undefined),
    row('--help', 'Show this help'),
    ...titled('Only for ImageJ:', only('imagej')),
    ...titled('Only for JetBrains IDEs:', only('jetbrains')),
    ...(name === 'publish' || name === 'preview' ? examples(name) : []),
    '',
  ].join('\n');
}

function examples(name: string): string[] {
  return [
    '',
    'Environment:',
    row(
      'UPDATE_SITE_TOKEN',
      'Login for the remote. For GitHub, GITHUB_TOKEN and GH_TOKEN serve too; without any, git’s credential helpers are asked',
    ),
    '',
    'Examples:',
    `  update-site ${name} --app-dir Fiji.app --site-dir public`,
    `  update-site ${name} --files 'target/My_Plugin-*.jar => plugins/' --remote git@github.com:me/my-plugin.git`,
    `  update-site ${name} --format jetbrains --remote git@github.com:me/my-plugin.git`,
    '',
    'Exit codes: 0 done, also when there was nothing to do; 1 refused or failed for the reason that is told;',
    '2 wrong usage; 70 a defect of this program.',
  ];
}

function optionRow(name: string, { placeholder, help }: Option): string {
  return row(`--${name}${placeholder === undefined ? '' : ` ${placeholder}`}`, help);
}

function row(term: string, text: string): string {
  const lines: string[] = [];
  let line = `  ${term}`.padEnd(COLUMN);
  if (line.length > COLUMN) {
    lines.push(line);
    line = ' '.repeat(COLUMN);
  }
  for (const word of text.split(' ')) {
    if (line.length + word.length > WIDTH) {
      lines.push(line.trimEnd());
      line = ' '.repeat(COLUMN);
    }
    line += `${word} `;
  }
  lines.push(line.trimEnd());
  return lines.join('\n');
}
