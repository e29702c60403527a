/** A site that users also follow, as it was named. */
export interface UpstreamSource {
  readonly name: string;
  /** Web address of its index, or a file on this machine. */
  readonly location: string;
  /** How it is called in messages, where it is no upstream site but only looked at. */
  readonly label?: string;
}

/** For messages: `the upstream site Core (https://…)`. */
export function describeSource({ name, location, label }: UpstreamSource): string {
  return `${label ?? `the upstream site ${name}`} (${location})`;
}

/** A site that users also follow, read. Of several, later ones shadow earlier ones (spec, section 8). */
export interface UpstreamSite<Index> extends UpstreamSource {
  readonly index: Index;
}

/** What to do with a file that differs from the one an upstream site serves. */
export const SHADOW_POLICIES = ['error', 'skip', 'force'] as const;
export type ShadowPolicy = (typeof SHADOW_POLICIES)[number];
