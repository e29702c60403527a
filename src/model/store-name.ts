/** The kinds of places that a site can be kept in; the first one that options name is meant. */
export const STORE_NAMES = ['folder', 'git'] as const;
export type StoreName = (typeof STORE_NAMES)[number];
