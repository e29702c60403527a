import type { FormatName } from '../model/format-name.js';
import type { OptionReader } from '../model/option.js';
import { givenText } from './option-reader.js';
import {
  formatsOf,
  PUBLISH_OPTION_NAMES,
  PUBLISH_OPTIONS,
  type PublishOptionName,
  type RawOptions,
} from './options.js';

/** Notes which of the given options do not go together, or mean nothing for the format. */
export function checkOptionRules(
  raw: RawOptions,
  format: FormatName,
  options: OptionReader<PublishOptionName>,
): void {
  for (const name of PUBLISH_OPTION_NAMES) {
    const given = givenText(raw[name]);
    if (given === '') continue;
    for (const other of PUBLISH_OPTION_NAMES) {
      if (!PUBLISH_OPTIONS[name].excludes?.includes(other) || givenText(raw[other]) === '') continue;
      options.fault(name, `it cannot be used together with ${options.nameOf(other)}`, 'Give one of them.');
    }
    const formats = formatsOf(name);
    if (formats && !formats.includes(format) && !isDefault(name, given))
      options.fault(
        name,
        `it is for the format ${formats.join(' or ')}`,
        `Leave it out: this site is for ${format}.`,
      );
  }
}

/** Whether a value is as if none was given: workflows hand in the one that counts anyway, too. */
function isDefault(name: PublishOptionName, given: string): boolean {
  const { kind, usual, nothing } = PUBLISH_OPTIONS[name];
  return given === usual || given === nothing || (kind === 'flag' && given === 'false');
}
