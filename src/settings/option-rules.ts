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

/** Records given options that exclude each other or do not belong to the format. */
export function checkOptionRules(
  raw: RawOptions,
  format: FormatName,
  options: OptionReader<PublishOptionName>,
): void {
  checkExclusions(PUBLISH_OPTION_NAMES, raw, options);
  for (const name of PUBLISH_OPTION_NAMES) {
    const given = givenText(raw[name]);
    if (given === '') continue;
    const formats = formatsOf(name);
    if (formats && !formats.includes(format) && !isDefault(name, given))
      options.fault(
        name,
        `it is for the format ${formats.join(' or ')}`,
        `Remove it: the format of this site is ${format}.`,
      );
  }
}

/** Records given options that exclude each other. */
export function checkExclusions<Name extends PublishOptionName>(
  names: readonly Name[],
  raw: Pick<RawOptions, Name>,
  options: Pick<OptionReader<Name>, 'fault' | 'nameOf'>,
): void {
  const given = names.filter((name) => givenText(raw[name]) !== '');
  for (const name of given) {
    for (const other of given) {
      if (!PUBLISH_OPTIONS[name].excludes?.includes(other)) continue;
      options.fault(
        name,
        `it cannot be used together with ${options.nameOf(other)}`,
        'Use only one of them.',
      );
    }
  }
}

/** Whether a value has no effect. Workflows also pass the defaults of inputs. */
function isDefault(name: PublishOptionName, given: string): boolean {
  const { kind, usual, nothing } = PUBLISH_OPTIONS[name];
  return given === usual || given === nothing || (kind === 'flag' && given === 'false');
}
