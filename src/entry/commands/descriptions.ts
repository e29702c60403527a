import { FORMAT_NAMES } from '../../model/format-name.js';
import type { OptionTable } from '../../model/option.js';
import { PUBLISH_OPTIONS } from '../../settings/options.js';
import type { CommandDescription } from './command.js';

const publishOptions: OptionTable = Object.fromEntries(
  Object.entries(PUBLISH_OPTIONS).filter(([, { on }]) => on !== 'action'),
);

const FORMAT = { kind: 'text', placeholder: 'NAME', words: FORMAT_NAMES, on: 'command line' } as const;

/** The commands that there are. They are loaded when one is called: this is enough for the help. */
export const COMMANDS = {
  publish: {
    summary: 'Plan, write and push (or write into --site-dir)',
    usage: '[options]',
    options: publishOptions,
    takesFiles: false,
  },
  preview: {
    summary: 'Plan and show what publish would do; changes nothing',
    usage: '[options]',
    options: publishOptions,
    takesFiles: false,
  },
  diff: {
    summary: 'Show what changed between two states of a site',
    usage: 'OLD NEW [options]',
    options: {
      format: {
        ...FORMAT,
        help: `Kind of site: ${FORMAT_NAMES.map((name) => `\`${name}\``).join(' or ')}`,
        otherwise: 'what the names of the indexes say',
      },
      diff: { kind: 'flag', help: 'Show the lines of the index that differ too', on: 'command line' },
      markdown: { kind: 'flag', help: 'Print the report as Markdown', on: 'command line' },
      json: { kind: 'flag', help: 'Print the changes as one JSON object', on: 'command line' },
    },
    takesFiles: true,
  },
  checksum: {
    summary: 'Print the checksum of files, as ImageJ counts it',
    usage: 'FILE... [--as SITE_PATH]',
    options: {
      as: {
        kind: 'text',
        placeholder: 'SITE_PATH',
        help: 'Path of the file on the site. Needed for anything but a jar: the path is part of the checksum',
        on: 'command line',
      },
    },
    takesFiles: true,
  },
  demo: {
    summary: 'Publish sample files twice to a local repository and serve the site on this machine',
    usage: '[options]',
    options: {
      format: {
        ...FORMAT,
        help: `Kind of site: ${FORMAT_NAMES.map((name) => `\`${name}\``).join(' or ')}`,
        usual: 'imagej',
      },
      once: { kind: 'flag', help: 'End instead of serving', on: 'command line' },
      port: {
        kind: 'text',
        placeholder: 'PORT',
        help: 'Where to serve',
        otherwise: 'any free port',
        on: 'command line',
      },
    },
    takesFiles: false,
  },
} as const satisfies Record<string, CommandDescription>;

export type CommandName = keyof typeof COMMANDS;

/** The command with this name; undefined if there is none. */
export function commandNamed(name: string): CommandName | undefined {
  return Object.hasOwn(COMMANDS, name) ? (name as CommandName) : undefined;
}
