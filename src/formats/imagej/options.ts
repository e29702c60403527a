import type { OptionReader } from '../../model/option.js';
import { SHADOW_POLICIES, type ShadowPolicy } from '../../model/upstream.js';
import type { description } from './description.js';

/** What only sites of ImageJ are asked to do. */
export interface ImageJOptions {
  /** What to do with a file that differs from the one an upstream site serves. */
  readonly onShadow: ShadowPolicy;
  /** Whether more than half of the site may become obsolete at once. */
  readonly allowMassRemoval: boolean;
}

/** Reads the options that only this format has. */
export function readOptions(options: OptionReader<keyof typeof description.options>): ImageJOptions {
  return { onShadow: readShadowPolicy(options), allowMassRemoval: options.flag('allow-mass-removal') };
}

/** `on-shadow`, or `force-shadow` for `force`. */
function readShadowPolicy(options: OptionReader<'on-shadow' | 'force-shadow'>): ShadowPolicy {
  const policy = options.choice('on-shadow', SHADOW_POLICIES) ?? 'error';
  if (!options.flag('force-shadow')) return policy;
  if (policy === 'skip') {
    options.fault(
      'on-shadow',
      `"skip" and ${options.nameOf('force-shadow')} contradict each other`,
      'Give one of them.',
    );
  }
  return 'force';
}
