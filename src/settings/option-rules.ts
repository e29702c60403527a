import type { FormatName } from '../model/format-name.js';
import type { Option, OptionReader } from '../model/option.js';
import type { GivenOptions } from './command-context.js';
import { givenText } from './option-reader.js';
import {
  formatsOf,
  PUBLISH_OPTION_NAMES,
  PUBLISH_OPTIONS,
  type PublishOptionName,
  type RawOptions,
} from './options.js';

type GivenValue = GivenOptions[string];

/** Records given options that exclude each other or do not belong to the format. */
export function checkOptionRules(
  raw: RawOptions,
  format: FormatName,
  options: OptionReader<PublishOptionName>,
): void {
  checkExclusions(PUBLISH_OPTIONS, raw, options);
  for (const name of PUBLISH_OPTION_NAMES) {
    if (!hasEffect(PUBLISH_OPTIONS[name], raw[name])) continue;
    const formats = formatsOf(name);
    if (formats && !formats.includes(format))
      options.fault(
        name,
        `it is for the format ${formats.join(' or ')}`,
        `Remove it: the format of this site is ${format}.`,
      );
  }
}

/**
 * Records given options that exclude each other.
 *
 * @param table the options of the command
 */
export function checkExclusions<Name extends string>(
  table: Readonly<Partial<Record<Name, Option>>>,
  raw: Readonly<Partial<Record<Name, GivenValue>>>,
  options: Pick<OptionReader<Name>, 'fault' | 'nameOf'>,
): void {
  const given = (Object.entries(table) as [Name, Option][]).filter(([name, option]) =>
    hasEffect(option, raw[name]),
  );
  for (const [name, { excludes = [], whyExcludes = 'Use only one of them.' }] of given) {
    for (const [other] of given) {
      if (!excludes.includes(other)) continue;
      options.fault(name, `it cannot be used together with ${options.nameOf(other)}`, whyExcludes);
    }
  }
}

/** Whether an option is given with a value that has an effect. Workflows also pass the defaults of inputs. */
function hasEffect({ kind, usual, nothing }: Option, value: GivenValue | undefined): boolean {
  const text = givenText(value);
  const given = kind === 'flag' ? text.toLowerCase() : text;
  return given !== '' && given !== usual && given !== nothing && !(kind === 'flag' && given === 'false');
}
