import type { Problem } from '../../../model/problem.js';
import type { BuildNumber, BuildRange } from '../build-number.js';
import { systemsOf, type Systems } from '../system.js';
import { createChecks, type Checks, type CheckContext } from './check-list.js';
import type { PluginDescriptor } from './descriptor.js';
import { checkRange } from './range-checks.js';
import { checkTexts } from './text-checks.js';

/** A descriptor with all required values, and the builds and systems that it supports. */
export interface ValidDescriptor extends PluginDescriptor {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly range: BuildRange & { readonly since: BuildNumber };
  readonly systems: Systems;
  /** The effective upper bound as written, or `undefined` for a range without one. */
  readonly effectiveUntil: string | undefined;
}

/**
 * Checks the metadata in a plugin (spec, section 5).
 *
 * @param label the name of the archive in messages
 * @returns the descriptor, if it contains everything that an index needs
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
      'a dependency on a module of the platform is missing, so only IntelliJ IDEA loads the plugin; other IDEs install it but do not load it',
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
    error('missing-element', '<id> is missing', 'Give the plugin an id that never changes.');
  if (name === undefined) error('missing-element', '<name> is missing', 'Add the name that users see.');
  if (version === undefined)
    error(
      'missing-element',
      '<version> is missing',
      'Set the version in the Gradle build. The task patchPluginXml writes it into the descriptor.',
    );
  if (vendor === undefined)
    error('missing-element', '<vendor> is missing', 'Add the person or organization that makes the plugin.');
}
