import type { Problem } from '../../../model/problem.js';
import type { BuildNumber, BuildRange } from '../build-number.js';
import { systemsOf, type Systems } from '../system.js';
import { createChecks, type Checks, type CheckContext } from './check-list.js';
import type { PluginDescriptor } from './descriptor.js';
import { checkRange } from './range-checks.js';
import { checkTexts } from './text-checks.js';

/** A descriptor that says all that it must, and in which builds it is offered. */
export interface ValidDescriptor extends PluginDescriptor {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly range: BuildRange & { readonly since: BuildNumber };
  readonly systems: Systems;
  /** The upper bound that counts, as it is written; undefined for none. */
  readonly effectiveUntil: string | undefined;
}

/**
 * Checks what a plugin says of itself (spec, section 5).
 *
 * @param label how the archive is called in messages
 * @returns the descriptor, if nothing is missing that an index needs
 */
export function checkDescriptor(
  descriptor: PluginDescriptor,
  label: string,
  context: CheckContext,
): { readonly valid: ValidDescriptor | undefined; readonly problems: readonly Problem[] } {
  const checks = createChecks(label);
  checkElements(descriptor, checks);
  checkTexts(descriptor, checks, context);
  if (descriptor.isIdeaOnly)
    checks.warning(
      'intellij-only',
      'no dependency names a module of the platform, so only IntelliJ IDEA loads the plugin; other IDEs install it and do not load it',
      'Write <depends>com.intellij.modules.platform</depends> for all IDEs, or <depends>com.intellij.modules.java</depends> if the plugin needs Java.',
    );
  const bounds = checkRange(descriptor, checks, context);
  const { id, name, version } = descriptor;
  const valid =
    id !== undefined && name !== undefined && version !== undefined && bounds
      ? { ...descriptor, id, name, version, systems: systemsOf(descriptor.depends, version), ...bounds }
      : undefined;
  return { valid, problems: checks.problems };
}

function checkElements({ id, name, version, vendor }: PluginDescriptor, { error }: Checks): void {
  if (id === undefined)
    error('missing-element', 'there is no <id>', 'Give the plugin an id that never changes.');
  if (name === undefined) error('missing-element', 'there is no <name>', 'Write the name that users see.');
  if (version === undefined)
    error(
      'missing-element',
      'there is no <version>',
      'Set the version in the Gradle build: patchPluginXml writes it.',
    );
  if (vendor === undefined) error('missing-element', 'there is no <vendor>', 'Write who makes the plugin.');
}
