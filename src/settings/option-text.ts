import type { Option } from '../model/option.js';
import { formatsOf } from './options.js';

/** Returns the description of an option for the command line, in which users write `--name value`. */
export function commandLineText(option: Option): string {
  const text = sentences([
    option.help,
    ...(option.kind === 'list' ? ['Repeatable'] : []),
    ...defaultOf(option, option.kind === 'flag' ? undefined : option.usual),
    ...needsOf(option),
  ]);
  return plain(text, (name, value) => `--${name}${value === undefined ? '' : ` ${value}`}`);
}

/** Returns the same as Markdown for workflows, with `name: value`. `action.yml` has a field for the default. */
export function workflowText(name: string, option: Option): string {
  const text = sentences([
    option.kind === 'flag' ? option.help.replace(/(?=\. |$)/, ': `true` or `false`') : option.help,
    ...(option.inAction === undefined ? [] : [option.inAction]),
    ...(option.kind === 'list' ? ['One per line'] : []),
    ...defaultOf(option, undefined),
    ...needsOf(option),
  ]);
  const formats = formatsOf(name);
  const only = formats === undefined ? '' : `${formats.map((format) => `\`${format}\``).join(', ')}: `;
  const written = linked(text, (other, value) => `\`${other}${value === undefined ? '' : `: ${value}`}\``);
  return only === '' ? written : only + written.charAt(0).toLowerCase() + written.slice(1);
}

function defaultOf({ otherwise }: Option, usual: string | undefined): string[] {
  const text = otherwise ?? (usual === undefined ? undefined : `\`${usual}\``);
  return text === undefined ? [] : [`Default: ${text}`];
}

function needsOf({ needs = [] }: Option): string[] {
  return needs.length === 0 ? [] : [`Only with ${needs.map((name) => `[[${name}]]`).join(' and ')}`];
}

function sentences(parts: readonly string[]): string {
  return parts.join('. ');
}

/** Removes the Markdown markup. */
function plain(text: string, nameOf: (name: string, value: string | undefined) => string): string {
  return linked(text, nameOf).replaceAll('`', '');
}

/** Replaces `[[on-shadow]]` and `[[on-shadow=force]]` by the notation of a front end. */
function linked(text: string, nameOf: (name: string, value: string | undefined) => string): string {
  return text.replace(/\[\[([a-z-]+)(?:=([a-z-]+))?\]\]/g, (_, name: string, value: string | undefined) =>
    nameOf(name, value),
  );
}
