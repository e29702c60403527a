/** The kinds of places that can contain a site. The first one whose options are given is used. */
export const STORE_NAMES = ['folder', 'git'] as const;
export type StoreName = (typeof STORE_NAMES)[number];
