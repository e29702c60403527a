import type { OptionReader } from '../../model/option.js';
import { SHADOW_POLICIES, type ShadowPolicy } from '../../model/upstream.js';
import type { description } from './description.js';

/** The options that only ImageJ sites have. */
export interface ImageJOptions {
  /** What to do with a file that differs from the one an upstream site serves. */
  readonly onShadow: ShadowPolicy;
  /** Whether more than half of the site may become obsolete at once. */
  readonly allowMassRemoval: boolean;
}

/** Reads the options of ImageJ sites. */
export function readOptions(options: OptionReader<keyof typeof description.options>): ImageJOptions {
  return { onShadow: readShadowPolicy(options), allowMassRemoval: options.flag('allow-mass-removal') };
}

/** Returns `on-shadow`, or `force` if `force-shadow` is set. */
function readShadowPolicy(options: OptionReader<'on-shadow' | 'force-shadow'>): ShadowPolicy {
  const policy = options.choice('on-shadow', SHADOW_POLICIES) ?? 'error';
  if (!options.flag('force-shadow')) return policy;
  if (policy === 'skip') {
    options.fault(
      'on-shadow',
      `"skip" and ${options.nameOf('force-shadow')} contradict each other`,
      'Use only one of them.',
    );
  }
  return 'force';
}
