import { FORMAT_NAMES } from '../../model/format-name.js';
import type { OptionTable } from '../../model/option.js';
import { EXPORT_OPTIONS } from '../../settings/export-options.js';
import { IMPORT_OPTIONS } from '../../settings/import-options.js';
import { LIST_OPTIONS } from '../../settings/list-options.js';
import { PUBLISH_OPTIONS } from '../../settings/options.js';
import { whenReading } from '../../settings/reading-options.js';
import { HISTORY_OPTIONS, ROLLBACK_OPTIONS } from '../../settings/rollback-options.js';
import { VERIFY_OPTIONS } from '../../settings/verify-options.js';
import type { CommandDescription } from './command.js';

/** Returns the options of a table that the command line has. */
function forCommandLine(table: OptionTable): OptionTable {
  return Object.fromEntries(Object.entries(table).filter(([, { on }]) => on !== 'action'));
}

const publishOptions = forCommandLine(PUBLISH_OPTIONS);

const FORMAT = { kind: 'text', placeholder: 'NAME', words: FORMAT_NAMES, on: 'command line' } as const;

/** The descriptions of all commands, for the help. A command itself is loaded when it is called. */
export const COMMANDS = {
  publish: {
    summary: 'Plan a publication, write it and push it (or write it to --site-dir)',
    usage: '[options]',
    options: publishOptions,
    takesFiles: false,
    hasOutcome: true,
  },
  preview: {
    summary: 'Show what publish would do, without changing anything',
    usage: '[options]',
    options: publishOptions,
    takesFiles: false,
    hasOutcome: true,
  },
  verify: {
    summary: 'Check a site as its users would meet it, without changing anything',
    usage: '[PLACE] [options]',
    options: forCommandLine(VERIFY_OPTIONS),
    takesFiles: true,
  },
  import: {
    summary: 'Bring an existing site to another place, with the same files, names and timestamps',
    usage: 'FROM [options]',
    options: forCommandLine(IMPORT_OPTIONS),
    takesFiles: true,
    hasOutcome: true,
  },
  history: {
    summary: 'List the publications of a site, newest first',
    usage: '[PLACE] [options]',
    options: HISTORY_OPTIONS,
    takesFiles: true,
  },
  rollback: {
    summary: 'Offer again what a site offered earlier, by a new publication',
    usage: '[PLACE] --to TIMESTAMP|COMMIT | --last [options]',
    options: forCommandLine(ROLLBACK_OPTIONS),
    takesFiles: true,
    hasOutcome: true,
  },
  list: {
    summary: 'List the files of a site, or show all that is known about one of them',
    usage: '[PLACE] [options]',
    options: LIST_OPTIONS,
    takesFiles: true,
  },
  export: {
    summary: 'Write a site to a zip archive: a backup, or its files for the folder of the application',
    usage: 'FILE.zip [PLACE] [options]',
    options: EXPORT_OPTIONS,
    takesFiles: true,
  },
  diff: {
    summary: 'Show what changed between two states of a site. PLACE@T is the site after the publication T',
    usage: 'OLD NEW [options]',
    options: {
      format: {
        ...FORMAT,
        help: `Kind of site: ${FORMAT_NAMES.map((name) => `\`${name}\``).join(' or ')}`,
        otherwise: 'derived from the names of the indexes, or the one whose index a site has',
      },
      diff: { kind: 'flag', help: 'Also show the diff of the index', on: 'command line' },
      markdown: { kind: 'flag', help: 'Print the report as Markdown', on: 'command line' },
      json: { kind: 'flag', help: 'Print the changes as one JSON object', on: 'command line' },
      'exit-code': {
        kind: 'flag',
        help: 'Exit with 1 if the two states differ, and with 2 if they cannot be compared',
        on: 'command line',
      },
      ...whenReading('timeout', 'verbose'),
    },
    takesFiles: true,
    hasOutcome: true,
  },
  checksum: {
    summary: 'Print the checksums of files, as ImageJ computes them',
    usage: 'FILE... [--as SITE_PATH]',
    options: {
      as: {
        kind: 'text',
        placeholder: 'SITE_PATH',
        help: 'Path of the file on the site. Required for all files except jars, because the path is part of the checksum',
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
      once: { kind: 'flag', help: 'End without serving the site', on: 'command line' },
      port: {
        kind: 'text',
        placeholder: 'PORT',
        help: 'Port of the server',
        otherwise: 'any free port',
        on: 'command line',
      },
    },
    takesFiles: false,
  },
} as const satisfies Record<string, CommandDescription>;

export type CommandName = keyof typeof COMMANDS;

/** Returns the command with this name, if any. */
export function commandNamed(name: string): CommandName | undefined {
  return Object.hasOwn(COMMANDS, name) ? (name as CommandName) : undefined;
}
