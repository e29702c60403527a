import { DESCRIPTIONS } from '../../formats/generated/descriptions.js';
import { FORMAT_NAMES } from '../../model/format-name.js';
import type { Option } from '../../model/option.js';
import { commandLineText } from '../../settings/option-text.js';
import { formatsOf } from '../../settings/options.js';
import type { CommandDescription } from '../commands/command.js';
import { COMMANDS, type CommandName } from '../commands/descriptions.js';

const WIDTH = 100;
const COLUMN = 30;

/** Returns the text of `update-site --help`. */
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
    row('--help', 'Show this help, or the help of a command'),
    row('--version', 'Show the version'),
    '',
    'Try it: update-site demo',
    '',
  ].join('\n');
}

/** Returns the text of `update-site <command> --help`. */
export function commandHelp(name: CommandName): string {
  const { summary, usage, options }: CommandDescription = COMMANDS[name];
  const isPublication = name === 'publish' || name === 'preview';
  const ofFormats = (option: string) => (isPublication ? formatsOf(option) : undefined);
  const rows = (isWanted: (option: string) => boolean) =>
    Object.entries(options).flatMap(([option, about]) => (isWanted(option) ? optionRow(option, about) : []));
  const titled = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines];
  return [
    `${summary}.`,
    '',
    `Usage: update-site ${name} ${usage}`,
    '',
    'Options:',
    ...rows((option) => ofFormats(option) === undefined),
    row('--help', 'Show this help'),
    ...FORMAT_NAMES.flatMap((format) =>
      titled(
        `Only for ${DESCRIPTIONS[format].users}:`,
        rows((option) => ofFormats(option)?.includes(format) === true),
      ),
    ),
    ...(isPublication ? examples(name) : []),
    '',
  ].join('\n');
}

function examples(name: string): string[] {
  return [
    '',
    'Environment:',
    row(
      'UPDATE_SITE_TOKEN',
      'Token for the remote. For GitHub, GITHUB_TOKEN and GH_TOKEN work as well. Without a token, git uses its credential helpers',
    ),
    '',
    'Examples:',
    `  update-site ${name} --app-dir Fiji.app --site-dir public`,
    `  update-site ${name} --files 'target/My_Plugin-*.jar => plugins/' --remote git@github.com:me/my-plugin.git`,
    `  update-site ${name} --format jetbrains --remote git@github.com:me/my-plugin.git`,
    '',
    'Exit codes: 0 done, even if nothing had to be done; 1 refused or failed (the reason is printed);',
    '2 wrong usage; 70 internal error (please report it).',
  ];
}

function optionRow(name: string, option: Option): string {
  const value = option.placeholder === undefined ? '' : ` ${option.placeholder}`;
  return row(`--${name}${value}`, commandLineText(option));
}

function row(term: string, text: string): string {
  const lines: string[] = [];
  let line = `  ${term}`.padEnd(COLUMN);
  if (!line.endsWith('  ')) {
    lines.push(line.trimEnd());
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
