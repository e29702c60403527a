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
    if (!hasEffect(name, raw)) continue;
    const formats = formatsOf(name);
    if (formats && !formats.includes(format))
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
  const given = names.filter((name) => hasEffect(name, raw));
  for (const name of given) {
    const { excludes = [], whyExcludes = 'Use only one of them.' } = PUBLISH_OPTIONS[name];
    for (const other of given) {
      if (!excludes.includes(other)) continue;
      options.fault(name, `it cannot be used together with ${options.nameOf(other)}`, whyExcludes);
    }
  }
}

/** Whether an option is given with a value that has an effect. Workflows also pass the defaults of inputs. */
function hasEffect(name: PublishOptionName, raw: RawOptions): boolean {
  const given = givenText(raw[name]);
  const { kind, usual, nothing } = PUBLISH_OPTIONS[name];
  return given !== '' && given !== usual && given !== nothing && !(kind === 'flag' && given === 'false');
}
