/** A site that users also follow, as the user named it. */
export interface UpstreamSource {
  readonly name: string;
  /** URL of its index, or a file on this machine. */
  readonly location: string;
  /** Name for messages, if the index is only compared and does not belong to an upstream site. */
  readonly label?: string;
}

/** Describes a source for messages: `the upstream site Core (https://…)`. */
export function describeSource({ name, location, label }: UpstreamSource): string {
  return `${label ?? `the upstream site ${name}`} (${location})`;
}

/** A site that users also follow, with its index. Later sites shadow earlier ones (spec, section 8). */
export interface UpstreamSite<Index> extends UpstreamSource {
  readonly index: Index;
}

/** What to do with a file that differs from the one an upstream site serves. */
export const SHADOW_POLICIES = ['error', 'skip', 'force'] as const;
export type ShadowPolicy = (typeof SHADOW_POLICIES)[number];
