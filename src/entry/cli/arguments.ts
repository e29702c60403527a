import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearMatches, suggestion } from '../../model/near-matches.js';
import type { Problem } from '../../model/problem.js';
import { PUBLISH_OPTIONS, type Option } from '../../settings/options.js';
import type { Arguments } from '../commands/arguments.js';

/** One word that the program understands. */
export interface Command {
  readonly summary: string;
  /** What follows the name of the command, for the help. */
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly takesFiles: boolean;
}

const publishOptions: Readonly<Record<string, Option>> = Object.fromEntries(
  Object.entries(PUBLISH_OPTIONS).filter(([, { on }]) => on !== 'action'),
);

export const COMMANDS: Readonly<Record<string, Command>> = {
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
    summary: 'Tell what changed between two states of a site',
    usage: 'OLD NEW [options]',
    options: {
      format: {
        kind: 'text',
        placeholder: 'NAME',
        help: 'Kind of site: imagej or jetbrains. Default: what the names of the indexes tell',
        on: 'command line',
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
        kind: 'text',
        placeholder: 'NAME',
        help: 'Kind of site: imagej (default) or jetbrains',
        on: 'command line',
      },
      once: { kind: 'flag', help: 'End instead of serving', on: 'command line' },
      port: {
        kind: 'text',
        placeholder: 'PORT',
        help: 'Where to serve. Default: any free port',
        on: 'command line',
      },
    },
    takesFiles: false,
  },
};

/** Reads the arguments of a command, and notes every fault in them. */
export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const known = command.options;
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { kind }] of Object.entries(known)) {
    config[name] = { type: kind === 'flag' ? 'boolean' : 'string', multiple: true };
  }
  const { tokens } = parseArgs({
    args: [...argv],
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | string[] | boolean> = {};
  const files: string[] = [];
  const problems: Problem[] = [];
  let mayBeValue = false;
  for (const token of tokens) {
    const behindUnknown = mayBeValue;
    mayBeValue = false;
    if (token.kind === 'positional') {
      // Most likely the value of an option that was misspelt, and told already.
      if (behindUnknown) continue;
      if (command.takesFiles) files.push(token.value);
      else
        problems.push(
          usage(
            `"${token.value}" was not expected`,
            'Options begin with "--". Put values with spaces in quotes.',
          ),
        );
    } else if (token.kind === 'option') {
      const option = known[token.name];
      if (!option) {
        mayBeValue = token.value === undefined;
        const near = nearMatches(token.name, Object.keys(known)).map((name) => `--${name}`);
        problems.push(
          usage(`There is no option ${token.rawName}`, suggestion(near) || '--help lists the options.'),
        );
      } else if (option.kind === 'flag') {
        values[token.name] = token.value ?? true;
      } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
        problems.push(
          usage(`${token.rawName} needs a value`, `Write ${token.rawName} ${option.placeholder ?? 'VALUE'}.`),
        );
      } else if (option.kind === 'text' && token.value.trim() === '') {
        // A variable that is not set, most likely: without its value, something else would be done than was meant.
        problems.push(
          usage(`${token.rawName} has an empty value`, 'Write the value, or leave the option out.'),
        );
      } else if (option.kind === 'list') {
        const list = values[token.name];
        values[token.name] = [...(Array.isArray(list) ? list : []), token.value];
      } else {
        values[token.name] = token.value;
      }
    }
  }
  return { values, files, problems };
}

function usage(message: string, hint: string): Problem {
  return { severity: 'error', code: 'usage', message: `${message}.`, hint };
}
