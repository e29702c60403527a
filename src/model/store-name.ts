/** The kinds of places to which a site can be published. The first one whose options are given is used. */
export const STORE_NAMES = ['folder', 'git'] as const;
export type StoreName = (typeof STORE_NAMES)[number];

/** The kinds of places from which a site can only be read. */
export const SOURCE_NAMES = ['web', 'backup'] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];
